using System.Text.Json.Nodes;
using Recommendation.Deploy.Batch;

namespace Recommendation.Deploy.Tests.Workflows;

/// <summary>
/// The batch run's definition: well formed, and run in memory against answers as the batch processor gives them.
/// </summary>
public sealed class BatchWorkflowTests
{
    private const string Planned =
        """{"result":{"Payload":{"runId":"r1","state":"ranking","done":true,"continuation":null,"segmentsKey":"batch-runs/r1/segments.json","segments":2,"users":2500,"modelVersion":"m"}}}""";
    private const string Ranked =
        """{"result":{"Payload":{"runId":"r1","segment":0,"done":true,"continuation":null,"ranked":2000,"fallback":0,"failed":0,"skipped":0}}}""";
    private const string Completed =
        """{"result":{"Payload":{"runId":"r1","timestamp":"t","processedUsers":2500,"recommendationsGenerated":250000,"active":2500,"ranked":2500,"fallback":0,"failed":0,"skipped":0}}}""";
    private const string Items = """[{"runId":"r1","segment":0},{"runId":"r1","segment":1}]""";

    [Theory]
    [InlineData("batch.asl.json")]
    [InlineData("training.asl.json")]
    [InlineData("function-training.asl.json")]
    [InlineData("loop.asl.json")]
    public void Every_state_is_reached_leads_somewhere_and_has_only_what_its_type_has(string file) =>
        Assert.Empty(Definition.Problems((JsonObject)JsonNode.Parse(Workflow.Definition(file))!));

    [Fact]
    public void Planted_faults_of_a_definition_are_found()
    {
        var machine = (JsonObject)
            JsonNode.Parse(
                """
                {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"r","Parameters":{},"Next":"Gone","Retry":[]},"B":{"Type":"Task","Resource":"r","Retry":[]},"C":{"Type":"Choice","Choices":[]}}}
                """
            )!;
        Assert.Equal(
            [
                "A: a Task has no Parameters.",
                "A leads to Gone, which is not there.",
                "B leads nowhere, or to two places.",
                "C has no default.",
                "B is never reached.",
                "C is never reached.",
            ],
            Definition.Problems(machine));
    }

    [Fact]
    public async Task A_run_plans_in_steps_ranks_each_segment_to_its_end_and_completes()
    {
        var run = await RunAsync("""{"scheduledAt":"2026-01-03T02:00:00Z"}""", """
            {
              "Measure": [{"result":{"Payload":{"users":40,"ndcg":0.1,"note":null}}}],
              "Plan": [{"result":{"Payload":{"runId":"r1","state":"planning","done":false,"continuation":{"bucket":7}}}}, <Planned>],
              "Rank segment": [{"result":{"Payload":{"runId":"r1","segment":0,"done":false,"continuation":"at-200"}}}, <Ranked>],
              "Complete": [<Completed>]
            }
            """);
        Assert.Equal(("SUCCEEDED", null), (run.Status, run.Error));
        Assert.Equal(
            [
                """{"scheduledAt":"2026-01-03T02:00:00Z","step":"plan","execution":"execution-1"}""",
                """{"scheduledAt":"2026-01-03T02:00:00Z","step":"plan","execution":"execution-1","continuation":{"bucket":7}}""",
            ],
            run.Payloads("Plan")
        );
        Assert.Equal(
            [
                """{"step":"segment","runId":"r1","segment":0}""",
                """{"step":"segment","runId":"r1","segment":0,"continuation":"at-200"}""",
                """{"step":"segment","runId":"r1","segment":1}""",
            ],
            run.Payloads("Rank segment"));
        Assert.Equal(["""{"step":"complete","runId":"r1"}"""], run.Payloads("Complete"));
        Assert.Equal(
            ["""{"Bucket":"bucket","Key":"batch-runs/r1/segments.json"}"""],
            run.Arguments("items").Select(arguments => arguments.ToJsonString())
        );
    }

    [Fact]
    public async Task A_measurement_that_fails_does_not_keep_the_nights_run()
    {
        var run = await RunAsync("""{"scheduledAt":"2026-01-03T02:00:00Z"}""", """
            {"Measure":[{"error":"Broken"}],"Plan":[<Planned>],"Rank segment":[<Ranked>],"Complete":[<Completed>]}
            """);
        Assert.Equal("SUCCEEDED", run.Status);
        Assert.Equal(["Measure", "Plan"], run.States.Take(2));
        Assert.Equal(
            ["""{"scheduledAt":"2026-01-03T02:00:00Z","step":"plan","execution":"execution-1"}"""],
            run.Payloads("Plan")
        );
    }

    [Fact]
    public async Task A_run_that_is_started_by_hand_hands_its_id_and_users_on()
    {
        var run = await RunAsync(
            """{"runId":"mine","users":["ann","bob"]}""",
            """{"Plan":[<Planned>],"Rank segment":[<Ranked>],"Complete":[<Completed>]}"""
        );
        Assert.Equal(
            ["""{"runId":"mine","users":["ann","bob"],"step":"plan","execution":"execution-1"}"""],
            run.Payloads("Plan")
        );
    }

    [Fact]
    public async Task A_run_without_active_users_completes_without_ranking()
    {
        var run = await RunAsync("""{"runId":"r1"}""", """{"Plan":[<Planned nothing>],"Complete":[<Completed>]}""");
        Assert.Equal(["Plan", "Complete"], run.States);
        Assert.Equal("SUCCEEDED", run.Status);
    }

    [Theory]
    [InlineData("skipped", "FAILED", "RunSkipped")]
    [InlineData("completed", "SUCCEEDED", null)]
    [InlineData("cancelled", "SUCCEEDED", null)]
    public async Task A_run_that_is_not_to_be_ranked_is_not_and_a_skipped_one_is_told(
        string state,
        string status,
        string? error
    )
    {
        var run = await RunAsync(
            """{"runId":"r1"}""",
            """{"Plan":[{"result":{"Payload":{"runId":"r1","state":"<state>","done":true,"continuation":null}}}]}""".Replace(
                "<state>",
                state,
                StringComparison.Ordinal
            )
        );
        Assert.Equal((status, error), (run.Status, run.Error));
        Assert.Equal(state == "skipped" ? ["Plan", "Notify of skipped run"] : ["Plan"], run.States);
    }

    [Fact]
    public async Task A_segment_that_fails_for_good_leaves_the_others_ranked_and_the_run_told_of()
    {
        var run = await RunAsync("""{"runId":"r1"}""", """
            {
              "Plan": [<Planned>],
              "Rank segment": [{"error":"E"},{"error":"E"},{"error":"E"},{"error":"E"},{"error":"E"},<Ranked>],
              "Complete": [<Completed with failures>]
            }
            """
        );
        Assert.Equal(
            ["0", "0", "0", "0", "0", "1"],
            run.Arguments("Rank segment").Select(arguments => arguments["Payload"]!["segment"]!.ToString())
        );
        Assert.Equal(("FAILED", "UsersFailed"), (run.Status, run.Error));
        Assert.Contains(
            "500 of 2500 users",
            (string)Assert.Single(run.Arguments("Notify of failed users"))["Message"]!,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Plan")]
    [InlineData("Complete")]
    public async Task A_step_that_fails_for_good_is_repeated_then_told_and_fails_the_run(string state)
    {
        var answers = (JsonObject)
            JsonNode.Parse(Fill("""{"Plan":[<Planned>],"Rank segment":[<Ranked>],"Complete":[<Completed>]}"""))!;
        answers[state] = JsonNode.Parse("""[{"error":"StoreUnavailableException"}]""");
        var run = await RunAsync("""{"runId":"r1"}""", answers.ToJsonString());
        Assert.Equal(4, run.States.Count(called => called == state));
        Assert.Contains(
            "StoreUnavailableException",
            (string)Assert.Single(run.Arguments("Notify of failure"))["Message"]!,
            StringComparison.Ordinal
        );
        Assert.Equal(("FAILED", "RunFailed"), (run.Status, run.Error));
    }

    [Fact]
    public async Task A_notification_that_fails_does_not_hide_that_the_run_failed()
    {
        var run = await RunAsync(
            """{"runId":"r1"}""",
            """{"Plan":[{"error":"E"}],"Notify of failure":[{"error":"Sns.Down"}]}"""
        );
        Assert.Equal(("FAILED", "RunFailed"), (run.Status, run.Error));
    }

    private static Task<Run> RunAsync(string input, string answers) =>
        Run.OfAsync("batch.asl.json", input, Fill(answers), Items);

    private static string Fill(string answers) =>
        answers
            .Replace("<Planned>", Planned, StringComparison.Ordinal)
            .Replace(
                "<Planned nothing>",
                Planned.Replace("\"segments\":2", "\"segments\":0", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
            .Replace("<Ranked>", Ranked, StringComparison.Ordinal)
            .Replace("<Completed>", Completed, StringComparison.Ordinal)
            .Replace(
                "<Completed with failures>",
                Completed.Replace("\"failed\":0", "\"failed\":500", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
}
