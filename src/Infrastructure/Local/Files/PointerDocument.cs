using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Local.Files;

/// <summary><c>models/current.json</c>.</summary>
/// <param name="Revision">One more with each move; the pointer's tag.</param>
internal sealed record PointerDocument(int FormatVersion, long Revision, string Version, string? Previous = null) : IStoredDocument
{
    internal static PointerDocument Next(PointerDocument? current, ModelVersion version)
    {
        var previous = string.Equals(current?.Version, version.Value, StringComparison.Ordinal) ? current?.Previous : current?.Version;
        return new(StoredJson.NewestFormat, (current?.Revision ?? 0) + 1, version.Value, previous);
    }

    internal ModelPointer ToPointer() => new(
        ModelVersion.Parse(Version),
        Previous is null ? null : ModelVersion.Parse(Previous),
        Revision.ToString(CultureInfo.InvariantCulture));
}
