using System.Text.Json.Serialization;
using Recommendation.AdminApi.Http;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Items;

/// <summary>What is said of an item. A member that is absent changes nothing; null removes what there is.</summary>
internal abstract class ItemMembers
{
    private const int MaximumTitle = 1000;
    private const int MaximumCategories = 20;
    private const int MaximumCategory = 200;

    private bool _hasTitle;
    private bool _hasCategories;
    private bool _hasAvailable;

    // Set and not init: only what a body holds is set, which tells null from absent.

    /// <summary>At most 1,000 characters.</summary>
    public string? Title
    {
        get;
        set => (field, _hasTitle) = (value, true);
    }

    /// <summary>From the widest to the narrowest; at most 20 of at most 200 characters.</summary>
    public IReadOnlyList<string>? Categories
    {
        get;
        set => (field, _hasCategories) = (value, true);
    }

    /// <summary>False for what must not be recommended now; a new item is available.</summary>
    public bool? Available
    {
        get;
        set => (field, _hasAvailable) = (value, true);
    }

    private protected ItemChange ToChange(ItemId item, string name)
    {
        if (Title is { Length: > MaximumTitle })
            throw ApiProblem.Wrong(
                $"The title of {name} has {Title.Length} characters; at most {MaximumTitle} are allowed."
            );
        if (
            Categories is { Count: > MaximumCategories }
            || Categories?.Any(category => category is null or { Length: 0 or > MaximumCategory }) == true
        )
            throw ApiProblem.Wrong(
                $"The categories of {name} are more than {MaximumCategories}, or one is empty or longer than "
                    + $"{MaximumCategory} characters."
            );
        return new ItemChange(
            item,
            _hasTitle ? Title ?? "" : null,
            _hasCategories ? Categories ?? [] : null,
            _hasAvailable ? Available ?? true : null
        );
    }
}

/// <summary>An item to add or to change.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ItemBody : ItemMembers
{
    /// <summary>1–256 UTF-8 bytes without control characters.</summary>
    public required string ItemId { get; set; }

    internal ItemChange ToChange(int index) =>
        ToChange(PathIds.Read(Domain.Interactions.ItemId.Parse, ItemId), $"item {index}");
}

/// <summary>What to change of an item that is known.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ItemPatchBody : ItemMembers
{
    internal ItemChange ToChange(ItemId item) => ToChange(item, $"the item '{item}'");
}
