namespace Recommendation.Local.Sqlite;

/// <summary>One caller's writes, all of them or none, and the task that it waits for.</summary>
internal abstract class WriteItem(bool leavesNoTrace)
{
    /// <summary>Whether what it removes must not stay behind in the write-ahead log.</summary>
    internal bool LeavesNoTrace { get; } = leavesNoTrace;

    /// <summary>Why its writes were undone; null where they were not.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>Whether the caller gave up before it was its turn; its task is ended then.</summary>
    internal abstract bool IsGivenUp();

    internal abstract void Perform(Connection connection);

    /// <summary>Ends the task with the result, or with <see cref="Failure"/>.</summary>
    internal abstract void End();
}

/// <inheritdoc/>
internal sealed class WriteItem<T>(
    Func<Connection, T> work,
    Func<SqliteFault, Exception> translate,
    bool leavesNoTrace,
    CancellationToken cancellationToken
) : WriteItem(leavesNoTrace)
{
    // The caller goes on in a thread of its own, not in the writer's.
    private readonly TaskCompletionSource<T> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    internal Task<T> Task => _end.Task;

    internal override bool IsGivenUp() =>
        cancellationToken.IsCancellationRequested && _end.TrySetCanceled(cancellationToken);

    internal override void Perform(Connection connection) => _result = work(connection);

    internal override void End()
    {
        if (Failure is null)
            _end.TrySetResult(_result!);
        else
            _end.TrySetException(Failure is SqliteFault fault ? translate(fault) : Failure);
    }
}
