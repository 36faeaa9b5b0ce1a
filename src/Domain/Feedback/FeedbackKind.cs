namespace Recommendation.Domain.Feedback;

/// <summary>What is counted. The numbers are stored: they never change.</summary>
public enum FeedbackKind
{
    /// <summary>A list of which an item was on screen.</summary>
    List = 1,

    /// <summary>An item that was on screen.</summary>
    Impression = 2,

    /// <summary>An impression of an item that the user was shown before; it counts as an impression, too.</summary>
    Repeat = 3,

    /// <summary>An event of a type that counts as a click.</summary>
    Click = 4,

    /// <summary>An event of a type that counts as a conversion.</summary>
    Conversion = 5,
}

/// <summary>What a type of event means in metrics.</summary>
public enum FeedbackRole
{
    None,

    /// <summary>The user followed a recommendation.</summary>
    Click,

    /// <summary>What the recommendations are for, such as a purchase.</summary>
    Conversion,
}
