using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Local.Files;

/// <summary><c>models/current.json</c>.</summary>
/// <param name="Revision">One more with each move; the pointer's tag.</param>
/// <param name="Earlier">What was current before <paramref name="Previous"/>, newest first; null in files of versions
/// that kept one only.</param>
internal sealed record StoredPointerDocument(
    int FormatVersion,
    long Revision,
    string Version,
    string? Previous = null,
    IReadOnlyList<string>? Earlier = null
) : IStoredDocument
{
    internal static StoredPointerDocument Next(StoredPointerDocument? current, ModelMove move)
    {
        var revision = (current?.Revision ?? 0) + 1;
        var next = (current?.ToPointer() ?? ModelPointer.None).After(move, TagOf(revision));
        return new(
            StoredJson.NewestFormat,
            revision,
            move.Version.Value,
            next.Previous?.Value,
            [.. next.Earlier.Select(earlier => earlier.Value)]
        );
    }

    internal ModelPointer ToPointer() =>
        new(ModelVersion.Parse(Version), Previous is null ? null : ModelVersion.Parse(Previous), TagOf(Revision))
        {
            Earlier = [.. (Earlier ?? []).Select(ModelVersion.Parse)],
        };

    private static string TagOf(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
