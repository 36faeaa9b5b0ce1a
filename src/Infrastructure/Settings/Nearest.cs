namespace Recommendation.Settings;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary><c>; did you mean 'x'?</c> for the name with the fewest changes; else what there is.</summary>
    internal static string Hint(string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        var best = names.MinBy(one => Changes(name.ToLowerInvariant(), one.ToLowerInvariant()));
        return
            best is not null
            && Changes(name.ToLowerInvariant(), best.ToLowerInvariant()) <= Math.Max(2, best.Length / 3)
            ? $"; did you mean '{best}'?"
            : $"; there are: {string.Join(", ", names)}.";
    }

    /// <summary>The Levenshtein distance.</summary>
    private static int Changes(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
                (diagonal, row[j]) = (
                    row[j],
                    Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1))
                );
        }
        return row[to.Length];
    }
}
