namespace Recommendation.Simulator.Scheduling;

/// <summary>
/// Runs all tasks of a history on one thread. Code between two calls of a port runs without interruption; which call
/// ends next is
/// the history's decision. So a seed decides every interleaving.
/// </summary>
internal sealed class StepScheduler : TaskScheduler
{
    private readonly Queue<Task> _ready = [];

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Works without a synchronization context, which whatever waits would prefer to the scheduler.</summary>
    internal static void Alone(Action work)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    internal Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs whatever can run until every task waits for a call of a port.</summary>
    internal void RunReady()
    {
        while (_ready.TryDequeue(out var task))
            TryExecuteTask(task);
    }

    protected override void QueueTask(Task task) => _ready.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
