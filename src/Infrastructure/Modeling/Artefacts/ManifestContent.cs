using System.Globalization;
using System.Text.Json.Serialization;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Artefacts;

/// <summary>What <c>content.bin</c> must be, and how much each kind of attribute says.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="Kinds">The kinds in the order of their numbers.</param>
internal sealed record ManifestContent(long Bytes, string Sha256, IReadOnlyList<ManifestKind> Kinds)
{
    public static ManifestContent From(ContentIndex index, long bytes, string sha256) => new(
        bytes,
        sha256,
        [.. index.Kinds.Zip(index.Weights, (kind, weight) => new ManifestKind(
            kind.Name, weight, kind.Bounds.Length > 0 ? kind.Bounds : null))]);

    /// <exception cref="InvalidDataException">A number is out of range.</exception>
    public ContentKind[] ToKinds()
    {
        if (Kinds.Count > ContentIndex.MaximumKinds || Kinds.Any(kind => !(kind.Weight is >= 0 and <= 1)))
            throw new InvalidDataException("The manifest's kinds of content are too many, or a weight is not 0 … 1.");
        return [.. Kinds.Select(kind => kind.ToKind())];
    }

    /// <summary>All that is recorded on one line, for the name of the model.</summary>
    internal string ToLine() => $"{Sha256}|{string.Join('|', Kinds.Select(kind => kind.ToLine()))}";
}

/// <summary>A kind of attribute.</summary>
/// <param name="Name">Such as <c>title</c> or <c>attribute:colour</c>.</param>
/// <param name="Weight">How much it says; all add up to 1.</param>
/// <param name="Bounds">Where the bins of its numbers begin, without the first; absent where it has no numbers.</param>
internal sealed record ManifestKind(
    string Name,
    double Weight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Bounds = null)
{
    private const int MaximumBounds = 100;

    internal ContentKind ToKind()
    {
        double[] bounds = [.. Bounds ?? []];
        for (var at = 0; at < bounds.Length; at++)
        {
            var isInOrder = double.IsFinite(bounds[at]) && (at == 0 || bounds[at - 1] < bounds[at]);
            if (bounds.Length > MaximumBounds || !isInOrder)
                throw new InvalidDataException($"The bins of '{Name}' in the manifest are out of order or too many.");
        }
        return new(Name, bounds);
    }

    internal string ToLine() =>
        string.Join(' ', [Name, Text(Weight), .. (Bounds ?? []).Select(Text)]);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
