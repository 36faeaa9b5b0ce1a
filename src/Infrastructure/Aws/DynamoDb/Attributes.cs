using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Reads and writes attributes; what is missing or of another type is a damaged item and is named.</summary>
internal static class Attributes
{
    internal static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    internal static AttributeValue Time(DateTimeOffset time) => new(Timestamps.Format(time));

    internal static AttributeValue Bytes(byte[] bytes) =>
        new() { B = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true) };

    internal static string Text(this Item item, string name) =>
        item.TextOrNull(name) ?? throw Damaged(item, name, "a text");

    internal static string? TextOrNull(this Item item, string name) => item.GetValueOrDefault(name)?.S;

    internal static long Number(this Item item, string name) =>
        item.NumberOrNull(name) ?? throw Damaged(item, name, "a whole number");

    internal static long? NumberOrNull(this Item item, string name) =>
        item.GetValueOrDefault(name)?.N is { } text
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Damaged(item, name, "a whole number")
            : null;

    internal static List<AttributeValue> ElementsOf(this Item item, string name) =>
        item.GetValueOrDefault(name)?.L ?? [];

    internal static ReadOnlySpan<byte> BytesOf(this Item item, string name) =>
        item.GetValueOrDefault(name)?.B is { } stream ? stream.ToArray() : [];

    internal static StoredFormatException Damaged(Item item, string name, string expected) =>
        new(
            $"The item '{item.TextOrNull(ProfileTable.UserId)}' / '{item.TextOrNull(ProfileTable.Kind)}' is damaged: "
                + $"'{name}' is not {expected}."
        );
}
