using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Tests.Given;

/// <summary>A quarantine that fails on request.</summary>
internal sealed class QuarantineProbe(IQuarantine inner) : IQuarantine
{
    internal Exception? Adding { get; set; }

    internal Exception? Marking { get; set; }

    /// <summary>How many records each call added or was asked to add.</summary>
    internal List<int> Calls { get; } = [];

    /// <summary>Runs before a call adds, with the call's number; may throw or take its time.</summary>
    internal Func<int, CancellationToken, Task>? BeforeAdding { get; set; }

    public async Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        Calls.Add(records.Count);
        if (Adding is { } problem)
            throw problem;
        if (BeforeAdding is not null)
            await BeforeAdding(Calls.Count, cancellationToken);
        await inner.AddAsync(records, cancellationToken);
    }

    public IAsyncEnumerable<QuarantinedRecord> ListAsync(bool includeSettled, CancellationToken cancellationToken) =>
        inner.ListAsync(includeSettled, cancellationToken);

    public IAsyncEnumerable<QuarantinedRecord> NewestAsync(
        QuarantineSearch search,
        CancellationToken cancellationToken
    ) => inner.NewestAsync(search, cancellationToken);

    public Task MarkAsync(
        IReadOnlyList<Position> positions,
        QuarantineEnd decision,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        Marking is { } problem
            ? Task.FromException(problem)
            : inner.MarkAsync(positions, decision, at, cancellationToken);

    /// <summary>Runs before a part of an erasure; may throw.</summary>
    internal Action? Forgetting { get; set; }

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        Forgetting?.Invoke();
        return inner.ForgetAsync(work, cancellationToken);
    }
}
