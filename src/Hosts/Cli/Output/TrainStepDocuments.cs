using Recommendation.Application.Ports;

namespace Recommendation.Cli.Output;

/// <param name="Items">How many rows there are to make.</param>
/// <param name="Metrics">Those of the search; empty without one.</param>
internal sealed record RowPlanAnswer(
    string Folder, int Items, long Users, long Interactions, IReadOnlyDictionary<string, double> Metrics);

/// <param name="From">The first row.</param>
/// <param name="To">The row after the last one.</param>
internal sealed record MadeRowsAnswer(string Folder, int From, int To);

internal sealed record MergedModelAnswer(
    string File,
    long Bytes,
    string Version,
    int Users,
    int Items,
    long Interactions,
    IReadOnlyDictionary<string, double> Metrics)
{
    internal static MergedModelAnswer Of(string path, ModelDescription model) => new(
        path, model.ArtefactBytes, model.Version.Value, model.Users, model.Items, model.Interactions, model.Metrics);
}
