using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>The steps of a model's way to being the current one; what the gate measures has tests of its own.</summary>
public sealed class ModelStepTests : IAsyncLifetime
{
    private BatchWorld _world = null!;

    public async Task InitializeAsync() => _world = await BatchWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_model_that_passes_the_gate_is_promoted_with_the_pointer_that_the_gate_saw()
    {
        await _world.GivenCandidateAsync("m1");
        var gate = await InvokeAsync("""{"step":"gate","modelVersion":"m1"}""");
        Assert.Equal(
            ("m1", true),
            (gate.GetProperty("modelVersion").GetString(), gate.GetProperty("passed").GetBoolean())
        );

        var promoted = await InvokeAsync(
            $$"""{"step":"promote","modelVersion":"m1","expectedPointer":{{gate.GetProperty("expectedPointer").GetRawText()}}}"""
        );
        Assert.Equal(
            $$"""{"modelVersion":"m1","previous":null,"artefactUrl":"s3://{{_world.BucketName}}/models/m1/model.tar.gz"}""",
            promoted.GetRawText()
        );
        Assert.Equal("m1", (await _world.Models.CurrentAsync(default)).Version!.Value.Value);
    }

    [Fact]
    public async Task A_model_that_the_gate_turns_away_is_an_answer_with_reasons()
    {
        await _world.GivenModelAsync("m1");
        await _world.GivenCandidateAsync("m2");
        var gate = await InvokeAsync("""{"step":"gate","modelVersion":"m2"}""");
        Assert.False(gate.GetProperty("passed").GetBoolean());
        Assert.Contains(
            "are needed to measure it",
            Assert.Single(gate.GetProperty("reasons").EnumerateArray()).GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_pointer_that_has_moved_since_the_gate_refuses_the_promotion()
    {
        await _world.GivenCandidateAsync("m1");
        var gate = await InvokeAsync("""{"step":"gate","modelVersion":"m1"}""");
        await _world.GivenModelAsync("m2");
        await Assert.ThrowsAsync<RefusedException>(() =>
            InvokeAsync(
                $$"""{"step":"promote","modelVersion":"m1","expectedPointer":{{gate.GetProperty("expectedPointer").GetRawText()}}}"""
            )
        );
        Assert.Equal("m2", (await _world.Models.CurrentAsync(default)).Version!.Value.Value);
    }

    [Theory]
    [InlineData("""{"step":"promote"}""", "Step 'promote' needs a modelVersion.")]
    [InlineData("""{"step":"gate","modelVersion":"../up"}""", "modelVersion: ")]
    [InlineData("""{"step":"gate","artefact":{"bucket":"b"}}""", "The input can't be read: ")]
    [InlineData(
        """{"step":"promote","modelVersion":"m1","expectedPointer":{"version":"../up","previous":null,"tag":""}}""",
        "expectedPointer: "
    )]
    public async Task What_can_not_be_understood_is_said(string input, string expected)
    {
        var problem = await Assert.ThrowsAsync<InvalidInputException>(() => InvokeAsync(input));
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    private Task<JsonElement> InvokeAsync(string input) => _world.NewInstance().InvokeAsync(input);
}
