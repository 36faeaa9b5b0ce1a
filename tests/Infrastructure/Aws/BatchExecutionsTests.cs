using Amazon.StepFunctions;
using Recommendation.Application.Ports;
using Recommendation.Aws.StepFunctions;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

public sealed class BatchExecutionsTests
{
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:recommendation-dev-batch";

    private static readonly BatchRunId s_run = BatchRunId.Parse("scheduled-2026-03-14");

    [Fact]
    public async Task An_attempt_is_an_execution_of_its_name()
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(200, """{"executionArn":"arn:e","startDate":1.5E9}""")
        );
        using var executions = Executions(stub);
        Assert.Equal("arn:e", await executions.StartAsync(s_run, 2, CancellationToken.None));
        Assert.Equal(
            $$"""{"stateMachineArn":"{{Machine}}","name":"scheduled-2026-03-14-2","input":"{\u0022runId\u0022:\u0022scheduled-2026-03-14\u0022}"}""",
            Assert.Single(stub.Requests).Text);
    }

    [Fact]
    public async Task Chosen_users_are_part_of_the_input()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Of(200, """{"executionArn":"arn:e"}"""));
        using var executions = Executions(stub);
        await executions.StartAsync(s_run, 1, CancellationToken.None, [UserId.Parse("ann"), UserId.Parse("b\"ob")]);
        using var request = System.Text.Json.JsonDocument.Parse(stub.Requests[0].Text);
        using var input = System.Text.Json.JsonDocument.Parse(request.RootElement.GetProperty("input").GetString()!);
        Assert.Equal(
            ["ann", "b\"ob"],
            input.RootElement.GetProperty("users").EnumerateArray().Select(user => user.GetString())
        );
    }

    [Fact]
    public async Task A_run_id_of_80_characters_leaves_room_for_the_attempt()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Of(200, """{"executionArn":"arn:e"}"""));
        using var executions = Executions(stub);
        await executions.StartAsync(BatchRunId.Parse(new string('r', 80)), 12, CancellationToken.None);
        Assert.Contains($"\"name\":\"{new string('r', 77)}-12\"", stub.Requests[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_was_started_before_is_refused_with_a_sentence()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Error(400, "ExecutionAlreadyExists"));
        using var executions = Executions(stub);
        var problem = await Assert.ThrowsAsync<RefusedException>(() =>
            executions.StartAsync(s_run, 1, CancellationToken.None)
        );
        Assert.Contains("start the next attempt", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_execution_is_described()
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(200, """{"executionArn":"arn:e","status":"FAILED","error":"E","cause":"too tired"}""")
        );
        using var executions = Executions(stub);
        Assert.Equal(
            new BatchExecution("arn:e", "FAILED", "too tired"),
            await executions.FindAsync(s_run, 1, CancellationToken.None)
        );
        Assert.Contains(
            "arn:aws:states:us-east-1:123456789012:execution:recommendation-dev-batch:scheduled-2026-03-14-1",
            stub.Requests[0].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_execution_that_never_was_is_none()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Error(400, "ExecutionDoesNotExist"));
        using var executions = Executions(stub);
        Assert.Null(await executions.FindAsync(s_run, 1, CancellationToken.None));
    }

    [Fact]
    public async Task A_state_machine_that_stays_unavailable_is_asked_a_bounded_number_of_times()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Error(503, "ServiceUnavailable"));
        using var executions = Executions(stub);
        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            executions.StartAsync(s_run, 1, CancellationToken.None)
        );
        Assert.Equal(2, stub.Requests.Count);
    }

    private static BatchExecutions Executions(FaultProxy stub)
    {
        var options = new AwsOptions { StateMachineArn = Machine, RequestRetries = 1 };
        return new BatchExecutions(
            new AmazonStepFunctionsClient(
                AwsFixture.Credentials,
                AwsFixture.At(AwsClients.StepFunctions(options), stub.Url)
            ),
            options
        );
    }
}
