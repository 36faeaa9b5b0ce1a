using Recommendation.Application.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The version that every item carries.</summary>
internal static class ItemFormat
{
    /// <summary>What this version writes, and the only one there has been, but for profiles and lists.</summary>
    internal const int Current = 1;

    /// <summary>What this version writes of profiles. Format 1 had neither values nor history.</summary>
    internal const int Profile = 2;

    /// <summary>What this version writes of profiles with links of merged ids, which format 2 did not have.</summary>
    internal const int MergedProfile = 3;

    /// <summary>What this version writes of a history in several pieces; format 1 had one.</summary>
    internal const int PiecedHistory = 2;

    /// <summary>What this version writes of lists. Format 1 had a map for each item.</summary>
    internal const int List = 2;

    /// <exception cref="StoredFormatException">The item is of a later version, or of none.</exception>
    internal static void Require(Item item) =>
        Require(item.NumberOrNull(ProfileTable.Format), item.TextOrNull(ProfileTable.UserId));

    /// <exception cref="StoredFormatException">The item is of a later version, or of none.</exception>
    internal static void Require(long? format, string? key, int newest = Current)
    {
        switch (format)
        {
            case >= 1 when format <= newest:
                return;
            case { } other:
                throw new StoredFormatException(
                    $"The item '{key}' is of format {other}; this version reads formats up to {newest}. Use the "
                        + "version that wrote it."
                );
            default:
                throw new StoredFormatException(
                    $"The item '{key}' has no format: it was written by another system. Bring its table over with "
                        + "`recommend migrate`."
                );
        }
    }
}
