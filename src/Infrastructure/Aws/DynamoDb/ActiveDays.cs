using System.Globalization;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The days to look at in the index. Each is a query; where many years are asked for, only the days that the index
/// holds, and the latest ones in any case, since that is where users move to while they are listed.
/// </summary>
internal sealed class ActiveDays(DynamoTable table, TimeProvider time)
{
    private const int MostDays = 400;

    internal async Task<IReadOnlyCollection<DateOnly>> BetweenAsync(
        DateOnly from,
        DateOnly through,
        CancellationToken cancellationToken
    )
    {
        if (through.DayNumber - from.DayNumber <= MostDays)
            return [.. Enumerate(from, through)];
        var tomorrow = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        var latest = through < tomorrow ? through : tomorrow;
        var days = new SortedSet<DateOnly>(Enumerate(Later(from, latest.AddDays(-MostDays)), latest));
        await foreach (var item in table.ScanIndexAsync(cancellationToken))
        {
            if (DayOf(item) is { } day && day >= from && day <= through)
                days.Add(day);
        }
        return days;
    }

    private static IEnumerable<DateOnly> Enumerate(DateOnly from, DateOnly through)
    {
        for (var number = from.DayNumber; number <= through.DayNumber; number++)
            yield return DateOnly.FromDayNumber(number);
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly? DayOf(Item item)
    {
        var bucket = item.Text(ProfileTable.ActiveBucket);
        return
            bucket.Length > 10
            && DateOnly.TryParseExact(
                bucket.AsSpan(0, 10),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
            ? day
            : null;
    }
}
