using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Recommendation.Application;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Import;
using Recommendation.Local;

namespace Recommendation.Cli.Tests;

/// <summary>Nobody is offered what they bought, however long ago: checked against the sample's own rows.</summary>
public sealed class BoughtItemsTests
{
    [Fact]
    public async Task None_of_the_ten_items_of_any_of_the_860_customers_was_bought_before()
    {
        using var folder = new DataFolder();
        Assert.Equal(0, (await CommandLineProgram.RecommendAsync("demo", "--data", folder.Data, "--json")).ExitCode);
        var (bought, newest) = Bought();
        Assert.Equal(860, bought.Count);

        var services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(newest));
        services.AddRecommendation().UseSqlite(folder.Data);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var repeated = 0;
        foreach (var (user, items) in bought)
        {
            var list = await mediator.Send(new Recommend(user));
            Assert.NotEmpty(list.Items);
            repeated += list.Items.Count(item => items.Contains(item.ItemId));
        }
        Assert.Equal(0, repeated);
        Assert.Contains(bought.Values, items => items.Count > 114);
    }

    private static (Dictionary<UserId, HashSet<ItemId>> Bought, DateTimeOffset Newest) Bought()
    {
        var (bought, newest) = (new Dictionary<UserId, HashSet<ItemId>>(), DateTimeOffset.MinValue);
        using var file = InteractionFile.Open(Path.Combine(Repository.Root, "samples", "online-retail-2010-12.csv.gz"));
        foreach (var row in file.Rows(CancellationToken.None).Where(row => row.Kind == ImportRowKind.Event))
        {
            var user = UserId.Parse(row.Event.UserId);
            if (!bought.TryGetValue(user, out var items))
                bought.Add(user, items = []);
            items.Add(ItemId.Parse(row.Event.ItemId));
            if (Timestamps.Parse(row.Event.Timestamp) is { } time && time > newest)
                newest = time;
        }
        return (bought, newest);
    }
}
