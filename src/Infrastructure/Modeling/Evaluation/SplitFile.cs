using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Evaluation;

/// <summary>The files of the public train/test splits: a user a line, <c>user item item …</c>, separated by spaces.</summary>
internal static class SplitFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="RefusedException">There is no such file, or a line holds no valid ids.</exception>
    public static async Task<List<(string User, string[] Items)>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        Require(path);
        var lines = new List<(string, string[])>();
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0)
                lines.Add((fields[0], fields[1..]));
        }
        return lines;
    }

    /// <exception cref="RefusedException">There is no such file.</exception>
    public static void Require(string path)
    {
        if (!File.Exists(path))
            throw new RefusedException($"There is no file '{path}'.");
    }

    /// <summary>Each item as a view. The files have no times: all of them happened at once.</summary>
    public static IEnumerable<Interaction> Interactions(IEnumerable<(string User, string[] Items)> lines)
    {
        foreach (var (user, items) in lines)
        {
            var userId = UserId.Parse(user);
            foreach (var item in items)
            {
                yield return new Interaction
                {
                    UserId = userId,
                    ItemId = ItemId.Parse(item),
                    Type = InteractionType.View,
                    OccurredAt = Timestamps.Earliest,
                    ArrivedAt = Timestamps.Earliest,
                };
            }
        }
    }

    /// <summary>The users of the test file who have any test item, with the history of the training file.</summary>
    public static List<TestUser> TestUsers(List<(string User, string[] Items)> train, List<(string User, string[] Items)> test)
    {
        var histories = train.ToLookup(line => line.User, line => line.Items, StringComparer.Ordinal);
        return [.. from line in test
                   where line.Items.Length > 0
                   let known = Interactions(histories[line.User].Select(items => (line.User, items))).ToList()
                   select TestUser.From(known, line.Items) with { User = UserId.Parse(line.User) }];
    }
}
