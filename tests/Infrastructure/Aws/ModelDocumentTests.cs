using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;

namespace Recommendation.Aws.Tests;

/// <summary>
/// Descriptions of models outlive the program that wrote them, and artefacts come from where training jobs leave them.
/// </summary>
public sealed class ModelDocumentTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task A_description_of_format_1_is_read_as_one_that_was_never_gated_and_a_newer_one_refused()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var models = new S3ModelStore(fixture.Bucket);
        await PutAsync(fixture, "models/v1/model.json", """
            {"formatVersion":1,"version":"v1","createdAt":"2026-03-01T12:00:00.000Z","trainer":"sparse","users":1,"items":2,
             "interactions":3,"artefactBytes":4,"parameters":{"h":5},"metrics":{"ndcg@10":0.5}}
            """);

        var model = Assert.Single(await models.ListAsync(s_none));

        Assert.Equal((4L, 0.5), (model.ArtefactBytes, model.Metrics["ndcg@10"]));
        Assert.Equal((null, null), (model.TrainedThrough, model.Gate));
        Assert.Equal((false, null), (model.IsCandidate, model.Refit));
        await PutAsync(fixture, "models/v1/model.json", """{"formatVersion":4}""");
        var refusal = await Assert.ThrowsAsync<StoredFormatException>(() => models.ListAsync(s_none));
        Assert.Contains("formats 1 to 3", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/path/model.tar.gz")]
    [InlineData("s3://bucket")]
    [InlineData("s3:///key")]
    public async Task A_place_that_is_no_object_is_refused(string location)
    {
        await using var fixture = await AwsFixture.ConnectAsync();
        await Assert.ThrowsAsync<RefusedException>(() =>
            new S3ModelArtefacts(fixture.Bucket).OpenAsync(location, s_none)
        );
    }

    [Fact]
    public async Task An_artefact_is_opened_where_a_training_job_left_it()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await PutAsync(fixture, "training/job-1/output/model.tar.gz", "artefact");
        var artefacts = new S3ModelArtefacts(fixture.Bucket);

        await using var opened = await artefacts.OpenAsync(
            $"s3://{fixture.Bucket.Name}/training/job-1/output/model.tar.gz",
            s_none
        );

        Assert.Equal("artefact", await new StreamReader(opened!).ReadToEndAsync());
        Assert.Null(await artefacts.OpenAsync($"s3://{fixture.Bucket.Name}/none", s_none));
    }

    private static Task PutAsync(AwsFixture fixture, string key, string body) =>
        fixture.Bucket.PutAsync(key, Encoding.UTF8.GetBytes(body), PutCondition.Always, s_none);
}
