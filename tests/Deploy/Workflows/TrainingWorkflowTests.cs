using System.Text.Json.Nodes;

namespace Recommendation.Deploy.Tests.Workflows;

/// <summary>Train, gate, promote, and the endpoint follows.</summary>
public sealed class TrainingWorkflowTests
{
    private const string Listed =
        """{"result":{"Payload":{"manifest":"s3://bucket/training/inputs/e.manifest","objects":7,"volumeGigabytes":23}}}""";
    private const string Trained =
        """{"result":{"ModelArtifacts":{"S3ModelArtifacts":"s3://bucket/training/recommendation-dev-20260103180000123/output/model.tar.gz"}}}""";
    private const string Passed =
        """{"result":{"Payload":{"modelVersion":"m2","passed":true,"reasons":[],"expectedPointer":{"version":"m1","tag":"t"}}}}""";
    private const string Promoted =
        """{"result":{"Payload":{"modelVersion":"m2","previous":"m1","artefactUrl":"s3://bucket/models/m2/model.tar.gz"}}}""";
    private const string Created =
        """{"result":{"ModelArn":"arn:aws:sagemaker:eu-west-1:123456789012:model/recommendation-dev-20260103180000123"}}""";

    [Fact]
    public async Task A_training_is_gated_against_a_pointer_promoted_under_it_and_served()
    {
        var run = await RunAsync("""{"scheduledAt":"2026-01-03T18:00:00Z"}""", """
            {
              "List input": [<Listed>], "Train": [<Trained>], "Gate": [<Passed>], "Promote": [<Promoted>], "Create model": [<Created>],
              "Look at endpoint": [{"result":{"EndpointStatus":"Updating","EndpointConfigName":"old"}}, {"result":{"EndpointStatus":"InService","EndpointConfigName":"recommendation-dev-20260103180000123"}}]
            }
            """);
        Assert.Equal(("SUCCEEDED", null), (run.Status, run.Error));
        Assert.Equal(
            [
                "List input",
                "Train",
                "Gate",
                "Promote",
                "Create model",
                "Create configuration",
                "Update endpoint",
                "Look at endpoint",
                "Look at endpoint",
            ],
            run.States
        );
        var job = run.Arguments("Train").Single();
        Assert.Equal(
            ("recommendation-dev-20260103180000123", "s3://bucket/training/inputs/e.manifest", "3600"),
            (
                (string)job["TrainingJobName"]!,
                (string)job["InputDataConfig"]![0]!["DataSource"]!["S3DataSource"]!["S3Uri"]!,
                job["StoppingCondition"]!["MaxRuntimeInSeconds"]!.ToJsonString()
            )
        );
        Assert.Equal(
            ("ManifestFile", "23", "90", "50"),
            (
                (string)job["InputDataConfig"]![0]!["DataSource"]!["S3DataSource"]!["S3DataType"]!,
                job["ResourceConfig"]!["VolumeSizeInGB"]!.ToJsonString(),
                (string)job["HyperParameters"]!["days"]!,
                (string)job["HyperParameters"]!["userPercent"]!
            )
        );
        Assert.Matches(
            """^\{"step":"training-input","name":".+","days":90,"userPercent":50\}$""",
            Assert.Single(run.Payloads("List input"))
        );
        Assert.Equal("""{"serving":{"repeats":true}}""", (string)job["HyperParameters"]!["settings"]!);
        Assert.Equal(
            [
                """{"step":"gate","artefact":{"bucket":"bucket","key":"training/recommendation-dev-20260103180000123/output/model.tar.gz"}}""",
            ],
            run.Payloads("Gate")
        );
        Assert.Equal(
            ["""{"step":"promote","modelVersion":"m2","expectedPointer":{"version":"m1","tag":"t"}}"""],
            run.Payloads("Promote")
        );
        Assert.Equal(
            "s3://bucket/models/m2/model.tar.gz",
            (string)run.Arguments("Create model").Single()["PrimaryContainer"]!["ModelDataUrl"]!
        );
        Assert.Equal(
            """{"EndpointName":"recommendation-dev-endpoint","EndpointConfigName":"recommendation-dev-20260103180000123","RetainAllVariantProperties":true}""",
            run.Arguments("Update endpoint").Single().ToJsonString()
        );
    }

    [Fact]
    public async Task A_model_that_does_not_pass_is_not_promoted_and_the_reasons_are_told()
    {
        var run = await RunAsync("{}", """
            {"List input":[<Listed>],"Train":[<Trained>],"Gate":[{"result":{"Payload":{"modelVersion":"m2","passed":false,"reasons":["NDCG fell.","Coverage fell."],"expectedPointer":null}}}]}
            """);
        Assert.Equal(("FAILED", "GateRefused"), (run.Status, run.Error));
        Assert.DoesNotContain("Promote", run.States);
        Assert.Contains(
            "NDCG fell. Coverage fell.",
            (string)run.Arguments("Notify of refusal").Single()["Message"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_model_trained_elsewhere_is_gated_and_promoted_without_a_training()
    {
        var run = await RunAsync(
            """{"modelVersion":"m2"}""",
            """{"Gate":[<Passed>],"Promote":[<Promoted>]}""",
            endpoint: ""
        );
        Assert.Equal(["Gate", "Promote"], run.States);
        Assert.Equal(["""{"step":"gate","modelVersion":"m2"}"""], run.Payloads("Gate"));
        Assert.Equal("SUCCEEDED", run.Status);
    }

    [Fact]
    public async Task After_a_rollback_the_endpoint_follows_alone()
    {
        var run = await RunAsync("""{"modelVersion":"m1","artefactUrl":"s3://bucket/models/m1/model.tar.gz"}""", """
            {"Create model":[<Created>],"Look at endpoint":[{"result":{"EndpointStatus":"InService","EndpointConfigName":"recommendation-dev-20260103180000123"}}]}
            """);
        Assert.Equal(["Create model", "Create configuration", "Update endpoint", "Look at endpoint"], run.States);
        Assert.Equal("SUCCEEDED", run.Status);
    }

    [Fact]
    public async Task An_endpoint_that_stays_with_the_old_model_fails_the_execution()
    {
        var run = await RunAsync("""{"modelVersion":"m1","artefactUrl":"s3://bucket/models/m1/model.tar.gz"}""", """
            {"Create model":[<Created>],"Look at endpoint":[{"result":{"EndpointStatus":"RollingBack","EndpointConfigName":"old"}},{"result":{"EndpointStatus":"InService","EndpointConfigName":"old"}}]}
            """);
        Assert.Equal(("FAILED", "TrainingFailed"), (run.Status, run.Error));
        Assert.Contains(
            "InService and serves old",
            (string)run.Arguments("Notify of failure").Single()["Message"]!,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("List input")]
    [InlineData("Train")]
    [InlineData("Gate")]
    [InlineData("Promote")]
    [InlineData("Create configuration")]
    [InlineData("Update endpoint")]
    public async Task A_step_that_fails_is_told_by_name(string state)
    {
        var answers = (JsonObject)
            JsonNode.Parse(
                Fill(
                    """{"List input":[<Listed>],"Train":[<Trained>],"Gate":[<Passed>],"Promote":[<Promoted>],"Create model":[<Created>]}"""
                )
            )!;
        answers[state] = JsonNode.Parse("""[{"error":"Broken"}]""");
        var run = await RunAsync("{}", answers.ToJsonString());
        Assert.Equal(("FAILED", "TrainingFailed"), (run.Status, run.Error));
        Assert.Contains(
            "Broken",
            (string)run.Arguments("Notify of failure").Single()["Message"]!,
            StringComparison.Ordinal
        );
    }

    private static Task<Run> RunAsync(string input, string answers, string endpoint = "recommendation-dev-endpoint") =>
        Run.OfAsync("training.asl.json", input, Fill(answers), endpoint: endpoint);

    private static string Fill(string answers) => answers
        .Replace("<Listed>", Listed, StringComparison.Ordinal)
        .Replace("<Trained>", Trained, StringComparison.Ordinal)
        .Replace("<Passed>", Passed, StringComparison.Ordinal)
        .Replace("<Promoted>", Promoted, StringComparison.Ordinal)
        .Replace("<Created>", Created, StringComparison.Ordinal);
}
