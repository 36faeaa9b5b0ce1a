using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.StepFunctions;
using Recommendation.Deploy.Api;
using Recommendation.Deploy.Model;
using Recommendation.Deploy.Settings;

namespace Recommendation.Deploy.Monitoring;

/// <summary>The admin API, the training, and where there is one, the endpoint.</summary>
internal static class ServingAlarms
{
    internal static IEnumerable<AlarmDefinition> Of(
        AdminApi api,
        ServedModel model,
        IStateMachine training,
        StackSettings settings
    )
    {
        yield return new AlarmDefinition("api-errors", "The admin API answers with server errors.",
            Measures.Api("5xx", "Sum", api.Http.ApiId), 5, 1, TreatMissingData.NOT_BREACHING);
        yield return new AlarmDefinition("api-function-errors", "The admin API's function fails or times out.",
            Measures.Lambda("Errors", "Sum", api.Host.Function.FunctionName), 5, 1, TreatMissingData.NOT_BREACHING);
        if (model.Endpoint?.EndpointName is { } endpoint)
        {
            yield return new AlarmDefinition(
                "endpoint-errors",
                "The endpoint answers with server errors.",
                Measures.Endpoint("Invocation5XXErrors", "Sum", endpoint, ServedModel.Variant),
                5,
                1,
                TreatMissingData.NOT_BREACHING
            );
            // SageMaker counts in microseconds.
            yield return new AlarmDefinition(
                "endpoint-latency",
                $"The endpoint takes over {settings.Alarms.EndpointLatency} ms to rank.",
                Measures.Endpoint("ModelLatency", "p99", endpoint, ServedModel.Variant),
                settings.Alarms.EndpointLatency * 1000d,
                2,
                TreatMissingData.NOT_BREACHING
            );
        }
        var machine = training.StateMachineArn;
        yield return new AlarmDefinition(
            "training-failed",
            "A training failed, timed out, was aborted, or its model did not pass the gate. The current model stays.",
            Measures.Sum(
                "Failed trainings",
                TimeSpan.FromMinutes(5),
                Measures.States("ExecutionsFailed", "Sum", machine),
                Measures.States("ExecutionsTimedOut", "Sum", machine),
                Measures.States("ExecutionsAborted", "Sum", machine)
            ),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
    }
}
