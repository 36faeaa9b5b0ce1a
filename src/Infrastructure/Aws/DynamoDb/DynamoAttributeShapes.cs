using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>What attributes are, as one item of the table: the type and the length of each.</summary>
internal sealed class DynamoAttributeShapes(DynamoTable table) : IAttributeShapes
{
    /// <summary>Precedes the name, so that none is one of the table's own.</summary>
    private const char Prefix = '@';

    /// <summary>An expression has at most 4 KB.</summary>
    private const int NamesPerUpdate = 50;

    private static Item Key => ProfileTable.Key(ProfileTable.Catalog, ProfileTable.CatalogAttributes);

    public async Task<IReadOnlyDictionary<string, AttributeShape>> ReadAsync(CancellationToken cancellationToken) =>
        ShapesOf(await table.FindAsync(Key, cancellationToken) ?? []);

    public async Task<IReadOnlyDictionary<string, AttributeShape>> KeepAsync(
        IReadOnlyDictionary<string, AttributeShape> shapes, CancellationToken cancellationToken)
    {
        foreach (var chunk in shapes.Chunk(NamesPerUpdate))
        {
            var request = new UpdateItemRequest
            {
                TableName = table.Name,
                Key = Key,
                UpdateExpression = "SET #format = if_not_exists(#format, :format), " + string.Join(
                    ", ", chunk.Select((_, i) => $"#n{i} = if_not_exists(#n{i}, :v{i})")),
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#format"] = ProfileTable.Format },
                ExpressionAttributeValues = new(StringComparer.Ordinal)
                {
                    [":format"] = Attributes.Number(ItemFormat.Current),
                },
            };
            foreach (var (i, (name, shape)) in chunk.Index())
            {
                request.ExpressionAttributeNames[$"#n{i}"] = Prefix + name;
                request.ExpressionAttributeValues[$":v{i}"] = new Amazon.DynamoDBv2.Model.AttributeValue(
                    string.Create(CultureInfo.InvariantCulture, $"{shape.TypeName} {shape.Length}").TrimEnd());
            }
            await table.GuardAsync(() => table.Client.UpdateItemAsync(request, cancellationToken), cancellationToken);
        }
        return await ReadAsync(cancellationToken);
    }

    private static Dictionary<string, AttributeShape> ShapesOf(Item item)
    {
        var shapes = new Dictionary<string, AttributeShape>(StringComparer.Ordinal);
        foreach (var name in item.Keys.Where(name => name[0] == Prefix))
        {
            var parts = item.Text(name).Split(' ');
            var length = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : (int?)null;
            shapes[name[1..]] = AttributeShape.TryParse(parts[0], length)
                ?? throw Attributes.Damaged(item, name, "a type that this version knows");
        }
        return shapes;
    }
}
