namespace Recommendation.Modeling.Data;

/// <summary>
/// All interactions of a training, grouped by user (users and items in ordinal order of their ids),
/// newest first within one.
/// </summary>
/// <param name="ItemIds">The item ids in ordinal order; an item's number is its place here.</param>
/// <param name="UserIds">The user ids in ordinal order.</param>
/// <param name="UserOffsets">Where each user's events begin; one more than there are users.</param>
/// <param name="Events">The events.</param>
internal sealed record TrainingEvents(string[] ItemIds, string[] UserIds, int[] UserOffsets, TrainingEvent[] Events)
{
    private long? _oldest;
    private long? _newest;

    public int Users => UserOffsets.Length - 1;

    public int Items => ItemIds.Length;

    // Found when asked for: training in blocks makes many of these and knows the times already.
    public long OldestMilliseconds =>
        _oldest ??= Events.Length == 0 ? 0 : Events.Min(one => one.Milliseconds);

    public long NewestMilliseconds
    {
        get => _newest ??= Events.Length == 0 ? 0 : Events.Max(one => one.Milliseconds);
        init => _newest = value;
    }

    public ReadOnlySpan<TrainingEvent> Of(int user) => Events.AsSpan(UserOffsets[user]..UserOffsets[user + 1]);

    /// <summary>The same users and items without some of the events.</summary>
    /// <param name="dropped">By event.</param>
    public TrainingEvents Without(bool[] dropped)
    {
        var offsets = new int[UserOffsets.Length];
        for (var user = 0; user < Users; user++)
        {
            offsets[user + 1] = offsets[user];
            for (var at = UserOffsets[user]; at < UserOffsets[user + 1]; at++)
                offsets[user + 1] += dropped[at] ? 0 : 1;
        }
        return new(ItemIds, UserIds, offsets, [.. Events.Where((_, at) => !dropped[at])]);
    }

    /// <summary>The same users with some of the items only, numbered anew in their order.</summary>
    /// <param name="items">Ascending.</param>
    public TrainingEvents Of(int[] items)
    {
        var numbers = Enumerable.Repeat(-1, Items).ToArray();
        for (var number = 0; number < items.Length; number++)
            numbers[items[number]] = number;
        var fewer = Without(Array.ConvertAll(Events, one => numbers[one.Item] < 0));
        return fewer with
        {
            ItemIds = Array.ConvertAll(items, item => ItemIds[item]),
            Events = Array.ConvertAll(fewer.Events, one => one with { Item = numbers[one.Item] }),
        };
    }
}
