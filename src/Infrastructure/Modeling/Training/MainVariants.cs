using System.Runtime.CompilerServices;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Training;

/// <summary>Counts the interactions with variants for the main one of their product.</summary>
/// <param name="variants">The variants.</param>
internal sealed class MainVariants(ItemGroups variants)
{
    private readonly Dictionary<string, string> _mains = new(StringComparer.Ordinal);

    /// <summary>By the id of a variant that was read as another one, the id of that one.</summary>
    public IReadOnlyDictionary<string, string> Mains => _mains;

    public async IAsyncEnumerable<Interaction> Of(
        IAsyncEnumerable<Interaction> interactions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var one in interactions.WithCancellation(cancellationToken))
        {
            var main = variants.MainOf(one.ItemId);
            if (main != one.ItemId)
                _mains[one.ItemId.Value] = main.Value;
            yield return main == one.ItemId ? one : one with { ItemId = main };
        }
    }
}
