namespace Recommendation.Deploy.Tests.Workflows;

/// <summary>Asked again until everything is erased, with a wait in between.</summary>
public sealed class ErasureWorkflowTests
{
    [Fact]
    public async Task An_erasure_goes_on_after_each_wait_until_it_is_done()
    {
        var run = await RunAsync("""{"erasureId":"e1"}""", """
            {"Go on":[{"result":{"Payload":{"done":false,"open":1,"waitSeconds":1}}},{"result":{"Payload":{"done":false,"open":1,"waitSeconds":1700}}},{"result":{"Payload":{"done":true,"open":0,"waitSeconds":1}}}]}
            """);
        Assert.Equal(("SUCCEEDED", null), (run.Status, run.Error));
        Assert.Equal(["Go on", "Go on", "Go on"], run.States);
        Assert.All(run.Payloads("Go on"), payload => Assert.Equal("""{"erasureId":"e1","step":"erase"}""", payload));
    }

    [Fact]
    public async Task The_schedule_asks_for_all_that_are_open()
    {
        var run = await RunAsync("{}", """{"Go on":[{"result":{"Payload":{"done":true,"open":0,"waitSeconds":1}}}]}""");
        Assert.Equal(["""{"step":"erase"}"""], run.Payloads("Go on"));
    }

    [Fact]
    public async Task A_step_that_fails_for_good_is_told()
    {
        var run = await RunAsync("""{"erasureId":"e1"}""", """{"Go on":[{"error":"Broken"}]}""");
        Assert.Equal(("FAILED", "ErasureFailed"), (run.Status, run.Error));
        Assert.Contains(
            "Broken",
            (string)run.Arguments("Notify of failure").Single()["Message"]!,
            StringComparison.Ordinal
        );
    }

    private static Task<Run> RunAsync(string input, string answers) => Run.OfAsync("loop.asl.json", input, answers);
}
