using System.Reflection;
using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Profiles;
using Recommendation.Simulator.Actors;
using Recommendation.Simulator.Scheduling;

namespace Recommendation.Simulator.Ports;

/// <summary>How a method of a port is called: by what it returns.</summary>
internal abstract class PortMethod(MethodInfo method)
{
    private readonly int _token = Array.FindIndex(method.GetParameters(), one =>
        one.ParameterType == typeof(CancellationToken));

    protected string Name => method.Name;

    internal static PortMethod Of(MethodInfo method)
    {
        var returned = method.ReturnType;
        if (returned == typeof(Task))
            return new OfTask(method);
        var kind = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        var shape = kind == typeof(Task<>) ? typeof(OfTask<>) : kind == typeof(IAsyncEnumerable<>)
            ? typeof(OfStream<>) : null;
        return shape is null ? new OfValue(method)
            : (PortMethod)Activator.CreateInstance(
                shape.MakeGenericType(returned.GenericTypeArguments), BindingFlags.Instance | BindingFlags.NonPublic,
                    null, [method], null)!;
    }

    internal abstract object? Call(Node node, Type port, object?[] arguments);

    protected object? Invoke(object target, object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    protected CallOrigin SiteOf(Node node, Type port, object?[] arguments) =>
        new(node, port.Name, Name, RequestTrace.Current, _token < 0 ? default : (CancellationToken)arguments[_token]!);

    /// <summary>The effect must not be stopped half done; the history decides about the caller's token.</summary>
    protected object?[] WithoutToken(object?[] arguments)
    {
        if (_token < 0)
            return arguments;
        object?[] copy = [.. arguments];
        copy[_token] = CancellationToken.None;
        return copy;
    }

    private sealed class OfValue(MethodInfo method) : PortMethod(method)
    {
        internal override object? Call(Node node, Type port, object?[] arguments) =>
            Invoke(node.World.Target(port), arguments);
    }

    private sealed class OfTask(MethodInfo method) : PortMethod(method)
    {
        internal override object Call(Node node, Type port, object?[] arguments)
        {
            var (given, site) = (WithoutToken(arguments), SiteOf(node, port, arguments));
            return node.World.CallAsync(site, () =>
            {
                ((Task)Invoke(node.World.Target(port), given)!).GetAwaiter().GetResult();
                node.World.Observe(site, arguments, null);
                return true;
            });
        }
    }

    private sealed class OfTask<T> : PortMethod
    {
        internal OfTask(MethodInfo method)
            : base(method)
        {
        }

        internal override object Call(Node node, Type port, object?[] arguments)
        {
            var (given, site) = (WithoutToken(arguments), SiteOf(node, port, arguments));
            return node.World.CallAsync(site, () =>
            {
                if (node.World.IsPartial && arguments is [IReadOnlyList<UserProfile> profiles, ..])
                    return (T)(object)SavePartly(node, port, site, profiles, given);
                return Do(node, port, site, given);
            });
        }

        private T Do(Node node, Type port, CallOrigin site, object?[] arguments)
        {
            var answer = ((Task<T>)Invoke(node.World.Target(port), arguments)!).GetAwaiter().GetResult();
            node.World.Observe(site, arguments, answer);
            return answer;
        }

        /// <summary>A store without transactions: some profiles are saved, and of some the answer is lost.</summary>
        private List<SaveOutcome> SavePartly(Node node, Type port, CallOrigin site,
            IReadOnlyList<UserProfile> profiles, object?[] arguments)
        {
            var outcomes = new List<SaveOutcome>(profiles.Count);
            foreach (var profile in profiles)
            {
                var fate = node.World.Random.Next(3);
                var saved = fate > 0 ? (IReadOnlyList<SaveOutcome>)Do(node, port, site,
                    [new[] { profile }, null, .. arguments[2..]])! : null;
                outcomes.Add(fate == 2 ? saved![0] : SaveOutcome.Failed("The store did not answer for this profile."));
            }
            return outcomes;
        }
    }

    private sealed class OfStream<T> : PortMethod
    {
        private const int Page = 6;

        internal OfStream(MethodInfo method)
            : base(method)
        {
        }

        internal override object Call(Node node, Type port, object?[] arguments) =>
            ReadAsync(node, SiteOf(node, port, arguments), () =>
                (IAsyncEnumerable<T>)Invoke(node.World.Target(port), WithoutToken(arguments))!);

        private static async IAsyncEnumerable<T> ReadAsync(
            Node node, CallOrigin site, Func<IAsyncEnumerable<T>> open,
                [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            IAsyncEnumerator<T>? source = null;
            while (true)
            {
                var page = await node.World.CallAsync(site, () =>
                    Take(source ??= open().GetAsyncEnumerator(CancellationToken.None)));
                foreach (var element in page)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return element;
                }
                if (page.Count < Page)
                    break;
            }
        }

        /// <summary>The adapters in memory answer at once.</summary>
        private static List<T> Take(IAsyncEnumerator<T> source)
        {
            var page = new List<T>(Page);
            while (page.Count < Page && source.MoveNextAsync().AsTask().GetAwaiter().GetResult())
                page.Add(source.Current);
            return page;
        }
    }
}
