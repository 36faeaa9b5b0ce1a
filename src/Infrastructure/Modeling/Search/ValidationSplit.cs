using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Training data cut in two: from some of the users the newest fifth of the items is held out (a seeded random fifth where
/// the data have no times), and what is left is trained on. Only a sample of users loses items, so the rest stays as dense as
/// the data that the model is trained on in the end.
/// </summary>
/// <param name="Remaining">The histories without what is held out.</param>
/// <param name="Users">The sampled users, ascending.</param>
/// <param name="HeldOut">What is held out of each of them, in the same order; at least one item, ascending.</param>
internal sealed record ValidationSplit(Histories Remaining, int[] Users, int[][] HeldOut)
{
    private const int FewestItems = 3;
    private const int FewestUsers = 30;
    private const int Seed = 1;
    private const double Share = 0.2;

    /// <summary>Whether there are enough users to tell parameters apart.</summary>
    public bool IsWorthwhile => Users.Length >= FewestUsers;

    /// <summary>Whether the interactions of any user happened at different times.</summary>
    public bool HasTimes => Users.Any(user =>
        Remaining.Matrix.Offsets[user + 1] is var end && Remaining.Milliseconds[Remaining.Matrix.Offsets[user]] != Remaining.Milliseconds[end - 1]);

    /// <summary>The place of a user of a smaller sample, taken evenly.</summary>
    public int UserAt(int place, int of) => (int)((long)place * Users.Length / of);

    /// <param name="histories">The training data.</param>
    /// <param name="sample">How many users to take at most.</param>
    public static ValidationSplit Of(Histories histories, int sample)
    {
        var random = new Random(Seed);
        var users = Sample(histories.Matrix, sample, random);
        var heldOut = new int[users.Length][];
        var dropped = new bool[histories.Matrix.Entries];
        for (var i = 0; i < users.Length; i++)
        {
            var entries = Choose(histories, users[i], random);
            heldOut[i] = Array.ConvertAll(entries, entry => histories.Matrix.Indices[entry]);
            Array.Sort(heldOut[i]);
            foreach (var entry in entries)
                dropped[entry] = true;
        }
        return new ValidationSplit(Without(histories, dropped), users, heldOut);
    }

    /// <summary>The same split of the most frequent items only, numbered anew in their order.</summary>
    public ValidationSplit OfMostFrequent(int items)
    {
        if (items >= Remaining.Matrix.Columns)
            return this;
        var counts = new int[Remaining.Matrix.Columns];
        foreach (var item in Remaining.Matrix.Indices)
            counts[item]++;
        var kept = Enumerable.Range(0, counts.Length).OrderByDescending(item => counts[item]).ThenBy(item => item).Take(items).Order().ToArray();
        var numbers = Enumerable.Repeat(-1, counts.Length).ToArray();
        for (var number = 0; number < kept.Length; number++)
            numbers[kept[number]] = number;

        var remaining = Without(Remaining, Array.ConvertAll(Remaining.Matrix.Indices, item => numbers[item] < 0));
        remaining = remaining with
        {
            Matrix = remaining.Matrix with { Columns = items, Indices = Array.ConvertAll(remaining.Matrix.Indices, item => numbers[item]) },
        };
        var heldOut = Array.ConvertAll(HeldOut, list => Array.FindAll(Array.ConvertAll(list, item => numbers[item]), number => number >= 0));
        var users = Enumerable.Range(0, Users.Length).Where(place => heldOut[place].Length > 0 && remaining.Matrix.IndicesOf(Users[place]).Length > 0);
        var places = users.ToArray();
        return new(remaining, Array.ConvertAll(places, place => Users[place]), Array.ConvertAll(places, place => heldOut[place]));
    }

    private static int[] Sample(SparseMatrix matrix, int sample, Random random)
    {
        var users = Enumerable.Range(0, matrix.Rows).Where(user => matrix.IndicesOf(user).Length >= FewestItems).ToArray();
        random.Shuffle(users);
        users = users[..Math.Min(sample, users.Length)];
        Array.Sort(users);
        return users;
    }

    private static int[] Choose(Histories histories, int user, Random random)
    {
        var start = histories.Matrix.Offsets[user];
        var entries = Enumerable.Range(start, histories.Matrix.Offsets[user + 1] - start).ToArray(); // newest first
        if (histories.Milliseconds[entries[0]] == histories.Milliseconds[entries[^1]])
            random.Shuffle(entries);
        return entries[..Math.Max(1, (int)Math.Round(entries.Length * Share))];
    }

    private static Histories Without(Histories histories, bool[] dropped)
    {
        var matrix = histories.Matrix;
        var kept = Enumerable.Range(0, matrix.Entries).Where(entry => !dropped[entry]).ToArray();
        var offsets = new int[matrix.Offsets.Length];
        for (var user = 0; user < matrix.Rows; user++)
        {
            offsets[user + 1] = offsets[user];
            for (var entry = matrix.Offsets[user]; entry < matrix.Offsets[user + 1]; entry++)
                offsets[user + 1] += dropped[entry] ? 0 : 1;
        }
        var remaining = new SparseMatrix(
            matrix.Columns, offsets, Array.ConvertAll(kept, entry => matrix.Indices[entry]), Array.ConvertAll(kept, entry => matrix.Values[entry]));
        return histories with { Matrix = remaining, Milliseconds = Array.ConvertAll(kept, entry => histories.Milliseconds[entry]) };
    }
}
