using System.Text.RegularExpressions;

namespace Recommendation.Import.Internals.Columns;

/// <summary>Public data sets of ratings and of music, whose files mostly have no header.</summary>
internal static partial class RatingPresets
{
    /// <summary><c>ratings.dat</c> (separated by <c>::</c>), <c>ratings.csv</c> and <c>u.data</c>.</summary>
    internal static readonly Preset MovieLens = new("movielens")
    {
        Headerless = [new(["userId", "movieId", "rating", "timestamp"])],
    };

    /// <summary>
    /// Reviews as JSON lines of 2014 to 2023, and the tables of ratings alone, of which two orders of columns exist.
    /// </summary>
    internal static readonly Preset Amazon = new("amazon")
    {
        Columns =
        {
            [InteractionField.UserId] = ["reviewerid", "userid"],
            [InteractionField.ItemId] = ["asin", "parentasin", "itemid"],
            [InteractionField.Timestamp] = ["unixreviewtime", "timestamp"],
            [InteractionField.Value] = ["overall", "rating"],
        },
        Headerless =
        [
            new(["asin", "user_id", "rating", "timestamp"]) { Fits = row => IsAsin(row[0]) && !IsAsin(row[1]) },
            new(["user_id", "asin", "rating", "timestamp"]),
        ],
    };

    /// <summary>The 360K set (plays by user and artist), the 1K set (a play a row) and the 2K set of HetRec.</summary>
    internal static readonly Preset LastFm = new("lastfm")
    {
        Columns =
        {
            [InteractionField.UserId] = ["userid"],
            [InteractionField.ItemId] = ["trackid", "trackname", "artistid", "artistname"],
            [InteractionField.Value] = ["plays", "weight"],
        },
        Headerless =
        [
            new(["user_id", "artist_id", "artist_name", "plays"]),
            new(["user_id", "timestamp", "artist_id", "artist_name", "track_id", "track_name"]),
        ],
    };

    private static bool IsAsin(string text) => Asin().IsMatch(text);

    [GeneratedRegex(@"^(B[0-9A-Z]{9}|\d{9}[\dX])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asin();
}
