using System.Globalization;
using System.Net;
using Recommendation.Domain.Interactions;

namespace Recommendation.ModelServer.Serving;

/// <summary>How to serve.</summary>
/// <param name="Paths">Where the model is.</param>
/// <param name="Address">Where to listen.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="MaximumBytes">How large a request may be.</param>
/// <param name="EventTypes">Say what hides an item; null for what the model was trained with.</param>
internal sealed record ServeOptions(
    ContainerPaths Paths,
    IPAddress Address,
    int Port,
    long MaximumBytes,
    EventTypeSettings? EventTypes = null
)
{
    private const int MegaByte = 1 << 20;
    private const int DefaultMegaBytes = 25;
    private const int MostMegaBytes = 100;

    /// <summary>The size that a batch transform announces (<c>MaxPayloadInMB</c>), else what endpoints take.</summary>
    /// <exception cref="FormatException">The setting is no size.</exception>
    internal static long MaximumBytesFrom(string? setting) =>
        string.IsNullOrEmpty(setting) ? DefaultMegaBytes * (long)MegaByte
        : int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var megaBytes)
        && megaBytes is >= 1 and <= MostMegaBytes
            ? megaBytes * (long)MegaByte
            : throw new FormatException($"SAGEMAKER_MAX_PAYLOAD_IN_MB is '{setting}'; give 1–{MostMegaBytes}.");
}
