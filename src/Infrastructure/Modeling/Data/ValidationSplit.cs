namespace Recommendation.Modeling.Data;

/// <summary>
/// Training data in two parts. With times, the newest fifth of all interactions is held out, as in production: nothing
/// is known of the future of any user. The split has the users with a history before that time and something to find
/// after it. With too few of these users, or without times, it holds out the newest fifth of the items of a sample of
/// users (a seeded random fifth without times). The remaining data then stay as dense as the data of the final
/// training. If repeats are allowed, items that the user had before must be found as well.
/// </summary>
/// <param name="Remaining">The histories without what is held out.</param>
/// <param name="Users">The sampled users, ascending.</param>
/// <param name="HeldOut">What is held out of each of them, in the same order; at least one item, ascending.</param>
/// <param name="AllowRepeats">Whether items of the remaining history can be among those held out.</param>
internal sealed record ValidationSplit(UserItemMatrix Remaining, int[] Users, int[][] HeldOut, bool AllowRepeats)
{
    private const int MinItems = 3;
    private const int MinUsers = 30;
    private const int MinByTime = 100;
    private const int Seed = 1;
    private const double Share = 0.2;

    /// <summary>Whether there are enough users to tell parameters apart.</summary>
    public bool IsWorthwhile => Users.Length >= MinUsers;

    /// <summary>Whether the interactions of any user happened at different times.</summary>
    public bool HasTimes =>
        Users.Any(user =>
            Remaining.Matrix.Offsets[user + 1] is var end
            && Remaining.Milliseconds[Remaining.Matrix.Offsets[user]] != Remaining.Milliseconds[end - 1]
        );

    /// <summary>The place of a user of a smaller sample, taken evenly.</summary>
    public int UserAt(int place, int of) => (int)((long)place * Users.Length / of);

    /// <param name="histories">The training data.</param>
    /// <param name="sample">How many users to take at most.</param>
    /// <param name="allowRepeats">Whether items of the remaining history are to be found too.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static ValidationSplit Of(
        UserItemMatrix histories,
        int sample,
        bool allowRepeats,
        CancellationToken cancellationToken
    )
    {
        var random = new Random(Seed);
        if (ByTime(histories, allowRepeats, cancellationToken) is { Users.Length: >= MinByTime } newest)
            return newest.Sampled(sample, random);
        // Without times, a repeat cannot be told from the first interaction.
        allowRepeats &= histories.Events.NewestMilliseconds > histories.Events.OldestMilliseconds;
        var users = Sample(histories, sample, allowRepeats, random);
        var dropped = new bool[histories.Events.Events.Length];
        var heldOut = Array.ConvertAll(users, user => allowRepeats
            ? NewestEvents(histories.Events, user, dropped)
            : NewestItems(histories, user, dropped, random));
        return Kept(Without(histories, dropped, cancellationToken), users, heldOut, allowRepeats);
    }

    /// <summary>The same split of the most frequent items only, numbered anew in their order.</summary>
    public ValidationSplit OfMostFrequent(int items, CancellationToken cancellationToken)
    {
        if (items >= Remaining.Matrix.Columns)
            return this;
        var counts = new int[Remaining.Matrix.Columns];
        foreach (var item in Remaining.Matrix.Indices)
            counts[item]++;
        var kept = Enumerable
            .Range(0, counts.Length)
            .OrderByDescending(item => counts[item])
            .ThenBy(item => item)
            .Take(items)
            .Order()
            .ToArray();
        var remaining = UserItemMatrix.From(
            Remaining.Events.Of(kept),
            Remaining.Limit,
            Remaining.Cap,
            double.PositiveInfinity,
            cancellationToken
        );
        return Kept(remaining, Users, Array.ConvertAll(HeldOut, list => Numbers(list, kept)), AllowRepeats);
    }

    /// <summary>What of it can be found by who must not show an item again.</summary>
    public ValidationSplit OfNewItems() =>
        AllowRepeats
            ? Kept(
                Remaining,
                Users,
                [
                    .. Users.Select(
                        (user, place) =>
                            HeldOut[place].Except(Remaining.Matrix.IndicesOf(user).ToArray()).Order().ToArray()
                    ),
                ],
                false
            )
            : this;

    /// <summary>
    /// The time of the newest interaction that is not in the newest fifth; null if that is the newest of all.
    /// </summary>
    public static long? Cut(TrainingEvents events)
    {
        var times = Array.ConvertAll(events.Events, one => one.Milliseconds);
        Array.Sort(times);
        return times.Length > 0 && times[(int)((times.Length - 1) * (1 - Share))] is var cut && cut < times[^1]
            ? cut
            : null;
    }

    private static int[] Numbers(int[] items, int[] kept) =>
        [.. items.Select(item => Array.BinarySearch(kept, item)).Where(number => number >= 0)];

    /// <summary>Without the users who have nothing left to go by, or nothing to find.</summary>
    private static ValidationSplit Kept(UserItemMatrix remaining, int[] users, int[][] heldOut, bool allowRepeats)
    {
        var places = Enumerable
            .Range(0, users.Length)
            .Where(place => heldOut[place].Length > 0 && remaining.Matrix.IndicesOf(users[place]).Length > 0)
            .ToArray();
        return new(
            remaining,
            Array.ConvertAll(places, place => users[place]),
            Array.ConvertAll(places, place => heldOut[place]),
            allowRepeats
        );
    }

    /// <summary>Null where there is no time to cut at.</summary>
    private static ValidationSplit? ByTime(
        UserItemMatrix histories,
        bool allowRepeats,
        CancellationToken cancellationToken
    )
    {
        var events = histories.Events;
        if (Cut(events) is not { } cut)
            return null;
        var remaining = Without(
            histories,
            Array.ConvertAll(events.Events, one => one.Milliseconds > cut),
            cancellationToken
        );
        var users = Enumerable
            .Range(0, events.Users)
            .Where(user => remaining.Matrix.IndicesOf(user).Length > 0)
            .ToArray();
        return Kept(remaining, users, Array.ConvertAll(users, user => After(user)), allowRepeats);

        int[] After(int user)
        {
            var known = allowRepeats ? [] : remaining.Events.Of(user).ToArray().Select(one => one.Item).ToHashSet();
            return
            [
                .. events
                    .Of(user)
                    .ToArray()
                    .Where(one => one.Milliseconds > cut && one.Weight > 0 && !known.Contains(one.Item))
                    .Select(one => one.Item)
                    .Distinct()
                    .Order(),
            ];
        }
    }

    private ValidationSplit Sampled(int sample, Random random)
    {
        if (sample >= Users.Length)
            return this;
        var places = Enumerable.Range(0, Users.Length).ToArray();
        random.Shuffle(places);
        places = places[..sample];
        Array.Sort(places);
        return this with
        {
            Users = Array.ConvertAll(places, place => Users[place]),
            HeldOut = Array.ConvertAll(places, place => HeldOut[place]),
        };
    }

    private static int[] Sample(UserItemMatrix histories, int sample, bool allowRepeats, Random random)
    {
        bool IsFit(int user) => histories.Matrix.IndicesOf(user).Length >= MinItems
            && !(allowRepeats && histories.Events.Of(user) is var own && own[0].Milliseconds == own[^1].Milliseconds);
        var users = Enumerable.Range(0, histories.Matrix.Rows).Where(IsFit).ToArray();
        random.Shuffle(users);
        users = users[..Math.Min(sample, users.Length)];
        Array.Sort(users);
        return users;
    }

    private static int[] NewestItems(UserItemMatrix histories, int user, bool[] dropped, Random random)
    {
        var start = histories.Matrix.Offsets[user];
        var entries = Enumerable.Range(start, histories.Matrix.Offsets[user + 1] - start).ToArray(); // newest first
        if (histories.Milliseconds[entries[0]] == histories.Milliseconds[entries[^1]])
            random.Shuffle(entries);
        var items = entries
            .Take(Count(entries.Length))
            .Select(entry => histories.Matrix.Indices[entry])
            .Order()
            .ToArray();
        for (var at = histories.Events.UserOffsets[user]; at < histories.Events.UserOffsets[user + 1]; at++)
            dropped[at] = Array.BinarySearch(items, histories.Events.Events[at].Item) >= 0;
        return items;
    }

    private static int[] NewestEvents(TrainingEvents events, int user, bool[] dropped)
    {
        // Events of one time are held out together: a part of a basket does not show whether the user comes back.
        var own = events.Of(user);
        var since = own[Count(own.Length) - 1].Milliseconds;
        since = since == own[^1].Milliseconds ? own[0].Milliseconds : since;
        var newest = own.ToArray().Where(one => one.Milliseconds >= since).ToArray();
        dropped.AsSpan(events.UserOffsets[user], newest.Length).Fill(true);
        return [.. newest.Where(one => one.Weight > 0).Select(one => one.Item).Distinct().Order()];
    }

    private static int Count(int of) => Math.Max(1, (int)Math.Round(of * Share));

    private static UserItemMatrix Without(
        UserItemMatrix histories,
        bool[] dropped,
        CancellationToken cancellationToken
    ) =>
        UserItemMatrix.From(
            histories.Events.Without(dropped),
            histories.Limit,
            histories.Cap,
            double.PositiveInfinity,
            cancellationToken
        );
}
