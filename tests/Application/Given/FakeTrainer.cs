using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Given;

/// <summary>Makes a model named after how much it was trained on.</summary>
internal sealed class FakeTrainer : IModelTrainer
{
    internal List<Interaction> Seen { get; } = [];

    internal TrainingOptions? Options { get; private set; }

    /// <summary>What happens once all data are read.</summary>
    internal Func<Task>? AfterReading { get; set; }

    internal bool Disposed { get; private set; }

    /// <summary>The artefact's first byte; it has three.</summary>
    internal byte Mark { get; set; } = 1;

    public async Task<TrainedModel> TrainAsync(
        IAsyncEnumerable<Interaction> interactions, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        Options = options;
        Seen.Clear();
        await foreach (var interaction in interactions.WithCancellation(cancellationToken))
            Seen.Add(interaction);
        if (AfterReading is not null)
            await AfterReading();
        progress?.Report(new TrainingProgress("done", 1));
        return new TrainedModel(
            Describe(string.Create(CultureInfo.InvariantCulture, $"trained-on-{Seen.Count}")) with { TrainedThrough = Seen.Max(one => (DateTimeOffset?)one.OccurredAt) },
            new Artefact(this));
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
