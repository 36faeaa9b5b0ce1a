namespace Recommendation.Deploy.Tests.Workflows;

/// <summary>Where there is no image the batch processor trains, gates and promotes in one step.</summary>
public sealed class FunctionTrainingTests
{
    [Theory]
    [InlineData(
        """{"modelVersion":"m1","passed":true,"reasons":["It was trained on a sample of 12 % of the users."]}""",
        "SUCCEEDED",
        null
    )]
    [InlineData("""{"modelVersion":null,"passed":false,"reasons":["There is nothing yet."]}""", "SUCCEEDED", null)]
    [InlineData("""{"modelVersion":"m1","passed":false,"reasons":["NDCG fell."]}""", "FAILED", "GateRefused")]
    public async Task A_training_ends_as_its_gate_says_and_too_little_data_is_no_failure(
        string answer,
        string status,
        string? error
    )
    {
        var run = await RunAsync($$$"""{"Train":[{"result":{"Payload":{{{answer}}}}}]}""");
        Assert.Equal((status, error), (run.Status, run.Error));
        Assert.Equal(["""{"step":"train","days":90}"""], run.Payloads("Train"));
        Assert.Equal(error is not null, run.States.Contains("Notify of refusal"));
    }

    [Fact]
    public async Task A_training_that_fails_is_told()
    {
        var run = await RunAsync("""{"Train":[{"error":"Broken"}]}""");
        Assert.Equal(("FAILED", "TrainingFailed"), (run.Status, run.Error));
        Assert.Contains(
            "Broken",
            (string)run.Arguments("Notify of failure").Single()["Message"]!,
            StringComparison.Ordinal
        );
    }

    private static Task<Run> RunAsync(string answers) => Run.OfAsync("function-training.asl.json", "{}", answers);
}
