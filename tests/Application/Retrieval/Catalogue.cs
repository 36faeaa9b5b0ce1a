using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Retrieval;

/// <summary>
/// A generated catalogue: what the model ranks for Ann, what is popular, her stored list, and what she acted on.
/// </summary>
/// <param name="Size">How many items there are; all are popular in some degree.</param>
/// <param name="Personal">How many of them the model ranks for her.</param>
/// <param name="Stored">How many of those are in the stored list; 0 for no list.</param>
/// <param name="Seen">How many she acted on.</param>
/// <param name="Unavailable">How many must not be recommended.</param>
/// <param name="Seed">What puts them in order.</param>
internal sealed record Catalogue(int Size, int Personal, int Stored, int Seen, int Unavailable, int Seed)
{
    internal const string Even = "even";
    internal const string Rare = "rare";

    internal static Gen<Catalogue> Any(int size) =>
        from items in Gen.Choose(1, size)
        from personal in Gen.Choose(0, items)
        from stored in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, Math.Min(personal, 100)))
        from seen in Gen.Choose(0, Math.Min(items, 40))
        from unavailable in Gen.Choose(0, items / 4)
        from seed in Gen.Choose(0, 1_000_000)
        select new Catalogue(items, personal, stored, seen, unavailable, seed);

    internal static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"i{number:00000}");

    internal string[] Popular => field ??= Shuffled(Seed);

    internal string[] Ranked => field ??= [.. Shuffled(Seed + 1).Take(Personal)];

    internal string[] SeenItems => field ??= [.. Shuffled(Seed + 2).Take(Seen)];

    internal string[] UnavailableItems => field ??= [.. Shuffled(Seed + 3).Take(Unavailable)];

    /// <summary>What may be recommended to Ann, in ordinal order.</summary>
    internal string[] Eligible => field ??=
    [
        .. Popular.Except(SeenItems, StringComparer.Ordinal).Except(UnavailableItems, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private HashSet<string> RareItems =>
        field ??= Popular.Skip(Size - (Size / 10) - 1).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every second item is even; the least popular tenth is rare.</summary>
    internal IEnumerable<string> CategoriesOf(string item)
    {
        if (RareItems.Contains(item))
            yield return Rare;
        if (int.Parse(item[1..], CultureInfo.InvariantCulture) % 2 == 0)
            yield return Even;
    }

    internal async Task PutIntoAsync(World world)
    {
        await world.PointAtAsync(Some.Model);
        (world.Ranker.Items, world.Ranker.Popular) = (Ranked, Popular);
        var unavailable = UnavailableItems.ToHashSet(StringComparer.Ordinal);
        var popular = Popular;
        await world.Catalog.PutAsync(
            [
                .. popular.Select(item => new CatalogItem(
                    Some.Item(item),
                    null,
                    [.. CategoriesOf(item)],
                    !unavailable.Contains(item)
                )),
            ],
            CancellationToken.None
        );
        if (Seen == 0)
            return;
        await world.SendAsync(
            new UpdateProfiles([.. SeenItems.Select((item, i) => Some.Interaction(i + 1, item: item))], [])
        );
        if (Stored > 0)
            await StoreAsync(world, [.. Ranked.Except(SeenItems, StringComparer.Ordinal).Take(Stored)]);
    }

    /// <summary>Replaces the list of Ann with one of the profile as it is.</summary>
    internal static async Task StoreAsync(World world, string[] items)
    {
        var profile = (await world.ProfileAsync(Some.Ann))!;
        await world.Lists.SaveAsync(
            [
                new RecommendationList
                {
                    UserId = Some.Ann,
                    Items = Some.Items(items),
                    Source = ListSource.Batch,
                    UpdatedAt = Some.Noon,
                    ModelVersion = Some.Model,
                    ProfileVersion = profile.Version,
                },
            ],
            CancellationToken.None);
    }

    internal string[] Shuffled(int seed)
    {
        string[] items = [.. Enumerable.Range(0, Size).Select(Id)];
        new Random(seed).Shuffle(items);
        return items;
    }
}
