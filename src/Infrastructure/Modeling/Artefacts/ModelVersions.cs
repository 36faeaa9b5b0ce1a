using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain;
using Recommendation.Domain.Models;

namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// Names models: the time of the newest interaction and the beginning of a SHA-256 over trainer, parameters, event
/// types, <c>model.bin</c> and <c>content.bin</c>, such as <c>20101220T172500Z-3fa2c1d4</c>. The same training always
/// gets the same name.
/// </summary>
internal static class ModelVersions
{
    public static ModelVersion Of(ModelManifest manifest)
    {
        var newest =
            Timestamps.Parse(manifest.Data.To)
            ?? throw new InvalidDataException("The manifest's data window is not a time.");
        var text = new StringBuilder(manifest.Trainer).Append('\n').Append(manifest.Binary.Sha256);
        foreach (var (name, value) in manifest.Parameters)
            text.Append('\n').Append(name).Append('=').Append(value.ToString("R", CultureInfo.InvariantCulture));
        foreach (var (name, type) in manifest.EventTypes ?? [])
            text.Append('\n').Append(name).Append('=').Append(type.ToLine());
        if (manifest.Content is { } content)
            text.Append("\ncontent=").Append(content.ToLine());
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        var time = newest.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return ModelVersion.Parse($"{time}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }
}
