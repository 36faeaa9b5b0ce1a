using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests;

public class InProcessModelTests
{
    [Fact]
    public void The_ports_are_singletons()
    {
        using var services = Services().BuildServiceProvider();

        Assert.Same(services.GetRequiredService<IRanker>(), services.GetRequiredService<IRanker>());
        Assert.Same(services.GetRequiredService<IModelTrainer>(), services.GetRequiredService<IModelTrainer>());
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_a_sentence()
    {
        (Action<ModelTrainerOptions>, string)[] training =
        [
            (options => options.NeighboursPerItem = 0, "NeighboursPerItem is 0"),
            (options => options.PopularityExponent = double.NaN, "PopularityExponent is NaN"),
            (options => options.SearchLimitItems = 0, "SearchLimitItems is 0"),
            (options => options.SearchLimitUsers = 0, "SearchLimitUsers is 0"),
            (options => options.DenseLimitItems = -1, "DenseLimitItems is -1"),
            (options => options.ValidationUsers = 1, "ValidationUsers is 1"),
            (options => options.Rank = 1, "Rank is 1"),
            (options => options.HistoryLimit = 1, "HistoryLimit is 1"),
            (options => options.WeightCap = 0, "WeightCap is 0"),
            (options => options.PopularityHalfLife = TimeSpan.Zero, "PopularityHalfLife is 00:00:00"),
            (options => options.Threads = 0, "Threads is 0"),
        ];
        foreach (var (change, sentence) in training)
            Assert.Contains(
                sentence,
                Refused(services => services.AddInProcessModel(change), typeof(IModelTrainer)),
                StringComparison.Ordinal
            );

        (Action<ModelRankerOptions>, string)[] ranking =
        [
            (options => options.PointerAge = TimeSpan.FromHours(2), "PointerAge is 02:00:00"),
            (options => options.PinnedModels = 0, "PinnedModels is 0"),
            (options => options.PopularAge = TimeSpan.FromDays(2), "PopularAge is 2.00:00:00"),
            (options => options.PopularHalfLife = TimeSpan.Zero, "PopularHalfLife is 00:00:00"),
            (options => options.Threads = 0, "Threads is 0"),
        ];
        foreach (var (change, sentence) in ranking)
        {
            var message = Refused(
                services => services.AddInProcessModel(ranking: change),
                typeof(IOptions<ModelRankerOptions>)
            );
            Assert.Contains(sentence, message, StringComparison.Ordinal);
        }
    }

    private static string Refused(Action<IServiceCollection> add, Type service)
    {
        var collection = new ServiceCollection();
        add(collection);
        using var services = collection.BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(() =>
        {
            var found = services.GetRequiredService(service);
            _ = (found as IOptions<ModelRankerOptions>)?.Value;
        }).Message;
    }

    private static IServiceCollection Services() => new ServiceCollection()
        .AddSingleton(Substitute.For<IModelStore>())
        .AddSingleton(Substitute.For<IInteractionLog>())
        .AddInProcessModel();
}
