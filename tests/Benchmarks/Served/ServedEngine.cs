using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Batches;
using Recommendation.Application.Interactions;
using Recommendation.Application.Models;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Local;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Metrics;

namespace Recommendation.Benchmarks.Served;

/// <summary>The engine of one machine, at the time of the newest interaction, through its use cases alone.</summary>
internal sealed class ServedEngine : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly AsyncServiceScope _scope;
    private readonly IMediator _mediator;

    public ServedEngine(string folder, DateTimeOffset now)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(new Stopped(now));
        services.AddRecommendation(options =>
        {
            options.ActiveWithin = TimeSpan.FromDays(3660);
            options.FirstListBudget = TimeSpan.FromSeconds(30);
        }).UseSqlite(folder);
        _provider = services.BuildServiceProvider();
        _scope = _provider.CreateAsyncScope();
        _mediator = _scope.ServiceProvider.GetRequiredService<IMediator>();
    }

    /// <summary>Ingests, trains and ranks.</summary>
    /// <returns>The model that made the lists.</returns>
    public async Task<ModelVersion> MakeListsAsync(
        IReadOnlyList<Interaction> train,
        bool fast,
        CancellationToken cancellationToken
    )
    {
        await _mediator.Send(
            new ImportInteractions(Events(train).ToAsyncEnumerable(), LocalLog.Partition),
            cancellationToken
        );
        await _mediator.Send(new TrainModel(fast, Force: true), cancellationToken);
        var run = await _mediator.Send(new RunBatch(BatchRunId.Parse("served")), cancellationToken);
        return run.ModelVersion ?? throw new InvalidOperationException("The run had no model.");
    }

    /// <summary>Scores the stored lists; who has none is asked for one, as somebody who opens the page would.</summary>
    public async Task<(double Recall, double Ndcg, long Known)> ScoreAsync(
        IReadOnlyList<TestUser> users, int cutoff, CancellationToken cancellationToken)
    {
        var exported = await _mediator.Send(new ExportRecommendations(), cancellationToken);
        var stored = await exported.Lists.ToDictionaryAsync(
            list => list.UserId,
            list => list.Items.Select(item => item.ItemId).Take(cutoff).ToArray(),
            cancellationToken: cancellationToken
        );
        var (recall, ndcg, known) = (0d, 0d, 0L);
        foreach (var user in users)
        {
            if (!stored.TryGetValue(user.User!.Value, out var items))
                items =
                [
                    .. (await _mediator.Send(new Recommend(user.User.Value, cutoff), cancellationToken)).Items.Select(
                        item => item.ItemId
                    ),
                ];
            // Numbers of a list's places stand for its items; others for the relevant items that it lacks.
            var relevant = user
                .Relevant.Select(
                    (id, at) =>
                        Array.FindIndex(items, item => string.Equals(item.Value, id, StringComparison.Ordinal))
                            is >= 0
                                and var place
                            ? place
                            : int.MaxValue - at
                )
                .Order()
                .ToArray();
            var metrics = RankingMetrics.Of([.. Enumerable.Range(0, items.Length)], relevant, cutoff);
            recall += metrics.Recall / users.Count;
            ndcg += metrics.Ndcg / users.Count;
            known += items.Count(user.ActedOn.Contains);
        }
        return (recall, ndcg, known);
    }

    public Task<System.IO.Stream> OpenAsync(ModelVersion model, CancellationToken cancellationToken) =>
        _mediator.Send(new OpenModel(model), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private static IEnumerable<IncomingEvent> Events(IReadOnlyList<Interaction> train) =>
        train.Select(
            (one, at) =>
                new IncomingEvent
                {
                    Event = new RawInteraction
                    {
                        UserId = one.UserId.Value,
                        ItemId = one.ItemId.Value,
                        InteractionType = one.Type.Value,
                        Timestamp = Timestamps.Format(one.OccurredAt),
                        Value = one.Value?.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                    },
                    Source = new Position("served", SequenceNumber.From(at)),
                }
        );

    private sealed class Stopped(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
