using System.Globalization;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Modeling.Trainers;

namespace Recommendation.ModelServer.Training;

/// <summary>What <c>hyperparameters.json</c> sets: an object whose values are texts, whatever they stand for.</summary>
/// <param name="Fast">Whether to train in one pass with fixed parameters.</param>
/// <param name="AsOf">What counts as now; null for the clock.</param>
/// <param name="AllowRepeats">Whether to train for lists that may hold items of the history; null for
/// what the settings say.</param>
/// <param name="Window">How far back interactions are trained on; null for all.</param>
/// <param name="UserShare">The share of the users to train on, whole users each.</param>
/// <param name="Settings">The content of <c>recommendation.json</c>; null if it is not given.</param>
/// <param name="Configure">Sets the trainer's options that are hyperparameters of their own; they
/// count over the settings.</param>
internal sealed record Hyperparameters(
    bool Fast,
    DateTimeOffset? AsOf,
    bool? AllowRepeats,
    TimeSpan? Window,
    double UserShare,
    string? Settings,
    Action<ModelTrainerOptions> Configure
)
{
    private const string Known =
        "settings, fast, asOf, allowRepeats, days, userPercent, search, neighboursPerItem, historyLimit, weightCap, "
            + "popularityExponent, popularityHalfLifeDays, threads";

    // SageMaker's own toolkits add names of their own.
    private const string Reserved = "sagemaker_";

    /// <exception cref="RefusedException">The file holds what can't be meant; the message says what to
    /// write.</exception>
    internal static async Task<Hyperparameters> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return new Hyperparameters(
                Fast: false,
                AsOf: null,
                AllowRepeats: null,
                Window: null,
                UserShare: 1,
                Settings: null,
                _ => { }
            );
        var values = await ParseAsync(path, cancellationToken);
        var given = new List<Action<ModelTrainerOptions>>();
        var (window, userShare) = ((TimeSpan?)null, 1.0);
        var (fast, asOf, allowRepeats, settings) = (false, (DateTimeOffset?)null, (bool?)null, (string?)null);
        foreach (var (name, value) in values)
        {
            switch (name)
            {
                case "settings":
                    settings = value;
                    break;
                case "fast":
                    fast = Flag(name, value);
                    break;
                case "asOf":
                    asOf = Timestamps.Parse(value) ?? throw Wrong(name, value, "a time, such as 2010-12-20T18:00:00Z");
                    break;
                case "allowRepeats":
                    allowRepeats = Flag(name, value);
                    break;
                case "days":
                    window = Number(name, value) is > 0 and var days ? TimeSpan.FromDays(days) : null;
                    break;
                case "userPercent":
                    userShare = Number(name, value) is > 0 and <= 100 and var percent
                        ? percent / 100
                        : throw Wrong(name, value, "above 0 and at most 100");
                    break;
                case "search":
                    Set(Flag(name, value), (options, search) => options.Search = search);
                    break;
                case "neighboursPerItem":
                    Set(
                        (int)Number(name, value),
                        (options, neighboursPerItem) => options.NeighboursPerItem = neighboursPerItem
                    );
                    break;
                case "historyLimit":
                    Set((int)Number(name, value), (options, historyLimit) => options.HistoryLimit = historyLimit);
                    break;
                case "weightCap":
                    Set(Number(name, value), (options, weightCap) => options.WeightCap = weightCap);
                    break;
                case "popularityExponent":
                    Set(
                        Number(name, value),
                        (options, popularityExponent) => options.PopularityExponent = popularityExponent
                    );
                    break;
                case "popularityHalfLifeDays":
                    Set(
                        TimeSpan.FromDays(Number(name, value)),
                        (options, popularityHalfLife) => options.PopularityHalfLife = popularityHalfLife
                    );
                    break;
                case "threads":
                    Set((int)Number(name, value), (options, threads) => options.Threads = threads);
                    break;
                default:
                    if (!name.StartsWith(Reserved, StringComparison.Ordinal))
                        throw new RefusedException($"There is no hyperparameter '{name}'; there are: {Known}.");
                    break;
            }
        }
        return new Hyperparameters(
            fast,
            asOf,
            allowRepeats,
            window,
            userShare,
            settings,
            options => given.ForEach(set => set(options))
        );

        void Set<T>(T value, Action<ModelTrainerOptions, T> set) => given.Add(options => set(options, value));
    }

    private static async Task<Dictionary<string, string>> ParseAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
            return json
                .RootElement.EnumerateObject()
                .ToDictionary(
                    member => member.Name,
                    member =>
                        member.Value.ValueKind == JsonValueKind.String
                            ? member.Value.GetString()!
                            : member.Value.GetRawText(),
                    StringComparer.Ordinal
                );
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new RefusedException($"'{path}' is no JSON object with texts: {problem.Message}");
        }
    }

    private static bool Flag(string name, string value) =>
        bool.TryParse(value, out var flag) ? flag : throw Wrong(name, value, "true or false");

    private static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= 1e6
            ? number
            : throw Wrong(name, value, "a number of at most 1,000,000");

    private static RefusedException Wrong(string name, string value, string expected) =>
        new($"Hyperparameter '{name}' is '{value}'; give {expected}.");
}
