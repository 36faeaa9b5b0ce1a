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
        return new TrainedModel(Inspected ?? throw new StoredFormatException("The model can't be loaded."), copy)
        {
            Candidate = InspectedCandidate is { } candidate
                ? new(candidate.Description, new MemoryStream([candidate.Mark]))
                : null,
        };
    }

    /// <summary>The share of top items that any two artefacts have in common.</summary>
    internal double Shared { get; set; } = 0.8;

    /// <summary>A candidate that comes with an artefact from elsewhere, and its first byte.</summary>
    internal (ModelDescription Description, byte Mark)? InspectedCandidate { get; set; }

    public Task<double> CompareAsync(
        Stream artefact,
        Stream other,
        IReadOnlyList<HeldOutUser> users,
        CancellationToken cancellationToken
    ) =>
        Quality.ContainsKey((byte)artefact.ReadByte()) && Quality.ContainsKey((byte)other.ReadByte())
            ? Task.FromResult(Shared)
            : throw new StoredFormatException("The model can't be loaded.");

    public Task<ModelQuality> MeasureAsync(
        Stream artefact,
        IReadOnlyList<HeldOutUser> users,
        CancellationToken cancellationToken
    )
    {
        var mark = (byte)artefact.ReadByte();
        if (!Quality.TryGetValue(mark, out var quality))
            throw new StoredFormatException("The model can't be loaded.");
        Measured[mark] = users;
        return Task.FromResult(
            new ModelQuality([.. Enumerable.Repeat(quality.Ndcg, users.Count)], Recall: 0.5, quality.Coverage)
        );
    }
}
