using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Recommendation.Aws.DynamoDb;

/// <summary>An update of some attributes of a catalogue item, which it makes if it is missing.</summary>
internal sealed class ItemUpdate
{
    private readonly List<string> _set = ["#format = if_not_exists(#format, :format)"];
    private readonly List<string> _remove = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal)
    {
        ["#format"] = ProfileTable.Format,
    };
    private readonly Dictionary<string, AttributeValue> _values = new(StringComparer.Ordinal)
    {
        [":format"] = new() { N = ItemFormat.Current.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>Sets an attribute where the item has none.</summary>
    internal void Add(string name, AttributeValue value)
    {
        (_names["#" + name], _values[":" + name]) = (name, value);
        _set.Add($"#{name} = if_not_exists(#{name}, :{name})");
    }

    /// <param name="name">The attribute.</param>
    /// <param name="value">Null removes it.</param>
    internal void Set(string name, AttributeValue? value)
    {
        _names["#" + name] = name;
        if (value is null)
        {
            _remove.Add("#" + name);
            return;
        }
        _values[":" + name] = value;
        _set.Add($"#{name} = :{name}");
    }

    internal UpdateItemRequest ToRequest(string table, ItemKey key) =>
        new()
        {
            TableName = table,
            Key = new(StringComparer.Ordinal)
            {
                [ProfileTable.UserId] = new(key.Partition),
                [ProfileTable.Kind] = new(key.Kind),
            },
            UpdateExpression =
                $"SET {string.Join(", ", _set)}{(_remove.Count > 0 ? $" REMOVE {string.Join(", ", _remove)}" : "")}",
            ExpressionAttributeNames = _names,
            ExpressionAttributeValues = _values,
        };
}
