using Recommendation.Application.Ports;
using Recommendation.Domain.Items;
using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Checking;

/// <summary>The fields of <c>item</c>, <c>user</c> and <c>context</c>. A field that is absent is an error.</summary>
internal sealed class Variables(ExpressionSchema schema)
{
    private static readonly Dictionary<string, Compiled> s_itemFields = new(StringComparer.Ordinal)
    {
        ["itemId"] = Item(ExpressionType.Text, item => Value.Of(item.ItemId.Value)),
        ["title"] = Item(ExpressionType.Text, item => Value.Of(item.Title)),
        ["description"] = Item(ExpressionType.Text, item => Value.Of(item.Description)),
        ["categories"] = Item(ExpressionType.Texts, item => Value.Of(item.Categories)),
        ["price"] = Item(ExpressionType.Double, item => item.Price is { } price ? Value.Of(price) : Value.Error),
        ["currency"] = Item(ExpressionType.Text, item => Value.Of(item.Currency)),
        ["imageUrl"] = Item(ExpressionType.Text, item => Value.Of(item.ImageUrl)),
        ["url"] = Item(ExpressionType.Text, item => Value.Of(item.Url)),
        ["createdAt"] = Item(ExpressionType.Time, item => Value.Of(item.CreatedAt)),
        ["expiresAt"] = Item(ExpressionType.Time, item => Value.Of(item.ExpiresAt)),
        ["available"] = Item(ExpressionType.Boolean, item => Value.Of(item.Available)),
        ["group"] = Item(ExpressionType.Text, item => Value.Of(item.Group)),
    };

    /// <summary>The variables that have fields.</summary>
    internal static readonly string[] Names = ["item", "user", "context"];

    /// <exception cref="InvalidExpressionException">There is no such field.</exception>
    internal Compiled Field(string variable, string field, int position) => variable switch
    {
        "item" => ItemField(field, position),
        "user" => UserField(field, position),
        _ => new(ExpressionType.Any, (ref Frame frame) => Of(frame.Scope.Context, field)),
    };

    private Compiled ItemField(string field, int position)
    {
        if (s_itemFields.TryGetValue(field, out var known))
            return known;
        if (schema.Items.TryGetValue(field, out var type))
        {
            return new(ExpressionType.Of(type), (ref Frame frame) =>
                frame.Scope.Item is { } item ? Of(item.Attributes, field) : Value.Error);
        }
        throw Unknown("items have", field, position, s_itemFields.Keys.Concat(schema.Items.Keys));
    }

    private Compiled UserField(string field, int position) =>
        schema.Users.TryGetValue(field, out var type)
            ? new(ExpressionType.Of(type), (ref Frame frame) => Of(frame.Scope.User, field))
            : throw Unknown("users have", field, position, schema.Users.Keys);

    private static Value Of(IReadOnlyDictionary<string, AttributeValue> attributes, string name) =>
        attributes.TryGetValue(name, out var value) ? Value.Of(value) : Value.Error;

    private static Compiled Item(ExpressionType type, Func<CatalogItem, Value> read) =>
        new(type, (ref Frame frame) => frame.Scope.Item is { } item ? read(item) : Value.Error);

    private static InvalidExpressionException Unknown(
        string whose, string field, int position, IEnumerable<string> known)
    {
        string[] names = [.. known.Order(StringComparer.Ordinal).Take(40)];
        var list = names.Length == 0 ? "none is declared" : $"there are {string.Join(", ", names)}";
        return ExpressionErrors.At(position, $"{whose} no attribute '{field}'; {list}");
    }
}
