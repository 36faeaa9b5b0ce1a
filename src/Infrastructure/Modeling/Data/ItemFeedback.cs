namespace Recommendation.Modeling.Data;

/// <summary>
/// What one user adds to the popularity of an item: the strongest positive type plus the strongest negative type, at
/// the time of the newest interaction. Repetitions do not count. So the number of users decides, and one user alone
/// cannot make an item popular.
/// </summary>
internal record struct ItemFeedback
{
    /// <summary>The most that one user can add or take away: the weight of a purchase.</summary>
    public const float Cap = 5;

    private float _positive;
    private float _negative;

    public ItemFeedback() => NewestMilliseconds = long.MinValue;

    /// <summary>When the newest interaction that counts happened, since 1970.</summary>
    public long NewestMilliseconds { get; private set; }

    /// <summary>From minus <see cref="Cap"/> to <see cref="Cap"/>.</summary>
    public readonly float Weight => Math.Clamp(_positive + _negative, -Cap, Cap);

    /// <param name="weight">What the interaction weighs; of 0 it does not count.</param>
    /// <param name="milliseconds">When it happened, since 1970.</param>
    public void Add(float weight, long milliseconds)
    {
        if (weight == 0)
            return;
        _positive = Math.Max(_positive, weight);
        _negative = Math.Min(_negative, weight);
        NewestMilliseconds = Math.Max(NewestMilliseconds, milliseconds);
    }
}
