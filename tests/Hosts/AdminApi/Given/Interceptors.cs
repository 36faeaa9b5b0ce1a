using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Tests.Given;

internal static class Interceptors
{
    /// <summary>Puts something before the adapter that is registered.</summary>
    internal static void Intercept<T>(this IServiceCollection services, Func<T, T> around)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => around((T)(inner.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}

/// <summary>A log that tells when an append begins, and waits to be let go.</summary>
internal sealed class HeldLog(IInteractionLog inner, TaskCompletionSource entered, TaskCompletionSource go)
    : IInteractionLog
{
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    )
    {
        entered.TrySetResult();
        await go.Task.WaitAsync(cancellationToken);
        return await inner.AppendAsync(interactions, cancellationToken);
    }

    public IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken) =>
        inner.ReadAsync(after, cancellationToken);

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        inner.ForgetAsync(work, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);
}
