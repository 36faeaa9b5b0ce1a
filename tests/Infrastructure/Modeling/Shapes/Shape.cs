using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Tests.Shapes;

/// <summary>Data whose structure is known, since it was put there. Seeded.</summary>
internal static class Shape
{
    /// <summary>
    /// A small catalogue of which everybody has a third: items of several kinds at once, so that what one says another
    /// says too.
    /// </summary>
    public static List<Interaction> SmallAndDense(int users = 250, int items = 90)
    {
        var random = new Random(11);
        var kinds = Enumerable
            .Range(0, items)
            .Select(_ => Enumerable.Range(0, 8).Select(_ => random.NextDouble() < 0.3 ? 1d : 0).ToArray())
            .ToArray();
        return
        [
            .. Enumerable
                .Range(0, users)
                .SelectMany(user =>
                {
                    var taste = Enumerable.Range(0, 8).Select(_ => random.NextDouble() - 0.3).ToArray();
                    return Enumerable
                        .Range(0, items)
                        .OrderByDescending(item =>
                            kinds[item].Zip(taste, (kind, liking) => kind * liking).Sum() + (0.5 * random.NextDouble())
                        )
                        .Take(items / 3)
                        .Select(item => Timeless(user, item));
                }),
        ];
    }

    /// <summary>
    /// A large catalogue of which everybody has a few neighbouring items on a circle: two items that go together often
    /// have no user in common, but are a few steps apart.
    /// </summary>
    public static List<Interaction> VerySparse(int users = 700, int items = 900)
    {
        var random = new Random(12);
        return
        [
            .. Enumerable
                .Range(0, users)
                .SelectMany(user =>
                {
                    var centre = random.Next(items);
                    return Enumerable
                        .Range(0, 5)
                        .Select(_ => (centre + random.Next(-12, 13) + items) % items)
                        .Distinct()
                        .Select(item => Timeless(user, item));
                }),
        ];
    }

    /// <summary>What is popular has nothing to do with who takes it.</summary>
    public static List<Interaction> Popular(int users = 500, int items = 200)
    {
        var random = new Random(13);
        return
        [
            .. Enumerable
                .Range(0, users)
                .SelectMany(user =>
                    Enumerable
                        .Range(0, 12)
                        .Select(_ => (int)(items * Math.Pow(random.NextDouble(), 4)))
                        .Distinct()
                        .Select(item => Timeless(user, item))
                ),
        ];
    }

    /// <summary>
    /// Sessions that follow one of many chains, forward: what comes next depends on the last item, and
    /// hardly on those before.
    /// </summary>
    public static List<Interaction> Chains(int users = 300, int items = 150)
    {
        var random = new Random(14);
        return [.. Enumerable.Range(0, users).SelectMany(user =>
        {
            var item = random.Next(items);
            return Enumerable.Range(0, 15).Select(step =>
            {
                item = random.NextDouble() < 0.15 ? random.Next(items) : (item + 1 + random.Next(2)) % items;
                return Some.Interaction($"u{user}", $"i{item}", "view", Some.Noon.AddMinutes(step - 100));
            });
        })];
    }

    /// <summary>Everybody keeps to a few items of a taste, and comes back to them.</summary>
    public static List<Interaction> Habits(int users = 200)
    {
        var random = new Random(15);
        return
        [
            .. Enumerable
                .Range(0, users)
                .SelectMany(user =>
                {
                    var own = Enumerable.Range(0, 5).Select(_ => random.Next(100)).ToArray();
                    return Enumerable
                        .Range(0, 20)
                        .Select(step =>
                            Some.Interaction(
                                $"u{user}",
                                $"i{(random.NextDouble() < 0.8 ? own[random.Next(own.Length)] : random.Next(100))}",
                                "view",
                                Some.Noon.AddHours(step - 100)
                            )
                        );
                }),
        ];
    }

    /// <summary>Times at random: order says nothing. Nobody takes an item twice.</summary>
    public static List<Interaction> Unordered(int users = 250)
    {
        var random = new Random(16);
        return
        [
            .. Enumerable
                .Range(0, users)
                .SelectMany(user =>
                    Enumerable
                        .Range(0, 40)
                        .OrderBy(_ => random.Next())
                        .Take(12)
                        .Select(item =>
                            Some.Interaction(
                                $"u{user}",
                                $"{(user % 3)}-{item}",
                                "view",
                                Some.Noon.AddMinutes(-random.Next(10_000))
                            )
                        )
                ),
        ];
    }

    private static Interaction Timeless(int user, int item) => Some.Interaction($"u{user}", $"i{item}");
}
