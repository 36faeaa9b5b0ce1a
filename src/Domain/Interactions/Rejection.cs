namespace Recommendation.Domain.Interactions;

/// <summary>Why a record was not accepted: a code for counting, a sentence for the operator.</summary>
public sealed record Rejection(RejectionCode Code, string Message);

/// <summary>The kinds of rejection; the text is stored and shown, so it never changes.</summary>
public readonly record struct RejectionCode(string Value)
{
    public static readonly RejectionCode Malformed = new("malformed");
    public static readonly RejectionCode InvalidUser = new("invalid-user");
    public static readonly RejectionCode InvalidItem = new("invalid-item");
    public static readonly RejectionCode InvalidType = new("invalid-type");
    public static readonly RejectionCode InvalidTime = new("invalid-time");
    public static readonly RejectionCode InvalidValue = new("invalid-value");
    public static readonly RejectionCode InvalidEventId = new("invalid-event-id");
    public static readonly RejectionCode TooLarge = new("too-large");
    public static readonly RejectionCode WrongKey = new("wrong-key");
    public static readonly RejectionCode RefusedByStore = new("refused-by-store");

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<RejectionCode> All { get; } =
    [
        Malformed,
        InvalidUser,
        InvalidItem,
        InvalidType,
        InvalidTime,
        InvalidValue,
        InvalidEventId,
        TooLarge,
        WrongKey,
        RefusedByStore,
    ];

    public override string ToString() => Value;
}
