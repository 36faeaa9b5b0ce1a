using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Recommendation.Aws.Tests.Costs;

/// <summary>An item's size as DynamoDB counts it: names and values in UTF-8, numbers about a byte for two digits, 3 bytes for a list or map, 1 for each element.</summary>
internal static class ItemSize
{
    internal static int Of(IReadOnlyDictionary<string, AttributeValue> item) => item.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Of(pair.Value));

    private static int Of(AttributeValue value) => value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { N: { } number } => ((number.Count(char.IsAsciiDigit) + 1) / 2) + 1,
        { B: { } bytes } => (int)bytes.Length,
        { BOOL: not null } or { NULL: not null } => 1,
        { M: { } map } => 3 + map.Sum(pair => 1 + Encoding.UTF8.GetByteCount(pair.Key) + Of(pair.Value)),
        { L: { } list } => 3 + list.Sum(element => 1 + Of(element)),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
