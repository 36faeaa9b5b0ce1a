using Recommendation.Application.Ports;

namespace Recommendation.Simulator.Scheduling;

/// <summary>
/// A call of a port that has not ended. Its effect and its answer are two things: an answer can be lost.
/// </summary>
internal abstract class PortCall(CallOrigin site)
{
    internal CallOrigin Site => site;

    /// <summary>Does what was asked, and answers.</summary>
    internal abstract void Complete();

    /// <summary>Does what was asked, and loses the answer.</summary>
    internal abstract void FailAfter(Exception problem);

    /// <summary>Does nothing, and fails.</summary>
    internal abstract void FailBefore(Exception problem);

    /// <summary>Does what was asked for a caller that is gone.</summary>
    internal abstract void CompleteUnheard();
}

/// <summary>Who calls what.</summary>
/// <param name="Node">The process.</param>
/// <param name="Port">The port's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Request">The request that the process works on.</param>
/// <param name="Token">Cancels the call.</param>
internal readonly record struct CallOrigin(
    Actors.Node Node, string Port, string Method, Actors.RequestTrace? Request, CancellationToken Token)
{
    /// <summary>How the port fails.</summary>
    internal Exception ToProblem() => Port switch
    {
        nameof(IInteractionLog) => new LogUnavailableException("The log does not answer."),
        nameof(IRanker) => new RankerUnavailableException("The ranker does not answer."),
        _ => new StoreUnavailableException($"{Port} does not answer."),
    };
}

/// <inheritdoc/>
internal sealed class PortCall<T>(CallOrigin site, Func<T> effect) : PortCall(site)
{
    private readonly TaskCompletionSource<T> _answer = new();

    internal Task<T> Task => _answer.Task;

    internal override void Complete()
    {
        T answer;
        try
        {
            answer = effect();
        }
        catch (Exception problem)
        {
            _answer.SetException(problem);
            return;
        }
        _answer.SetResult(answer);
    }

    internal override void FailAfter(Exception problem)
    {
        CompleteUnheard();
        _answer.SetException(problem);
    }

    internal override void FailBefore(Exception problem) => _answer.SetException(problem);

    internal override void CompleteUnheard()
    {
        try
        {
            effect();
        }
        catch (Exception)
        {
            return; // The caller hears of another failure, or of none.
        }
    }
}
