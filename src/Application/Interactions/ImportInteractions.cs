using System.Threading.Channels;
using FluentValidation;
using MediatR;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Appends a stream of events to the log while the profiles follow: reading, appending and applying overlap, and
/// memory does not grow with the stream. Stopped at any point, it can be started again from the beginning if the events
/// carry ids.
/// </summary>
/// <param name="Events">The events; read once.</param>
/// <param name="Partition">The partition that the profiles are to follow; null where somebody else applies the log (a
/// stream's function).</param>
/// <param name="Progress">Told, after each batch that is durable, how many events are.</param>
public sealed record ImportInteractions(
    IAsyncEnumerable<IncomingEvent> Events,
    string? Partition,
    IProgress<long>? Progress = null
) : IRequest<ImportedInteractions>
{
    /// <summary>
    /// Events per append. A commit waits for the disk, so few large ones are fast; this one holds a few megabytes.
    /// </summary>
    public const int BatchSize = 16_384;

    internal sealed class Validator : AbstractValidator<ImportInteractions>
    {
        public Validator() =>
            RuleFor(request => request.Partition)
                .NotEqual("")
                .WithMessage("Name the partition that the profiles follow, or give none.");
    }

    internal sealed class Handler(IMediator mediator) : IRequestHandler<ImportInteractions, ImportedInteractions>
    {
        public async Task<ImportedInteractions> Handle(ImportInteractions request, CancellationToken cancellationToken)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var read = Channel.CreateBounded<IReadOnlyList<IncomingEvent>>(2);
            var appended = Channel.CreateBounded<bool>(
                new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
            );
            var total = new ImportedInteractions();
            await WhenAllOrFirstFailureAsync(stop,
                Task.Run(() => ReadAsync(request.Events, read.Writer, stop.Token), stop.Token),
                Task.Run(
                    () => AppendAsync(read.Reader, appended.Writer, total, request.Progress, stop.Token),
                    stop.Token
                ),
                Task.Run(() => FollowAsync(appended.Reader, request.Partition, total, stop.Token), stop.Token)
            );
            return total;
        }

        private static async Task ReadAsync(
            IAsyncEnumerable<IncomingEvent> events,
            ChannelWriter<IReadOnlyList<IncomingEvent>> output,
            CancellationToken cancellationToken
        )
        {
            var batch = new List<IncomingEvent>(BatchSize);
            try
            {
                await foreach (var incoming in events.WithCancellation(cancellationToken))
                {
                    batch.Add(incoming);
                    if (batch.Count < BatchSize)
                        continue;
                    await output.WriteAsync(batch, cancellationToken);
                    batch = new List<IncomingEvent>(BatchSize);
                }
            }
            finally
            {
                try
                {
                    // What was read is appended even if the stream breaks; its failure surfaces when all have ended.
                    if (batch.Count > 0 && !cancellationToken.IsCancellationRequested)
                        await output.WriteAsync(batch, cancellationToken);
                }
                finally
                {
                    output.Complete();
                }
            }
        }

        private async Task AppendAsync(
            ChannelReader<IReadOnlyList<IncomingEvent>> input, ChannelWriter<bool> output,
            ImportedInteractions total, IProgress<long>? progress, CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var batch in input.ReadAllAsync(cancellationToken))
                {
                    total.Add(await mediator.Send(new AppendInteractions(batch), cancellationToken));
                    progress?.Report(total.Events);
                    await output.WriteAsync(true, cancellationToken);
                }
            }
            finally
            {
                output.Complete();
            }
        }

        private async Task FollowAsync(
            ChannelReader<bool> appended,
            string? partition,
            ImportedInteractions total,
            CancellationToken cancellationToken
        )
        {
            if (partition is null)
                return;
            await foreach (var _ in appended.ReadAllAsync(cancellationToken))
                total.Add(await mediator.Send(new CatchUpProfiles(partition), cancellationToken));
            // Once more at the end: for what an earlier import, killed before its profiles followed, left behind.
            total.Add(await mediator.Send(new CatchUpProfiles(partition), cancellationToken));
        }

        /// <summary>A broken input still lets the others finish what was read; any other failure stops them.</summary>
        private static async Task WhenAllOrFirstFailureAsync(
            CancellationTokenSource stop,
            Task reading,
            Task appending,
            Task following
        )
        {
            await foreach (var ended in Task.WhenEach(appending, following))
            {
                if (!ended.IsCompletedSuccessfully)
                    await stop.CancelAsync();
            }
            try
            {
                await Task.WhenAll(following, appending, reading);
            }
            catch (Exception) when (FirstFailure(appending, following, reading) is { } failure)
            {
                // A store's failure before the stream's, whichever came first: while it lasts, what was read
                // is not all kept.
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
        }

        private static Exception? FirstFailure(params ReadOnlySpan<Task> tasks)
        {
            foreach (var task in tasks)
            {
                if (task is { IsFaulted: true })
                    return task.Exception.InnerException;
            }
            return null;
        }
    }
}

/// <summary>What became of a stream of events.</summary>
public sealed class ImportedInteractions
{
    /// <summary>How many rejected records are kept as examples.</summary>
    public const int MaximumExamples = 10;

    private readonly List<QuarantinedRecord> _examples = [];
    private readonly Dictionary<RecommendationIdProblem, long> _idProblems = [];

    /// <summary>New in the log.</summary>
    public long Appended { get; private set; }

    /// <summary>Valid, but the log already held their event id.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Put into quarantine.</summary>
    public long Rejected { get; private set; }

    /// <summary>Counted in profiles.</summary>
    public long Counted { get; private set; }

    /// <summary>The latest time of a valid event; null where there was none.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>The new interactions of types that the settings do not name.</summary>
    public UnnamedTypes Unnamed { get; } = new();

    /// <summary>Why recommendation ids of valid events do not count, and how many.</summary>
    public IReadOnlyDictionary<RecommendationIdProblem, long> IdProblems => _idProblems;

    /// <summary>The first rejected records.</summary>
    public IReadOnlyList<QuarantinedRecord> Examples => _examples;

    /// <summary>All events that are durable, in the log or in quarantine.</summary>
    public long Events => Appended + Duplicates + Rejected;

    internal void Add(AppendedInteractions appended)
    {
        Appended += appended.Appended;
        Duplicates += appended.Duplicates;
        Rejected += appended.Rejected.Count;
        Unnamed.Add(appended.Unnamed);
        foreach (var (problem, count) in appended.IdProblems)
            _idProblems[problem] = _idProblems.GetValueOrDefault(problem) + count;
        if (Newest is null || appended.Newest > Newest)
            Newest = appended.Newest ?? Newest;
        _examples.AddRange(appended.Rejected.Take(MaximumExamples - _examples.Count));
    }

    internal void Add(CaughtUpProfiles caughtUp) => Counted += caughtUp.Counted;
}
