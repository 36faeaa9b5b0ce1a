using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Compiles conditions over items, users and requests.</summary>
public interface IExpressionCompiler
{
    /// <summary>Parses, checks and compiles a condition.</summary>
    /// <param name="text">The condition, in the subset of CEL that docs/scenarios.md describes.</param>
    /// <param name="schema">The attributes that there are.</param>
    /// <exception cref="InvalidExpressionException">The text is no condition over these attributes.</exception>
    CompiledCondition Compile(string text, ExpressionSchema schema);
}

/// <summary>Which attributes items and users have, beside the well-known ones.</summary>
/// <param name="Items">The types of the attributes of items by name.</param>
/// <param name="Users">The types of the attributes of users by name.</param>
public sealed record ExpressionSchema(
    IReadOnlyDictionary<string, AttributeType> Items,
    IReadOnlyDictionary<string, AttributeType> Users
)
{
    /// <summary>No attributes beside the well-known ones.</summary>
    public static readonly ExpressionSchema None = new(
        new Dictionary<string, AttributeType>(StringComparer.Ordinal),
        new Dictionary<string, AttributeType>(StringComparer.Ordinal)
    );
}

/// <summary>What a condition is evaluated on.</summary>
/// <param name="Item">The item; null if the catalogue does not know it.</param>
/// <param name="User">The attributes of the user.</param>
/// <param name="Context">What the request says of itself.</param>
/// <param name="Now">The time of the request.</param>
public readonly record struct ConditionScope(
    CatalogItem? Item,
    IReadOnlyDictionary<string, AttributeValue> User,
    IReadOnlyDictionary<string, AttributeValue> Context,
    DateTimeOffset Now
);

/// <summary>A text is no condition; the message names the column and what was expected.</summary>
public sealed class InvalidExpressionException(int column, string message) : Exception(message)
{
    /// <summary>Where, from 1.</summary>
    public int Column => column;
}
