using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// The files of the public train/test splits: lines <c>user item item …</c>, separated by spaces or tabs. A user may
/// have several lines, and an item that a user has more than once counts once, because a split is a set of pairs.
/// </summary>
internal static class SplitFile
{
    private static readonly UTF8Encoding s_strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads a file: a user an element, in the order of their first lines.</summary>
    /// <exception cref="RefusedException">There is no such file, it is not UTF-8, or a line
    /// holds an invalid id.</exception>
    public static async Task<List<(string User, string[] Items)>> ReadAsync(
        string path,
        CancellationToken cancellationToken
    )
    {
        var users = new List<(string Id, HashSet<string> Items)>();
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (user, items) in await LinesAsync(path, cancellationToken))
        {
            if (!indices.TryGetValue(user, out var index))
            {
                indices[user] = index = users.Count;
                users.Add((user, new HashSet<string>(StringComparer.Ordinal)));
            }
            users[index].Items.UnionWith(items);
        }
        return [.. users.Select(user => (user.Id, user.Items.ToArray()))];
    }

    /// <summary>
    /// Reads the lines as they are, in their order and with repeated items; empty lines are left out.
    /// </summary>
    /// <exception cref="RefusedException">There is no such file, it is not UTF-8, or a line
    /// holds an invalid id.</exception>
    public static async Task<List<(string User, string[] Items)>> LinesAsync(
        string path,
        CancellationToken cancellationToken
    )
    {
        Require(path);
        var lines = new List<(string User, string[] Items)>();
        var number = 0;
        try
        {
            await foreach (var line in File.ReadLinesAsync(path, s_strict, cancellationToken))
            {
                number++;
                var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length == 0)
                    continue;
                RequireUser(fields[0], path, number);
                foreach (var item in fields.AsSpan(1))
                    RequireItem(item, path, number);
                lines.Add((fields[0], fields[1..]));
            }
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException($"'{path}' is not UTF-8 after line {number}; save it as UTF-8.");
        }
        return lines;
    }

    /// <exception cref="RefusedException">There is no such file.</exception>
    public static void Require(string path)
    {
        if (!File.Exists(path))
            throw new RefusedException($"There is no file '{path}'.");
    }

    private static void RequireUser(string id, string path, int line)
    {
        if (UserId.TryParse(id) is null)
            throw Invalid(new RawInteraction { UserId = id, ItemId = "-" }, path, line);
    }

    private static void RequireItem(string id, string path, int line)
    {
        if (ItemId.TryParse(id) is null)
            throw Invalid(new RawInteraction { UserId = "-", ItemId = id }, path, line);
    }

    // The event rules say what an id is, and in words.
    private static RefusedException Invalid(in RawInteraction raw, string path, int line) =>
        new($"'{path}', line {line}: {Interaction.Validate(raw, Timestamps.Earliest).Rejected!.Message} " +
            "Each line is `user item item …`, separated by spaces or tabs.");

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
    public static List<TestUser> TestUsers(
        List<(string User, string[] Items)> train,
        List<(string User, string[] Items)> test
    )
    {
        var histories = train.ToLookup(line => line.User, line => line.Items, StringComparer.Ordinal);
        return [.. from line in test
                   where line.Items.Length > 0
                   let known = Interactions(histories[line.User].Select(items => (line.User, items))).ToList()
                   select TestUser.From(known, line.Items) with { User = UserId.Parse(line.User) }];
    }
}
