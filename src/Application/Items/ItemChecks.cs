using FluentValidation;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// Checks changes of items by the rules of the catalogue and by what its attributes are. New attributes are kept.
/// </summary>
internal sealed class ItemChecks(IAttributeShapes shapes, IItemCatalog catalog, RecommendationOptions options)
{
    private const int MostNamed = 10;

    /// <summary>Checks items that are to replace what is known. All are valid, or none is taken.</summary>
    /// <exception cref="ValidationException">Some are not valid; the message names the first of them.</exception>
    internal async Task<IReadOnlyList<ItemChange>> RequireAsync(
        IReadOnlyList<ItemChange> changes, bool replaces, CancellationToken cancellationToken)
    {
        var (valid, problems) = await CheckAsync(changes, replaces, isWhole: true, cancellationToken);
        return problems.Count == 0 ? valid : throw Refusal(problems, changes.Count);
    }

    /// <summary>Checks items as <see cref="RequireAsync"/> does, and keeps nothing of new attributes.</summary>
    /// <exception cref="ValidationException">Some are not valid; the message names the first of them.</exception>
    internal async Task<IReadOnlyList<ItemChange>> PreviewAsync(
        IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken)
    {
        var cycles = await new GroupCycles(catalog).FindAsync(changes, replaces: true, cancellationToken);
        var schema = new AttributeSchema(await ShapesAsync(cancellationToken));
        schema.Infer(changes);
        var (valid, problems) = Conform(changes, schema, replaces: true, cycles);
        return problems.Count == 0 ? valid : throw Refusal(problems, changes.Count);
    }

    /// <summary>Checks changes; those that are valid go on.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="replaces">Whether a change replaces all that is known of its item.</param>
    /// <param name="isWhole">Whether nothing goes on if one is not valid.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<(IReadOnlyList<ItemChange> Valid, IReadOnlyList<ItemProblem> Problems)> CheckAsync(
        IReadOnlyList<ItemChange> changes, bool replaces, bool isWhole, CancellationToken cancellationToken)
    {
        if (!changes.Any(change => change.Values.Count > 0))
            return Conform(changes, new AttributeSchema(options.Attributes), replaces);
        var kept = await shapes.ReadAsync(cancellationToken);
        var cycles = await new GroupCycles(catalog).FindAsync(changes, replaces, cancellationToken);
        while (true)
        {
            var schema = new AttributeSchema(Merge(options.Attributes, kept));
            schema.Infer(changes);
            var (valid, problems) = Conform(changes, schema, replaces, cycles);
            var added = AddedBy(valid, schema);
            if (added.Count == 0 || (isWhole && problems.Count > 0))
                return (valid, problems);
            kept = await shapes.KeepAsync(added, cancellationToken);
            // Somebody else may have been first to use an attribute, as another type.
            if (added.All(one => kept.GetValueOrDefault(one.Key) == one.Value))
                return (valid, problems);
        }
    }

    /// <summary>What the attributes are: as the settings say, else as their first use said.</summary>
    internal async Task<IReadOnlyDictionary<string, AttributeShape>> ShapesAsync(CancellationToken cancellationToken) =>
        Merge(options.Attributes, await shapes.ReadAsync(cancellationToken));

    internal static ValidationException Refusal(IReadOnlyList<ItemProblem> problems, int count)
    {
        var named = problems.Take(MostNamed).Select(problem => count == 1
            ? $"Item '{problem.Item}': {problem.Message}"
            : $"Item {problem.Index} ('{problem.Item}'): {problem.Message}");
        var more = problems.Count > MostNamed ? $" {problems.Count - MostNamed} more are not valid." : "";
        return new ValidationException(string.Join(' ', named) + more);
    }

    private static (IReadOnlyList<ItemChange> Valid, IReadOnlyList<ItemProblem> Problems) Conform(
        IReadOnlyList<ItemChange> changes, AttributeSchema schema, bool replaces,
        IReadOnlyDictionary<int, string>? cycles = null)
    {
        var valid = new List<ItemChange>(changes.Count);
        var problems = new List<ItemProblem>();
        for (var i = 0; i < changes.Count; i++)
        {
            var conformed = changes[i];
            var problem = cycles?.GetValueOrDefault(i) ?? schema.Conform(changes[i], out conformed);
            if (problem is null && replaces)
                problem = ItemRules.ProblemOf(conformed.ApplyTo(known: null));
            if (problem is null)
                valid.Add(conformed);
            else
                problems.Add(new(i, changes[i].ItemId, problem));
        }
        return (valid, problems);
    }

    private static Dictionary<string, AttributeShape> AddedBy(IReadOnlyList<ItemChange> valid, AttributeSchema schema)
    {
        var used = valid.SelectMany(change => change.Values).Where(one => one.Value is not null)
            .Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        return schema.Added.Where(one => used.Contains(one.Key)).ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, AttributeShape> Merge(
        IReadOnlyDictionary<string, AttributeShape> declared, IReadOnlyDictionary<string, AttributeShape> kept)
    {
        // The attributes of users are kept beside those of items, under names that those can't have.
        var all = kept.Where(one => ItemRules.IsName(one.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, shape) in declared)
        {
            // Of a vector that is declared without a length, the first use says the length.
            if (shape is not { Type: AttributeType.Vector, Length: null }
                || kept.GetValueOrDefault(name)?.Type != AttributeType.Vector)
            {
                all[name] = shape;
            }
        }
        return all;
    }
}
