using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// The figures that a job derives from the log, part by part. Each part is one output, which names its inputs and is
/// replaced as a whole.
/// </summary>
public interface IDerivedFeedback
{
    /// <summary>The output of a part; null if there is none.</summary>
    Task<StoredFeedbackPart?> FindAsync(int part, CancellationToken cancellationToken);

    /// <summary>The parts that have an output, in their order.</summary>
    Task<IReadOnlyList<int>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the output of a part if it is still in the known state.</summary>
    /// <param name="part">The output.</param>
    /// <param name="known">The state that it replaces; null if there must be none.</param>
    /// <param name="leavesNoTrace">Whether what it replaces must not be kept even as an old version.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False if another state is stored.</returns>
    Task<bool> SaveAsync(
        FeedbackPart part, StoredFeedbackPart? known, bool leavesNoTrace, CancellationToken cancellationToken);

    /// <summary>How far the job is; empty before its first run.</summary>
    Task<DerivedProgress> ProgressAsync(CancellationToken cancellationToken);

    /// <summary>Stores how far the job is.</summary>
    Task SaveProgressAsync(DerivedProgress progress, CancellationToken cancellationToken);
}

/// <summary>The figures of some of the users, and what they were derived from.</summary>
/// <param name="Part">The part of the log.</param>
/// <param name="Settings">The stamp of the settings under which they were counted.</param>
/// <param name="Input">What was read; null if nothing was left to read.</param>
/// <param name="Users">The sums of users.</param>
/// <param name="Items">The sums of items over these users.</param>
/// <param name="Erased">The sums of users who were erased, by item; those of lists have none.</param>
/// <param name="Erasures">The erasures whose sums are among them.</param>
public sealed record FeedbackPart(
    int Part,
    string Settings,
    LogInputRange? Input,
    IReadOnlyDictionary<(UserId User, FeedbackKey Key), FeedbackSum> Users,
    IReadOnlyDictionary<(ItemId Item, FeedbackKey Key), FeedbackSum> Items,
    IReadOnlyDictionary<(ItemId? Item, FeedbackKey Key), FeedbackSum> Erased,
    IReadOnlyList<string> Erasures);

/// <summary>An output as it is stored.</summary>
/// <param name="Tag">Names this state of it.</param>
public sealed record StoredFeedbackPart(FeedbackPart Part, string Tag);

/// <summary>How far the job is.</summary>
/// <param name="CountedThrough">What arrived before is counted; null if that can't be said yet.</param>
/// <param name="Parts">Of each part the input that was counted last, and when that was listed.</param>
public sealed record DerivedProgress(
    DateTimeOffset? CountedThrough, IReadOnlyDictionary<int, DerivedPartProgress> Parts)
{
    /// <summary>Before the first run.</summary>
    public static readonly DerivedProgress None = new(null, new Dictionary<int, DerivedPartProgress>());
}

/// <param name="Settings">The stamp of the settings.</param>
/// <param name="Digest">The digest of the input.</param>
/// <param name="ListedAt">When the input was known to be this one.</param>
public sealed record DerivedPartProgress(string Settings, string Digest, DateTimeOffset ListedAt);
