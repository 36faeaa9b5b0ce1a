using System.Globalization;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Modeling.Training;

namespace Recommendation.ModelServer.Training;

/// <summary>What <c>hyperparameters.json</c> sets: an object whose values are texts, whatever they stand for.</summary>
/// <param name="Fast">Whether to train in one pass with fixed parameters.</param>
/// <param name="AsOf">What counts as now; null for the clock.</param>
/// <param name="Configure">Sets the trainer's options.</param>
internal sealed record Hyperparameters(bool Fast, DateTimeOffset? AsOf, Action<ModelTrainerOptions> Configure)
{
    private const string Known = "fast, asOf, search, neighboursPerItem, historyLimit, weightCap, popularityExponent, popularityHalfLifeDays, threads";

    // SageMaker's own toolkits add names of their own.
    private const string Reserved = "sagemaker_";

    /// <exception cref="RefusedException">The file holds what can't be meant; the message says what to write.</exception>
    internal static async Task<Hyperparameters> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return new Hyperparameters(Fast: false, AsOf: null, _ => { });
        var values = await ParseAsync(path, cancellationToken);
        var options = new ModelTrainerOptions();
        var (fast, asOf) = (false, (DateTimeOffset?)null);
        foreach (var (name, value) in values)
        {
            switch (name)
            {
                case "fast": fast = Flag(name, value); break;
                case "asOf": asOf = Timestamps.Parse(value) ?? throw Wrong(name, value, "a time, such as 2010-12-20T18:00:00Z"); break;
                case "search": options.Search = Flag(name, value); break;
                case "neighboursPerItem": options.NeighboursPerItem = (int)Number(name, value); break;
                case "historyLimit": options.HistoryLimit = (int)Number(name, value); break;
                case "weightCap": options.WeightCap = Number(name, value); break;
                case "popularityExponent": options.PopularityExponent = Number(name, value); break;
                case "popularityHalfLifeDays": options.PopularityHalfLife = TimeSpan.FromDays(Number(name, value)); break;
                case "threads": options.Threads = (int)Number(name, value); break;
                default:
                    if (!name.StartsWith(Reserved, StringComparison.Ordinal))
                        throw new RefusedException($"There is no hyperparameter '{name}'; there are: {Known}.");
                    break;
            }
        }
        return new Hyperparameters(fast, asOf, target => Copy(options, target));
    }

    private static async Task<Dictionary<string, string>> ParseAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
            return json.RootElement.EnumerateObject().ToDictionary(
                member => member.Name,
                member => member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText(),
                StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new RefusedException($"'{path}' is no JSON object with texts: {problem.Message}");
        }
    }

    private static void Copy(ModelTrainerOptions from, ModelTrainerOptions to) =>
        (to.Search, to.NeighboursPerItem, to.HistoryLimit, to.WeightCap, to.PopularityExponent, to.PopularityHalfLife, to.Threads) =
        (from.Search, from.NeighboursPerItem, from.HistoryLimit, from.WeightCap, from.PopularityExponent, from.PopularityHalfLife, from.Threads);

    private static bool Flag(string name, string value) =>
        bool.TryParse(value, out var flag) ? flag : throw Wrong(name, value, "true or false");

    private static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= 1e6
            ? number : throw Wrong(name, value, "a number of at most 1,000,000");

    private static RefusedException Wrong(string name, string value, string expected) =>
        new($"Hyperparameter '{name}' is '{value}'; give {expected}.");
}
