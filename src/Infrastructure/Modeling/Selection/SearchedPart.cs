using System.Globalization;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Selection;

/// <summary>What a search uses of the training data: all of it within its limits, else a part.</summary>
/// <param name="Data">All users, or a sample of them; all items.</param>
/// <param name="Items">How many items are searched, the most frequent.</param>
/// <param name="Stage">The name of the stage, which says what the part is.</param>
internal sealed record SearchedPart(UserItemMatrix Data, int Items, string Stage)
{
    private const string Searching = "searching parameters";

    public static SearchedPart Of(UserItemMatrix data, ModelTrainerOptions options, CancellationToken cancellationToken)
    {
        var (users, items) = (data.Matrix.Rows, data.Matrix.Columns);
        var searched = Math.Min(items, options.SearchLimitItems);
        var part = users <= options.SearchLimitUsers
            ? data : Sampled(data, options.SearchLimitUsers, cancellationToken);
        string[] parts =
        [
            .. part.Matrix.Rows < users ? [Share(part.Matrix.Rows, users, "users")] : Array.Empty<string>(),
            .. searched < items ? [Share(searched, items, "items")] : Array.Empty<string>(),
        ];
        return new(part, searched, parts.Length == 0 ? Searching : $"{Searching} on {string.Join(" and ", parts)}");
    }

    private static string Share(int part, int all, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{part:n0} of {all:n0} {name}");

    private static UserItemMatrix Sampled(UserItemMatrix data, int users, CancellationToken cancellationToken)
    {
        var share = (double)users / data.Matrix.Rows;
        var kept = new List<int>(users);
        for (var user = 0; user < data.Events.Users; user++)
        {
            if (UserSample.Has(user, share))
                kept.Add(user);
        }
        var offsets = new int[kept.Count + 1];
        var events = new List<TrainingEvent>();
        foreach (var (place, user) in kept.Index())
        {
            foreach (var one in data.Events.Of(user))
                events.Add(one with { User = place });
            offsets[place + 1] = events.Count;
        }
        var sample = new TrainingEvents(data.Events.ItemIds, [], offsets, [.. events])
        {
            NewestMilliseconds = data.Events.NewestMilliseconds,
        };
        return UserItemMatrix.From(sample, data.Limit, data.Cap, double.PositiveInfinity, cancellationToken);
    }
}
