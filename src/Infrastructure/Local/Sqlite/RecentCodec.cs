using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>The newest interactions of a stored profile.</summary>
internal static class RecentCodec
{
    private const byte HasKey = 1;
    private const byte HasValue = 2;

    /// <summary>Times as the distance from the one before, which is short for a newest-first list.</summary>
    internal static void Write(BlobWriter blob, IReadOnlyList<RecentInteraction> recent)
    {
        blob.Count(recent.Count);
        var previous = 0L;
        foreach (var interaction in recent)
        {
            var at = interaction.At.ToUnixTimeMilliseconds();
            blob.Signed(previous - at);
            previous = at;
            blob.Byte((byte)((interaction.EventKey == 0 ? 0 : HasKey) | (interaction.Value is null ? 0 : HasValue)));
            if (interaction.EventKey != 0)
                blob.Fixed(interaction.EventKey);
            if (interaction.Value is { } value)
                blob.Double(value);
            blob.Type(interaction.Type);
            blob.Text(interaction.ItemId.Value);
        }
    }

    internal static RecentInteraction[] Read(ref BlobReader blob)
    {
        var recent = new RecentInteraction[blob.Count()];
        var previous = 0L;
        for (var i = 0; i < recent.Length; i++)
        {
            previous -= blob.Signed();
            var at = Time(previous, in blob);
            // In format 1 there was no value, and so no flag of one.
            var flags = blob.Byte();
            var key = (flags & HasKey) != 0 ? blob.Fixed() : 0;
            double? value = (flags & HasValue) != 0 ? blob.Double() : null;
            var type = blob.Type();
            recent[i] = new(at, key, blob.Item(), type, value);
        }
        return recent;
    }

    private static DateTimeOffset Time(long milliseconds, in BlobReader blob)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw blob.Damaged(exception);
        }
    }
}
