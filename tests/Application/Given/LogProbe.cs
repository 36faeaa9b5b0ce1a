using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Given;

/// <summary>A log that tells how often it was read and fails on request.</summary>
internal sealed class LogProbe(IInteractionLog inner) : IInteractionLog
{
    internal int Reads { get; private set; }

    internal int Appends { get; private set; }

    /// <summary>Runs before an append; may throw or wait.</summary>
    internal Func<CancellationToken, Task>? Appending { get; set; }

    /// <summary>Runs after an append has written; may throw, and the answer is lost.</summary>
    internal Func<Task>? Appended { get; set; }

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    )
    {
        Appends++;
        if (Appending is not null)
            await Appending(cancellationToken);
        var outcomes = await inner.AppendAsync(interactions, cancellationToken);
        if (Appended is not null)
            await Appended();
        return outcomes;
    }

    public IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken)
    {
        Reads++;
        return inner.ReadAsync(after, cancellationToken);
    }

    /// <summary>Runs before a part of an erasure; may throw.</summary>
    internal Action? Forgetting { get; set; }

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        Forgetting?.Invoke();
        return inner.ForgetAsync(work, cancellationToken);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);
}
