using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Aws.S3;

/// <summary><c>models/current.json</c>: which model is current.</summary>
/// <param name="Move">Tells this move from every other, so that no two states are alike and no tag comes back.</param>
internal sealed record StoredPointerDocument(
    int FormatVersion,
    string Version,
    string? Previous,
    Guid Move,
    IReadOnlyList<string>? Earlier = null
) : IStoredDocument
{
    internal ModelPointer ToPointer(string tag) =>
        new(ModelVersion.Parse(Version), Previous is null ? null : ModelVersion.Parse(Previous), tag)
        {
            Earlier = [.. (Earlier ?? []).Select(ModelVersion.Parse)],
        };
}
