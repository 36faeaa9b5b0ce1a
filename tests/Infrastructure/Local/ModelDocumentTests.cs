using Recommendation.Application.Ports;
using Recommendation.Domain.Models;
using Recommendation.Local.Files;

namespace Recommendation.Local.Tests;

/// <summary>Descriptions of models outlive the program that wrote them.</summary>
public sealed class ModelDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_description_of_format_1_is_read_as_one_that_was_never_gated()
    {
        Write("""
            {"formatVersion":1,"version":"v1","createdAt":"2026-03-01T12:00:00.000Z","trainer":"sparse","users":1,"items":2,
             "interactions":3,"artefactBytes":4,"parameters":{"h":5},"metrics":{"ndcg@10":0.5}}
            """);

        var model = Assert.Single(
            await new FolderModelStore(_folder.Path, TimeProvider.System).ListAsync(CancellationToken.None)
        );

        Assert.Equal(
            (ModelVersion.Parse("v1"), 4L, 0.5),
            (model.Version, model.ArtefactBytes, model.Metrics["ndcg@10"])
        );
        Assert.Equal((null, null), (model.TrainedThrough, model.Gate));
        Assert.Equal((false, null), (model.IsCandidate, model.Refit));
    }

    [Fact]
    public async Task A_description_of_a_newer_format_is_left_out_and_named_with_what_to_do()
    {
        Write("""{"formatVersion":4,"somethingElse":true}""");
        var log = new LogLines();

        Assert.Empty(
            await new FolderModelStore(_folder.Path, TimeProvider.System, log).ListAsync(CancellationToken.None)
        );

        Assert.Contains("formats 1 to 3", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artefact_is_a_file_and_an_address_is_refused()
    {
        var artefacts = new FileModelArtefacts();
        var path = Path.Combine(_folder.Path, "model.tar.gz");
        await File.WriteAllTextAsync(path, "artefact");

        await using var opened = await artefacts.OpenAsync(path, CancellationToken.None);

        Assert.Equal("artefact", await new StreamReader(opened!).ReadToEndAsync());
        Assert.Null(await artefacts.OpenAsync(path + ".none", CancellationToken.None));
        await Assert.ThrowsAsync<RefusedException>(() =>
            artefacts.OpenAsync("s3://bucket/key", CancellationToken.None)
        );
    }

    private void Write(string document)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "models", "v1"));
        File.WriteAllText(Path.Combine(folder.FullName, "description.json"), document);
    }
}
