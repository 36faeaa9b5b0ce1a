using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;
using Recommendation.Local;

namespace Recommendation.Application.Tests.Given;

/// <summary>
/// The use cases over the in-memory platform, with a clock that stands still and stores that fail on request.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly ServiceProvider _platform = new ServiceCollection().AddInMemory().BuildServiceProvider();
    private readonly ServiceCollection _services = [];
    private readonly ServiceProvider _provider;
    private readonly AsyncServiceScope _scope;

    internal World(Action<RecommendationOptions>? configure = null, Action<IServiceCollection>? replace = null)
    {
        Profiles = new ProfileProbe(_platform.GetRequiredService<IProfileStore>());
        Histories = new HistoryProbe(_platform.GetRequiredService<IHistoryStore>());
        Lists = new ListProbe(_platform.GetRequiredService<IRecommendationStore>());
        Quarantine = new QuarantineProbe(_platform.GetRequiredService<IQuarantine>());
        Log = new LogProbe(_platform.GetRequiredService<IInteractionLog>());
        Erasures = new ErasureProbe(_platform.GetRequiredService<IErasures>());
        Segments = new SegmentProbe(_platform.GetRequiredService<IBatchSegments>());
        Models = _platform.GetRequiredService<IModelStore>();
        Runs = _platform.GetRequiredService<IBatchRuns>();
        Catalog = _platform.GetRequiredService<IItemCatalog>();
        Ranker = new FakeRanker(Models);

        var services = _services;
        services
            .AddRecommendation(options =>
            {
                CleanPass.Configure(options);
                // As many as the ranker has, so that what it ranks fills a list.
                options.StoredItems = 5;
                configure?.Invoke(options);
            })
            .UseInMemory();
        services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IProfileStore>(Profiles)
            .AddSingleton<IHistoryStore>(Histories)
            .AddSingleton<IRecommendationStore>(Lists)
            .AddSingleton<IQuarantine>(Quarantine)
            .AddSingleton<IErasures>(Erasures)
            .AddSingleton<IInteractionLog>(Log)
            .AddSingleton<IBatchSegments>(Segments)
            .AddSingleton(_platform.GetRequiredService<IFeedbackStore>())
            .AddSingleton(_platform.GetRequiredService<IFeedbackCounts>())
            .AddSingleton(_platform.GetRequiredService<IExperimentStore>())
            .AddSingleton(Models)
            .AddSingleton((IModelDeletion)Models)
            .AddSingleton(Runs)
            .AddSingleton<IBatchLists>(Files)
            .AddSingleton<IErasable>(Files)
            .AddSingleton(Catalog)
            .AddSingleton((IItemPages)Catalog)
            .AddSingleton((IItemEdits)Catalog)
            .AddSingleton((IItemChanges)Catalog)
            .AddSingleton((INewestItems)Catalog)
            .AddSingleton((IItemGroups)Catalog)
            .AddSingleton<IRanker>(Ranker)
            .AddSingleton<IModelTrainer>(Trainer)
            .AddSingleton<IModelEvaluator>(Evaluator)
            .AddSingleton<IModelArtefacts>(Artefacts)
            .AddSingleton<IRankingExplainer>(Explainer);
        foreach (var place in _platform.GetServices<IErasable>())
            services.Insert(0, ServiceDescriptor.Singleton(place));
        replace?.Invoke(services);
        _provider = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }
        );
        _scope = _provider.CreateAsyncScope();
    }

    internal static World Open(
        Action<RecommendationOptions>? configure = null,
        Action<IServiceCollection>? replace = null
    ) => new(configure, replace);

    internal ManualTime Time { get; } = new(Some.Noon);

    internal ProfileProbe Profiles { get; }

    internal HistoryProbe Histories { get; }

    internal ListProbe Lists { get; }

    internal QuarantineProbe Quarantine { get; }

    internal LogProbe Log { get; }

    internal ErasureProbe Erasures { get; }

    internal SegmentProbe Segments { get; }

    internal FakeBatchLists Files { get; } = new();

    internal IModelStore Models { get; }

    internal IBatchRuns Runs { get; }

    internal IItemCatalog Catalog { get; }

    internal FakeRanker Ranker { get; }

    internal FakeTrainer Trainer { get; } = new();

    internal FakeEvaluator Evaluator { get; } = new();

    internal FakeArtefacts Artefacts { get; } = new();

    internal FakeExplainer Explainer { get; } = new();

    internal IServiceProvider Services => _scope.ServiceProvider;

    internal Task<T> SendAsync<T>(IRequest<T> request, CancellationToken cancellationToken = default) =>
        Services.GetRequiredService<IMediator>().Send(request, cancellationToken);

    /// <summary>Sends a request as another process would that uses the same stores.</summary>
    internal async Task<T> SendElsewhereAsync<T>(IRequest<T> request)
    {
        await using var elsewhere = _services.BuildServiceProvider();
        await using var scope = elsewhere.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    internal async Task<UserProfile?> ProfileAsync(UserId user) =>
        (
            await _platform.GetRequiredService<IProfileStore>().LoadAsync([user], CancellationToken.None)
        ).GetValueOrDefault(user);

    /// <summary>The stored profiles without tombstones, by user.</summary>
    internal async Task<SortedDictionary<UserId, UserProfile>> ProfilesAsync()
    {
        var all = await Profiles.AllAsync(CancellationToken.None).Where(profile => !profile.IsEmpty).ToListAsync();
        return new(all.ToDictionary(profile => profile.UserId));
    }

    /// <summary>What is remembered of a user, with each type of interaction hiding its item.</summary>
    internal async Task<UserMemory> MemoryAsync(UserId user) =>
        await CleanPass.MemoryOfAsync(await ProfileAsync(user) ?? UserProfile.New(user), Histories);

    internal Task<RecommendationList?> ListAsync(UserId user) => Lists.FindAsync(user, CancellationToken.None);

    internal async Task<List<QuarantinedRecord>> QuarantinedAsync(bool includeSettled = true) =>
        await Quarantine.ListAsync(includeSettled, CancellationToken.None).ToListAsync();

    internal async Task<List<Interaction>> LoggedAsync() =>
        await Log.ReadAsync(after: null, CancellationToken.None).ToListAsync();

    internal Task<Position?> CheckpointAsync() => Profiles.CheckpointAsync("local", CancellationToken.None);

    internal Task<BatchRun?> RunAsync(BatchRunId? id = null) => Runs.FindAsync(id ?? Some.Run, CancellationToken.None);

    /// <summary>Makes a model current without training it.</summary>
    internal async Task PointAtAsync(ModelVersion version)
    {
        using var artefact = new MemoryStream([1]);
        await Models.PutAsync(FakeTrainer.Describe(version.Value), artefact, CancellationToken.None);
        await Models.PointAsync(version, await Models.CurrentAsync(CancellationToken.None), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _provider.DisposeAsync();
        await _platform.DisposeAsync();
    }
}
