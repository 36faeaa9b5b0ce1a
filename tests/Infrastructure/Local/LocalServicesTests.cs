using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Contracts;

namespace Recommendation.Local.Tests;

public sealed class LocalServicesTests
{
    private static readonly Type[] s_ports =
    [
        typeof(IInteractionLog),
        typeof(IProfileStore),
        typeof(IHistoryStore),
        typeof(IRecommendationStore),
        typeof(IItemCatalog),
        typeof(IQuarantine),
        typeof(IModelStore),
        typeof(IBatchRuns),
        typeof(IBatchSegments),
    ];

    [Fact]
    public async Task In_memory_every_port_has_one_adapter()
    {
        await using var provider = new ServiceCollection().AddInMemory().BuildServiceProvider(validateScopes: true);
        Assert.All(
            s_ports,
            port => Assert.Same(provider.GetRequiredService(port), provider.GetServices(port).Single())
        );
        Assert.Same(TimeProvider.System, provider.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task On_one_machine_every_port_has_one_adapter_and_disposing_closes_the_database()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "new", "data");
        await using (var provider = new ServiceCollection().AddSqlite(data).BuildServiceProvider(validateScopes: true))
        {
            Assert.All(
                s_ports,
                port => Assert.Same(provider.GetRequiredService(port), provider.GetServices(port).Single())
            );
            Assert.False(Directory.Exists(data));
            await provider
                .GetRequiredService<IInteractionLog>()
                .AppendAsync([Some.Interaction()], CancellationToken.None);
            Assert.Equal(3, Directory.GetFiles(data, "recommendation.db*").Length);
        }
        Assert.Single(Directory.GetFiles(data, "recommendation.db*"));
    }

    [Fact]
    public void Options_that_can_not_be_used_are_refused_with_a_sentence()
    {
        var services = new ServiceCollection();
        Assert.Contains(
            "no name",
            Assert.Throws<RefusedException>(() => services.AddSqlite(" ")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "BusyTimeout",
            Assert
                .Throws<RefusedException>(() =>
                    services.AddSqlite(options => options.BusyTimeout = TimeSpan.FromHours(1))
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CacheMegabytes",
            Assert.Throws<RefusedException>(() => services.AddSqlite(options => options.CacheMegabytes = 0)).Message,
            StringComparison.Ordinal
        );
    }
}
