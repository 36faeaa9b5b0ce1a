using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.S3;

/// <summary>The figures of a group of users.</summary>
/// <param name="FormatVersion">The layout of the document.</param>
/// <param name="Part">The group.</param>
/// <param name="Settings">The stamp of the settings.</param>
/// <param name="Input">What the figures were derived from; null for nothing.</param>
/// <param name="Erasures">The erasures whose sums are in <paramref name="Erased"/>.</param>
/// <param name="Keys">What sums are of.</param>
/// <param name="Users">By user: the place of a key, the count and the amount, one after the other.</param>
/// <param name="Items">Likewise by item.</param>
/// <param name="Erased">Likewise of erased users by item; "" for lists.</param>
internal sealed record FeedbackPartDocument(
    int FormatVersion,
    int Part,
    string Settings,
    FeedbackInputDocument? Input,
    IReadOnlyList<string> Erasures,
    IReadOnlyList<FeedbackKeyDocument> Keys,
    IReadOnlyDictionary<string, long[]> Users,
    IReadOnlyDictionary<string, long[]> Items,
    IReadOnlyDictionary<string, long[]> Erased) : IStoredDocument
{
    internal static FeedbackPartDocument From(FeedbackPart part)
    {
        var keys = new KeyTable();
        return new(
            S3Json.Format,
            part.Part,
            part.Settings,
            part.Input is { } input ? FeedbackInputDocument.Of(input) : null,
            part.Erasures,
            keys.Documents,
            keys.RowsOf(part.Users, key => (key.User.Value, key.Key)),
            keys.RowsOf(part.Items, key => (key.Item.Value, key.Key)),
            keys.RowsOf(part.Erased, key => (key.Item?.Value ?? "", key.Key)));
    }

    /// <exception cref="StoredFormatException">Something in it is none.</exception>
    internal FeedbackPart ToPart(string key)
    {
        try
        {
            var keys = Keys.Select(one => one.ToKey()).ToList();
            return new FeedbackPart(
                Part,
                Settings,
                Input?.ToRange(),
                SumsOf(Users, keys, UserId.FromStored),
                SumsOf(Items, keys, ItemId.FromStored),
                SumsOf(Erased, keys, text => text.Length == 0 ? default(ItemId?) : ItemId.FromStored(text)),
                Erasures);
        }
        catch (Exception damaged) when (damaged is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new StoredFormatException(
                $"Object '{key}' is damaged: restore an earlier version. ({damaged.Message})", damaged);
        }
    }

    private static Dictionary<(T Owner, FeedbackKey Key), FeedbackSum> SumsOf<T>(
        IReadOnlyDictionary<string, long[]> rows, List<FeedbackKey> keys, Func<string, T> read)
    {
        var sums = new Dictionary<(T Owner, FeedbackKey Key), FeedbackSum>();
        foreach (var (name, numbers) in rows)
        {
            var owner = read(name);
            for (var i = 0; i < numbers.Length; i += 3)
                sums.Add((owner, keys[(int)numbers[i]]), new FeedbackSum(numbers[i + 1], numbers[i + 2]));
        }
        return sums;
    }

    /// <summary>Gives each key a place, since many sums are of the same.</summary>
    private sealed class KeyTable
    {
        private readonly Dictionary<FeedbackKey, int> _places = [];

        internal List<FeedbackKeyDocument> Documents { get; } = [];

        internal SortedDictionary<string, long[]> RowsOf<T>(
            IReadOnlyDictionary<T, FeedbackSum> sums, Func<T, (string Owner, FeedbackKey Key)> split) =>
            new(
                sums.Select(one => (Split: split(one.Key), Sum: one.Value))
                    .GroupBy(one => one.Split.Owner, StringComparer.Ordinal)
                    .ToDictionary(
                        group => group.Key,
                        group => group
                            .SelectMany(one => new[] { PlaceOf(one.Split.Key), one.Sum.Count, one.Sum.Amount })
                            .ToArray(),
                        StringComparer.Ordinal),
                StringComparer.Ordinal);

        private long PlaceOf(in FeedbackKey key)
        {
            if (_places.TryGetValue(key, out var place))
                return place;
            Documents.Add(FeedbackKeyDocument.From(key));
            return _places[key] = _places.Count;
        }
    }
}

/// <summary>What a sum is of.</summary>
internal sealed record FeedbackKeyDocument(
    string Day, uint Configuration, int Source, int Kind, string? Type = null, string? Currency = null)
{
    internal static FeedbackKeyDocument From(in FeedbackKey key) =>
        new(
            key.Day.ToString("O", CultureInfo.InvariantCulture),
            key.Configuration,
            (int)key.Source,
            (int)key.Kind,
            key.Type.Value,
            key.Currency?.Value);

    internal FeedbackKey ToKey() =>
        new(
            DateOnly.ParseExact(Day, "O", CultureInfo.InvariantCulture),
            Configuration,
            (ServedSource)Source,
            (FeedbackKind)Kind,
            Type is { } type ? InteractionType.Parse(type) : default,
            Currency is { } currency ? CurrencyCode.Of(currency) : null);
}

/// <summary>What figures were derived from.</summary>
internal sealed record FeedbackInputDocument(string From, string Through, int Objects, long Bytes, string Digest)
{
    internal static FeedbackInputDocument Of(LogInputRange range) =>
        new(DayText(range.From), DayText(range.Through), range.Objects, range.Bytes, range.Digest);

    internal LogInputRange ToRange() => new(DayOf(From), DayOf(Through), Objects, Bytes, Digest);

    private static string DayText(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}

/// <summary>How far the derivation is.</summary>
internal sealed record FeedbackProgressDocument(
    int FormatVersion, string? CountedThrough, IReadOnlyDictionary<int, FeedbackPartProgressDocument> Parts)
    : IStoredDocument
{
    internal static FeedbackProgressDocument From(DerivedProgress progress) =>
        new(
            S3Json.Format,
            progress.CountedThrough is { } through ? Timestamps.Format(through) : null,
            progress.Parts.ToDictionary(
                one => one.Key,
                one => new FeedbackPartProgressDocument(
                    one.Value.Settings, one.Value.Digest, Timestamps.Format(one.Value.ListedAt))));

    internal DerivedProgress ToProgress() =>
        new(
            CountedThrough is { } through ? StoredFormat.TimeOf(through) : null,
            Parts.ToDictionary(
                one => one.Key,
                one => new DerivedPartProgress(
                    one.Value.Settings, one.Value.Digest, StoredFormat.TimeOf(one.Value.ListedAt))));
}

/// <summary>How far a part is.</summary>
internal sealed record FeedbackPartProgressDocument(string Settings, string Digest, string ListedAt);
