using static Recommendation.Application.Erasures.DataEnd;
using static Recommendation.Application.Erasures.DataPlatform;

namespace Recommendation.Application.Erasures;

/// <summary>
/// Every place that may hold personal data. Erasures work it off in this order, receipts name it, docs/personal-data.md
/// is made from it, and a test searches for what is missing here.
/// </summary>
public static class PersonalDataPlaces
{
    public const string Profile = "profile";
    public const string History = "history";
    public const string List = "list";
    public const string Attributes = "attributes";
    public const string Answers = "answers";
    public const string Segments = "batch-segments";
    public const string Lists = "batch-lists";
    public const string Log = "log";
    public const string Feedback = "feedback";
    public const string Experiments = "experiments";
    public const string Quarantine = "quarantine";
    public const string ArchiveErrors = "archive-errors";
    public const string GivenUp = "given-up-batches";

    /// <summary>The table.</summary>
    public static IReadOnlyList<PersonalDataPlace> All { get; } =
    [
        new(Profile, Both, Erased, "`profiles` of the database; the table's `profile` items",
            "Counts, the newest interactions, first and last time, positions in the log, ids that were merged",
            "A tombstone takes its place: the user's id, the time, and positions in the log."
        ),
        new(
            History,
            Both,
            Erased,
            "`histories` of the database; the table's `history#…` items",
            "Items of older interactions with types, counts and times",
            "Every version is deleted."
        ),
        new(
            List,
            Both,
            Erased,
            "`lists` of the database; the table's `recommendations` items",
            "Recommended items with the reasons",
            "It is deleted."
        ),
        new(
            Attributes,
            Both,
            Erased,
            "`user_attributes` of the database; the table's `attributes` items",
            "Attributes of the user, such as country or segment",
            "They are deleted."
        ),
        new(
            Answers,
            OneMachine,
            Erased,
            "`requests` of the database",
            "Answers to requests with an `Idempotency-Key`, which hold event ids",
            "Answers about the user are deleted. Previews (`what-if`) are never kept."
        ),
        new(
            Segments,
            Both,
            Erased,
            "`batch-runs/{run}/segments/`",
            "Ids of the users of nightly runs",
            "The id is replaced by a random one that no user has, so that the run still adds up."
        ),
        new(
            Lists,
            Both,
            Erased,
            "`batch-results/{date}/{run}/lists/`",
            "Recommended items of the users of nightly runs, with the reasons",
            "Files are rewritten without the user, and their old versions deleted."
        ),
        // Before the log: the sums that stay are counted from it.
        new(
            Feedback,
            Both,
            Erased,
            "`feedback_events`, `feedback_lists` and `feedback_users` of the database; `feedback/` of the bucket",
            "Impressions, clicks and conversions with the lists that led to them; on AWS their sums by user",
            "Rows are deleted, and objects rewritten; the sums stay in the metrics, without the user."
        ),
        new(
            Log,
            Both,
            Erased,
            "`interactions` and `event_ids` of the database; `archive/` of the bucket",
            "Every interaction as it came",
            "Rows are deleted; objects are rewritten without them, and their old versions deleted."
        ),
        new(
            Experiments,
            Both,
            Erased,
            "`experiments` of the database; `experiments/` of the bucket",
            "Users who were given a variant by name",
            "The user is taken out; old versions of the object are deleted."
        ),
        new(
            Quarantine,
            Both,
            Erased,
            "`quarantine` of the database; `quarantine/` of the bucket",
            "Rejected records as they came",
            "Records of the user are deleted, and records without a readable user id that contain the id as a word."
        ),
        new(
            ArchiveErrors,
            Aws,
            Erased,
            "`archive-errors/` of the bucket",
            "Records that the delivery could not process",
            "Lines that contain the id are removed."
        ),
        new(
            GivenUp,
            Aws,
            Erased,
            "`aws/lambda/` of the bucket",
            "Batches of the stream that the processor gave up",
            "Objects that contain the id are deleted; the archive holds the events of the other users in them."
        ),
        new(
            "delivery-buffer",
            Aws,
            Expires,
            "The delivery stream to the archive",
            "Interactions of the last minutes",
            "Delivered to the archive within 25 minutes; the erasure sweeps the archive once more after 30 minutes."
        ),
        new(
            "stream",
            Aws,
            Expires,
            "The stream of events",
            "Interactions of the last day or days",
            "Records expire with the stream's retention; until then the tombstone drops what is delivered again."
        ),
        new(
            "answers-aws",
            Aws,
            Expires,
            "The table's `request#…` items",
            "Answers to requests with an `Idempotency-Key`, which hold event ids",
            "Never given again after 24 hours; the table deletes them within two days after that."
        ),
        new(
            "old-versions",
            Aws,
            Expires,
            "Old versions of objects of the bucket",
            "Batch segments and lists of plans that were replaced",
            "The bucket deletes them after `oldVersionDays`."
        ),
        new(
            "log-lines",
            Both,
            Expires,
            "Log output and log groups",
            "No ids of users, except at level Debug",
            "As long as you keep logs; on AWS `logDays`."
        ),
        new(
            "backups",
            OneMachine,
            ByOperator,
            "Copies of the data folder",
            "Everything at the time of the copy",
            "Delete them when they are old, and erase again after a restore: the list of erasures says who was erased."
        ),
        new(
            "table-backups",
            Aws,
            Expires,
            "Point-in-time recovery of the table",
            "Profiles, histories and lists",
            "35 days. Erase again after a restore."
        ),
        new(
            "input-files",
            Both,
            ByOperator,
            "Files that were ingested, exports, history files, and answers that callers kept",
            "What they contain",
            "Delete them where you keep them; ingesting a file again brings its users back."
        ),
        new(
            "training-inputs",
            Aws,
            Expires,
            "The volume of a training job",
            "A copy of the archive",
            "SageMaker deletes it when the job ends."
        ),
        new(
            "tombstone",
            Both,
            Kept,
            "`profiles` of the database; the table's `profile` items",
            "The user's id and the time of the erasure",
            "It keeps late deliveries from coming back; on AWS it expires 7 days after the stream's retention."
        ),
        new(
            "erasure-record",
            Both,
            Kept,
            "`erasures` of the database, and `erasures/` of the data folder or the bucket",
            "The user's id, the progress and the signed receipt",
            "It proves the erasure, and names who must be erased again after a restore."
        ),
    ];

    /// <summary>The places that an erasure works off on a platform, in its order.</summary>
    public static IEnumerable<PersonalDataPlace> ErasedOn(DataPlatform platform) =>
        All.Where(place => place.End == Erased && (place.Platform & platform) != DataPlatform.None);
}
