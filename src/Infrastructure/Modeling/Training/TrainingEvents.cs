namespace Recommendation.Modeling.Training;

/// <summary>All interactions of a training, grouped by user (users and items in ordinal order of their ids), newest first within one.</summary>
/// <param name="ItemIds">The item ids in ordinal order; an item's number is its place here.</param>
/// <param name="UserIds">The user ids in ordinal order.</param>
/// <param name="UserOffsets">Where each user's events begin; one more than there are users.</param>
/// <param name="Events">The events.</param>
internal sealed record TrainingEvents(string[] ItemIds, string[] UserIds, int[] UserOffsets, TrainingEvent[] Events)
{
    public int Users => UserOffsets.Length - 1;

    public int Items => ItemIds.Length;

    public long OldestMilliseconds { get; } = Events.Length == 0 ? 0 : Events.Min(one => one.Milliseconds);

    public long NewestMilliseconds { get; } = Events.Length == 0 ? 0 : Events.Max(one => one.Milliseconds);

    public ReadOnlySpan<TrainingEvent> Of(int user) => Events.AsSpan(UserOffsets[user]..UserOffsets[user + 1]);
}
