using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Emulators;
using Recommendation.Local;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>The function over stores in memory, which fail on request and outlive it.</summary>
internal sealed class StreamWorld : IAsyncDisposable
{
    private readonly ServiceProvider _stores = new ServiceCollection().AddInMemory().BuildServiceProvider();
    private readonly Func<string, string?> _setting;

    private StreamWorld(Func<string, string?>? setting)
    {
        _setting = name => setting?.Invoke(name) ?? (name is "LOG_LEVEL" ? "None" : null);
        Profiles = new ProfileProbe(_stores.GetRequiredService<IProfileStore>());
        Quarantine = new QuarantineProbe(_stores.GetRequiredService<IQuarantine>());
        Function = new Function(Register);
    }

    internal Function Function { get; }

    internal ProfileProbe Profiles { get; }

    internal QuarantineProbe Quarantine { get; }

    internal ManualTime Time { get; } = new(Shard.Noon.AddMinutes(11));

    internal static async Task<StreamWorld> OpenAsync(Func<string, string?>? setting = null)
    {
        var world = new StreamWorld(setting);
        await world.Function.InitializeAsync();
        return world;
    }

    internal EventSourceMapping Mapping(MappingOptions? options = null, Func<int, Task>? retrying = null) =>
        new(options ?? new MappingOptions(), Function.InvokeAsync, Time.GetUtcNow)
        {
            Retrying = retrying ?? (_ => Task.CompletedTask),
        };

    /// <summary>Another use case over the same stores: what an operator does meanwhile.</summary>
    internal async Task<T> SendAsync<T>(IRequest<T> request, IInteractionLog? log = null)
    {
        var services = new ServiceCollection();
        Register(services);
        if (log is not null)
            services.AddSingleton(log);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    internal async Task<SortedDictionary<UserId, UserProfile>> ProfilesAsync() =>
        new(
            await Profiles
                .AllAsync(CancellationToken.None)
                .Where(profile => !profile.IsEmpty)
                .ToDictionaryAsync(profile => profile.UserId)
        );

    internal Task<List<QuarantinedRecord>> QuarantinedAsync() =>
        Quarantine.ListAsync(includeSettled: true, CancellationToken.None).ToListAsync().AsTask();

    /// <summary>
    /// That profiles and histories are those of a single pass over the shards in which nothing went wrong.
    /// </summary>
    internal async Task AssertCleanAsync(params Shard[] shards) =>
        await CleanPass.SameAsync(
            CleanPass.Over(shards.SelectMany(shard => shard.Interactions)),
            await ProfilesAsync(),
            _stores.GetRequiredService<IHistoryStore>()
        );

    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await _stores.DisposeAsync();
    }

    internal void Register(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Time).AddFunctionParts(_setting)
            .AddInMemory()
            .AddSingleton<IProfileStore>(Profiles).AddSingleton<IQuarantine>(Quarantine)
            .AddSingleton(_stores.GetRequiredService<IInteractionLog>())
            .AddSingleton(_stores.GetRequiredService<IHistoryStore>())
            .AddSingleton(_stores.GetRequiredService<IRecommendationStore>())
            .AddOptions<RecommendationOptions>().Configure(CleanPass.Configure);
    }
}
