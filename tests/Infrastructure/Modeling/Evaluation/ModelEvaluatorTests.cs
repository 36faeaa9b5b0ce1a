using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests.Evaluation;

public sealed class ModelEvaluatorTests
{
    private readonly ModelEvaluator _evaluator = new(
        EventTypeSettings.Default,
        Options.Create(new ModelTrainerOptions())
    );

    [Fact]
    public async Task Lists_that_foresee_what_users_came_to_measure_better_than_others()
    {
        var artefact = await Some.Artefact(Some.TwoTastes());

        var own = await MeasureAsync(artefact, User("a3", "a1", "a2"), User("b3", "b1", "b2"));
        var other = await MeasureAsync(artefact, User("nowhere", "a1", "a2"), User("nowhere", "b1", "b2"));

        Assert.Equal((2, 0d, 0d), (own.Users, other.Ndcg, other.Recall));
        Assert.True(own.Ndcg > 0.2, $"NDCG is {own.Ndcg}.");
        Assert.InRange(own.Coverage, 10 / 24d, 20 / 24d);
    }

    [Fact]
    public async Task Where_repeats_are_recommended_they_are_foreseen_too()
    {
        var artefact = await Some.Artefact(Some.TwoTastes(), options => options.AllowRepeats = true);

        var again = await MeasureAsync(artefact, User("a1", "a1", "a2") with { AllowRepeats = true });
        var never = await MeasureAsync(artefact, User("a1", "a1", "a2"));

        Assert.True(again.Ndcg > 0, "The item of the history is in nobody's list.");
        Assert.Equal(0, never.Ndcg);
    }

    [Fact]
    public async Task An_artefact_from_elsewhere_is_described_as_when_it_was_trained()
    {
        await using var trained = await Some.Train(Some.TwoTastes());

        await using var taken = await _evaluator.InspectAsync(trained.Artefact, CancellationToken.None);

        var given = trained.Description;
        Assert.Equal(
            given with
            {
                Parameters = taken.Description.Parameters,
                Metrics = taken.Description.Metrics,
            },
            taken.Description
        );
        Assert.Equal(Some.TwoTastes().Max(one => one.OccurredAt), taken.Description.TrainedThrough);
        Assert.Equal((0, given.ArtefactBytes), (taken.Artefact.Position, taken.Artefact.Length));
    }

    [Fact]
    public async Task A_damaged_artefact_is_refused()
    {
        var artefact = await Some.Artefact(Some.TwoTastes());
        artefact[artefact.Length / 2] ^= 1;

        await Assert.ThrowsAsync<StoredFormatException>(() =>
            _evaluator.InspectAsync(new MemoryStream(artefact), CancellationToken.None)
        );
        await Assert.ThrowsAsync<StoredFormatException>(() => MeasureAsync(artefact, User("a3", "a1")));
    }

    [Fact]
    public async Task An_artefact_that_somebody_else_packed_becomes_the_one_that_the_trainer_made()
    {
        var artefact = await Some.Artefact(Some.TwoTastes());
        var (manifest, binary) = Unpack(artefact);
        // Another order, extended headers and another compression, as packers of training jobs have them.
        using var other = new MemoryStream();
        await using (var gzip = new GZipStream(other, CompressionLevel.SmallestSize, leaveOpen: true))
        await using (var tar = new TarWriter(gzip, TarEntryFormat.Pax, leaveOpen: true))
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "./"));
            await tar.WriteEntryAsync(Entry("./model.bin", binary));
            await tar.WriteEntryAsync(Entry("./manifest.json", manifest));
        }
        other.Position = 0;

        await using var taken = await _evaluator.InspectAsync(other, CancellationToken.None);

        using var copy = new MemoryStream();
        await taken.Artefact.CopyToAsync(copy);
        Assert.Equal(artefact, copy.ToArray());
    }

    private static PaxTarEntry Entry(string name, byte[] content) =>
        new(
            TarEntryType.RegularFile,
            name,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["mtime"] = "1767225600.25" }
        )
        {
            DataStream = new MemoryStream(content),
        };

    private static (byte[] Manifest, byte[] Binary) Unpack(byte[] artefact)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(artefact), CompressionMode.Decompress));
        return (Next(tar), Next(tar));

        static byte[] Next(TarReader tar)
        {
            using var copy = new MemoryStream();
            tar.GetNextEntry()!.DataStream!.CopyTo(copy);
            return copy.ToArray();
        }
    }

    private Task<Domain.Models.ModelQuality> MeasureAsync(byte[] artefact, params HeldOutUser[] users) =>
        _evaluator.MeasureAsync(new MemoryStream(artefact), users, CancellationToken.None);

    private static HeldOutUser User(string relevant, params string[] recent) =>
        new([.. recent.Select(item => Some.Recent(item))], [ItemId.Parse(relevant)]);
}
