using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Given;

/// <summary>Makes models named after how much they were trained on.</summary>
internal sealed class FakeTrainer : IModelTrainer
{
    internal List<Interaction> Seen { get; } = [];

    /// <summary>What a model was refitted on last; empty before.</summary>
    internal List<Interaction> Refitted { get; } = [];

    /// <summary>The first byte of a refitted artefact.</summary>
    internal byte RefitMark { get; set; } = 1;

    internal long RefitBytes { get; set; } = 3;

    internal TrainingOptions? Options { get; private set; }

    /// <summary>What happens once all data are read.</summary>
    internal Func<Task>? AfterReading { get; set; }

    internal bool Disposed { get; private set; }

    /// <summary>The artefact's first byte; it has three.</summary>
    internal byte Mark { get; set; } = 1;

    public async Task<TrainedModel> TrainAsync(
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        Options = options;
        Seen.Clear();
        await foreach (var interaction in interactions.WithCancellation(cancellationToken))
            Seen.Add(interaction);
        if (AfterReading is not null)
            await AfterReading();
        progress?.Report(new TrainingProgress("done", 1));
        return new TrainedModel(
            Describe(string.Create(CultureInfo.InvariantCulture, $"trained-on-{Seen.Count}")) with
            {
                TrainedThrough = Seen.Max(one => (DateTimeOffset?)one.OccurredAt),
            },
            new Artefact(this)
        );
    }

    public async Task<TrainedModel> RefitAsync(
        ModelDescription measured,
        RefitSource source,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        Refitted.Clear();
        await foreach (var interaction in interactions.WithCancellation(cancellationToken))
            Refitted.Add(interaction);
        return new TrainedModel(
            Describe(string.Create(CultureInfo.InvariantCulture, $"refitted-on-{Refitted.Count}")) with
            {
                TrainedThrough = Refitted.Max(one => (DateTimeOffset?)one.OccurredAt),
                ArtefactBytes = RefitBytes,
                Metrics = measured.Metrics,
                Refit = source,
            },
            new MemoryStream([RefitMark, 2, 3]));
    }

    internal static ModelDescription Describe(string version) => new(
        ModelVersion.Parse(version), Some.Noon, "fake", Users: 1, Items: 1, Interactions: 1, ArtefactBytes: 3,
        new Dictionary<string, double>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal));

    private sealed class Artefact(FakeTrainer trainer) : MemoryStream([trainer.Mark, 2, 3])
    {
        protected override void Dispose(bool disposing)
        {
            trainer.Disposed = true;
            base.Dispose(disposing);
        }
    }
}
