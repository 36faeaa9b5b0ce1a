using Recommendation.Application.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The version that every item carries.</summary>
internal static class ItemFormat
{
    /// <summary>What this version writes, and the only one there has been.</summary>
    internal const int Current = 1;

    /// <exception cref="StoredFormatException">The item is of a later version, or of none.</exception>
    internal static void Require(Item item) => Require(item.NumberOrNull(ProfileTable.Format), item.TextOrNull(ProfileTable.UserId));

    /// <exception cref="StoredFormatException">The item is of a later version, or of none.</exception>
    internal static void Require(long? format, string? key)
    {
        switch (format)
        {
            case Current:
                return;
            case { } other:
                throw new StoredFormatException(
                    $"The item '{key}' is of format {other}; this version reads format {Current}. Use the version that wrote it.");
            default:
                throw new StoredFormatException(
                    $"The item '{key}' has no format: it was written by another system. Bring its table over with `recommend migrate`.");
        }
    }
}
