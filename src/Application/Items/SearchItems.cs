using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>Items of the catalogue that have all words and all values, page by page.</summary>
/// <param name="Text">Words; null for any.</param>
/// <param name="Values">Values of attributes, each as <c>name:value</c>.</param>
/// <param name="Count">How many items to give at most.</param>
/// <param name="Cursor">What the page before gave; null for the first page.</param>
public sealed record SearchItems(
    string? Text = null, IReadOnlyList<string>? Values = null, int Count = SearchItems.DefaultCount,
    string? Cursor = null) : IRequest<ItemPage>
{
    /// <summary>How many items are given if nobody says how many.</summary>
    public const int DefaultCount = 20;

    private const int MostText = 500;
    private const int MostValues = 16;

    internal sealed class Validator : AbstractValidator<SearchItems>
    {
        public Validator()
        {
            RuleFor(request => request.Count).InclusiveBetween(1, FindItems.MaximumItems)
                .WithMessage($"Ask for 1–{FindItems.MaximumItems} items at once.");
            RuleFor(request => request.Text).MaximumLength(MostText)
                .WithMessage($"Look for at most {MostText} characters.");
            RuleFor(request => request.Values).Must(values => values is null or { Count: <= MostValues })
                .WithMessage($"Give at most {MostValues} attributes.");
            RuleForEach(request => request.Values).Must(value => value?.IndexOf(':', StringComparison.Ordinal) > 0)
                .WithMessage("Give each attribute as name:value, such as colour:red.");
        }
    }

    internal sealed class Handler(IEnumerable<IItemSearch> search, ItemChecks checks)
        : IRequestHandler<SearchItems, ItemPage>
    {
        public async Task<ItemPage> Handle(SearchItems request, CancellationToken cancellationToken)
        {
            if (search.LastOrDefault() is not { } index)
                throw RefusedException.Unsupported(NotHere);
            var values = request.Values is { Count: > 0 } given
                ? ValuesOf(given, await checks.ShapesAsync(cancellationToken)) : [];
            var query = ItemQuery.Of(request.Text, values);
            try
            {
                return await index.SearchAsync(query, request.Cursor, request.Count, cancellationToken);
            }
            catch (FormatException)
            {
                throw new ValidationException("The cursor is invalid. Omit it to get the first page.");
            }
        }

        private static List<(string Name, AttributeValue Value)> ValuesOf(
            IReadOnlyList<string> given, IReadOnlyDictionary<string, AttributeShape> shapes) =>
            [.. given.Select(text => ValueOf(text, shapes))];

        private static (string Name, AttributeValue Value) ValueOf(
            string text, IReadOnlyDictionary<string, AttributeShape> shapes)
        {
            var at = text.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (text[..at], text[(at + 1)..]);
            var shape = ItemProperty.Find(name) is { Name: "price" or "currency" or "group" } property
                ? new AttributeShape(property.Type)
                : shapes.GetValueOrDefault(name)
                    ?? throw new ValidationException(
                        $"No item has an attribute '{name}'. The attributes are those that items were stored with; of "
                            + "the other properties, price, currency and group can be looked for.");
            if (shape.Type == AttributeType.Vector)
                throw new ValidationException($"'{name}' is a vector, which can't be looked for.");
            var type = shape.Type == AttributeType.TextList ? AttributeType.Text : shape.Type;
            return (name, AttributeSchema.Parse(value, type)
                ?? throw new ValidationException($"{name} is '{value}'; it must be {shape.Description}."));
        }
    }

    /// <summary>Why nothing can be looked for.</summary>
    public const string NotHere =
        "The catalogue can't be searched on this platform yet. Ask for items by their ids: GET /v1/items?id=…";
}
