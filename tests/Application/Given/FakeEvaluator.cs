using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Given;

/// <summary>Says of an artefact, by its first byte, what the test put down for it.</summary>
internal sealed class FakeEvaluator : IModelEvaluator
{
    /// <summary>NDCG and coverage by the artefact's first byte; others are damaged.</summary>
    internal Dictionary<byte, (double Ndcg, double Coverage)> Quality { get; } = [];

    /// <summary>The users that artefacts were measured with, by the first byte.</summary>
    internal Dictionary<byte, IReadOnlyList<HeldOutUser>> Measured { get; } = [];

    /// <summary>What an artefact from elsewhere is described as.</summary>
    internal ModelDescription? Inspected { get; set; }

    public async Task<TrainedModel> InspectAsync(Stream artefact, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        await artefact.CopyToAsync(copy, cancellationToken);
        copy.Position = 0;
        return new TrainedModel(Inspected ?? throw new StoredFormatException("The model can't be loaded."), copy);
    }

    public Task<ModelQuality> MeasureAsync(Stream artefact, IReadOnlyList<HeldOutUser> users, CancellationToken cancellationToken)
    {
        var mark = (byte)artefact.ReadByte();
        if (!Quality.TryGetValue(mark, out var quality))
            throw new StoredFormatException("The model can't be loaded.");
        Measured[mark] = users;
        return Task.FromResult(new ModelQuality([.. Enumerable.Repeat(quality.Ndcg, users.Count)], Recall: 0.5, quality.Coverage));
    }
}
