using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Artefacts;

/// <summary>The result of a training, before it is written as an artefact.</summary>
internal sealed record ModelContent
{
    public required string Trainer { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset OldestData { get; init; }

    public required DateTimeOffset NewestData { get; init; }

    public required int Users { get; init; }

    public required long Interactions { get; init; }

    public required string[] ItemIds { get; init; }

    public required EventTypeSettings EventTypes { get; init; }

    public required ItemWeights Weights { get; init; }

    public required float[] Popularity { get; init; }

    public required SortedDictionary<string, double> Parameters { get; init; }

    public SortedDictionary<string, double> Metrics { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What the items say of themselves, and how much each kind of attribute says; null for nothing.</summary>
    public ContentIndex? Content { get; init; }

    /// <summary>Where the parameters and figures come from; null where the model itself chose them.</summary>
    public RefitSource? Refit { get; init; }
}
