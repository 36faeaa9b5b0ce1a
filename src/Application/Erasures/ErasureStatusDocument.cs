using System.Text.Json.Serialization;
using Recommendation.Application.Receipts;
using Recommendation.Domain;

namespace Recommendation.Application.Erasures;

/// <summary>An erasure as hosts show it.</summary>
/// <param name="State"><c>erasing</c> or <c>finished</c>.</param>
/// <param name="ErasedAt">The time of its record in the log: what is before the record is erased.</param>
/// <param name="PlacesDone">The places that are done, by their keys in docs/personal-data.md.</param>
/// <param name="Problem">Why it was interrupted; null if it was not. It is continued in any case.</param>
/// <param name="Receipt">The signed receipt; null until it is finished.</param>
/// <param name="MergedErasures">In the answer to a request: the erasures of the ids that were merged with the user;
/// absent if there are none.</param>
public sealed record ErasureStatusDocument(
    string ErasureId,
    string UserId,
    string State,
    string RequestedAt,
    string ErasedAt,
    string? FinishedAt,
    bool Found,
    long InteractionsCounted,
    long InteractionsRemoved,
    long QuarantinedRemoved,
    IReadOnlyList<string> PlacesDone,
    string? Problem,
    SignedReceipt? Receipt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<string>? MergedErasures = null
)
{
    public static ErasureStatusDocument From(ForgottenUser forgotten)
    {
        ArgumentNullException.ThrowIfNull(forgotten);
        return new(
            forgotten.Id.Value,
            forgotten.User.Value,
            forgotten.IsFinished ? "finished" : "erasing",
            Timestamps.Format(forgotten.RequestedAt),
            Timestamps.Format(forgotten.ErasedAt),
            forgotten.FinishedAt is { } finished ? Timestamps.Format(finished) : null,
            forgotten.Found,
            forgotten.InteractionsCounted,
            forgotten.InteractionsRemoved,
            forgotten.QuarantinedRemoved,
            forgotten.PlacesDone,
            forgotten.Problem,
            forgotten.Receipt,
            forgotten.MergedErasures.Count == 0 ? null : [.. forgotten.MergedErasures.Select(id => id.Value)]
        );
    }
}

/// <summary>Some erasures.</summary>
public sealed record ErasuresDocument(IReadOnlyList<ErasureStatusDocument> Erasures);
