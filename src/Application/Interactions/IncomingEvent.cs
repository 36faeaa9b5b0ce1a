using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>An event that somebody wants to append, as it came.</summary>
public readonly record struct IncomingEvent
{
    /// <summary>The fields; ignored where <see cref="Problem"/> is set.</summary>
    public RawInteraction Event { get; init; }

    /// <summary>Why the fields could not even be read; null where they could.</summary>
    public Rejection? Problem { get; init; }

    /// <summary>Where it comes from (a line of a file, an item of a request): what names it in quarantine.</summary>
    public required Position Source { get; init; }

    /// <summary>The bytes to keep in quarantine: what came; empty where the fields as a JSON event say all.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }
}
