using System.Reflection;

namespace Recommendation.Architecture.Tests.Namespaces;

/// <summary>
/// Layers of namespaces within one assembly. A namespace may use the namespaces of lower layers only; two namespaces of
/// one layer may not use each other. So there is no cycle.
/// </summary>
/// <param name="root">The namespace in which the layers are.</param>
/// <param name="layers">The names of the namespaces below the root, the lowest layer first. "" is the root.</param>
internal sealed class NamespaceRules(string root, string[][] layers)
{
    /// <summary>Uses of a namespace that is not in a lower layer.</summary>
    internal IEnumerable<string> WrongUses(Assembly assembly)
    {
        foreach (var type in TypesOf(assembly))
        {
            var wrong = TypeUses
                .Of(type)
                .Where(used => IsBelowRoot(used) && used.Namespace != type.Namespace)
                .Where(used => LayerOf(used) >= LayerOf(type));
            foreach (var used in wrong)
                yield return $"{NameOf(type)} uses {NameOf(used)}.";
        }
    }

    /// <summary>Namespaces that are in no layer, and layers without a namespace.</summary>
    internal IEnumerable<string> Unplaced(Assembly assembly)
    {
        var names = TypesOf(assembly).Select(Below).ToHashSet(StringComparer.Ordinal);
        var placed = layers.SelectMany(layer => layer).ToList();
        return names
            .Except(placed)
            .Select(name => $"'{name}' is in no layer.")
            .Concat(placed.Except(names).Select(name => $"'{name}' is in a layer, but has no types."))
            .Order(StringComparer.Ordinal);
    }

    // Types that the compiler made stay: they hold the code of lambdas and of asynchronous methods.
    private IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetTypes().Where(IsBelowRoot);

    private bool IsBelowRoot(Type type) =>
        type.Namespace == root || type.Namespace?.StartsWith(root + ".", StringComparison.Ordinal) == true;

    private string Below(Type type) => type.Namespace == root ? "" : type.Namespace![(root.Length + 1)..];

    private int LayerOf(Type type) => Array.FindIndex(layers, layer => layer.Contains(Below(type)));

    private string NameOf(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.FullName![(root.Length + 1)..];
    }
}
