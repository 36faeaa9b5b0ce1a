using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Feedback;

/// <summary>What lists led to with an item.</summary>
public sealed class ItemFigures
{
    private readonly SortedDictionary<string, long> _revenue = new(StringComparer.Ordinal);

    /// <summary>How often lists had it on screen.</summary>
    public long Impressions { get; private set; }

    /// <summary>Clicks that are attributed to a list.</summary>
    public long Clicks { get; private set; }

    /// <summary>Conversions that are attributed to a list.</summary>
    public long Conversions { get; private set; }

    /// <summary>Conversions that no list led to.</summary>
    public long OtherConversions { get; private set; }

    /// <summary>Of the conversions that are attributed to a list, by currency.</summary>
    public IReadOnlyList<Money> Revenue =>
    [
        .. _revenue.Where(one => one.Value != 0).Select(one =>
            new Money(CurrencyCode.Of(one.Key), (decimal)one.Value / FeedbackEvent.UnitsPerOne)),
    ];

    internal void Add(in FeedbackKey key, FeedbackSum sum)
    {
        var hasList = key.Configuration != ListConfiguration.UnknownNumber;
        switch (key.Kind)
        {
            case FeedbackKind.Impression when hasList:
                Impressions += sum.Count;
                break;
            case FeedbackKind.Click when hasList:
                Clicks += sum.Count;
                break;
            case FeedbackKind.Conversion when hasList:
                Conversions += sum.Count;
                if (key.Currency is { } currency)
                    _revenue[currency.Value] = _revenue.GetValueOrDefault(currency.Value) + sum.Amount;
                break;
            case FeedbackKind.Conversion:
                OtherConversions += sum.Count;
                break;
        }
    }
}

/// <summary>What lists led to with an item.</summary>
/// <param name="Impressions">How often lists had it on screen.</param>
/// <param name="Clicks">Clicks that are attributed to a list.</param>
/// <param name="Conversions">Conversions that are attributed to a list.</param>
/// <param name="OtherConversions">Conversions that no list led to.</param>
/// <param name="Revenue">Exact amounts of the attributed conversions by currency; <c>none</c> where events named
/// none.</param>
public sealed record ItemFiguresDocument(
    long Impressions, long Clicks, long Conversions, long OtherConversions, IReadOnlyList<MoneyDocument> Revenue)
{
    internal static ItemFiguresDocument Of(ItemFigures figures) => new(
        figures.Impressions, figures.Clicks, figures.Conversions, figures.OtherConversions,
        [.. figures.Revenue.Select(one => new MoneyDocument(one.Currency.Value, one.Amount))]);
}
