namespace Recommendation.Domain.Items.Indexing;

/// <summary>What an index keeps of an item: a field and a key for each of its values.</summary>
internal sealed class IndexEntries
{
    /// <summary>How many texts of a list are kept; longer lists may have any text, as far as the index says.</summary>
    internal const int MaximumTexts = 32;

    private readonly List<(string Field, ulong Key)> _entries = [];

    private IndexEntries()
    {
    }

    internal IReadOnlyList<(string Field, ulong Key)> All => _entries;

    internal static IndexEntries Of(CatalogItem item)
    {
        var entries = new IndexEntries();
        entries.AddText("itemId", item.ItemId.Value);
        entries._entries.Add(("available", IndexKeys.Of(item.Available)));
        entries.AddTexts("categories", item.Categories);
        if (item.Categories.Count > 0)
        {
            entries.AddTexts(
                IndexedFields.Path,
                [.. item.Categories.SelectMany(IndexedFields.PathTerms).Distinct(StringComparer.Ordinal)]);
        }
        entries.AddNumber("price", item.Price);
        entries.AddText("currency", item.Currency);
        entries.AddText("group", item.Group);
        entries.AddNumber("createdAt", item.CreatedAt is { } created ? IndexedFields.NumberOf(created) : null);
        entries.AddNumber("expiresAt", item.ExpiresAt is { } expires ? IndexedFields.NumberOf(expires) : null);
        foreach (var (name, value) in item.Attributes)
            entries.Add(name, value);
        return entries;
    }

    /// <summary>Whether a selector selects the item.</summary>
    internal bool Match(ItemSelector selector) => selector switch
    {
        ItemSelector.Both both => Match(both.Left) && Match(both.Right),
        ItemSelector.Either either => Match(either.Left) || Match(either.Right),
        ItemSelector.Unequal unequal => !HasKey(unequal.Field, IndexKeys.Of(unequal.Text)),
        _ => IndexRange.Of(selector) is { } range ? Match(range) : selector != ItemSelector.None,
    };

    private bool Match(IndexRange range) => _entries.Exists(entry =>
        range.Holds(entry.Key) && string.Equals(entry.Field, range.Field, StringComparison.Ordinal));

    private bool HasKey(string field, ulong key) => _entries.Exists(entry =>
        entry.Key == key && string.Equals(entry.Field, field, StringComparison.Ordinal));

    private void Add(string name, AttributeValue value)
    {
        switch (value.Type)
        {
            case AttributeType.Text:
                AddText(name, value.Text);
                break;
            case AttributeType.Number:
                AddNumber(name, value.Number);
                break;
            case AttributeType.Boolean:
                _entries.Add((name, IndexKeys.Of(value.Boolean)));
                break;
            case AttributeType.Time:
                AddNumber(name, IndexedFields.NumberOf(value.Time));
                break;
            case AttributeType.TextList:
                AddTexts(name, value.Texts);
                break;
            default:
                break;
        }
    }

    private void AddText(string field, string? text)
    {
        if (text is not null)
            _entries.Add((field, IndexKeys.Of(text)));
    }

    private void AddNumber(string field, double? number)
    {
        if (number is { } known)
            _entries.Add((field, IndexKeys.Of(known)));
    }

    private void AddTexts(string field, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            _entries.Add((field, IndexKeys.Empty));
        else if (texts.Count > MaximumTexts)
            _entries.Add((field, IndexKeys.Any));
        foreach (var text in texts.Take(MaximumTexts))
            AddText(field, text);
    }
}
