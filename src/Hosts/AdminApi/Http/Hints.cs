using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Http;

/// <summary>Says which request takes the step that a refusal suggests.</summary>
internal static class Hints
{
    /// <summary>The message of a refusal, with what to do next as a request.</summary>
    internal static string Sentence(RefusedException refusal) =>
        refusal.Hint is { } hint ? $"{refusal.Message} {Sentence(hint)}" : refusal.Message;

    private static string Sentence(Hint hint) =>
        hint.Step switch
        {
            NextStep.ListModels => "GET /v1/models lists the models.",
            NextStep.TrainModel => "POST /v1/models trains one.",
            NextStep.ListRuns => "GET /v1/batch-runs lists the runs.",
            NextStep.StartRun => "POST /v1/batch-runs starts one.",
            NextStep.ShowRun => $"GET /v1/batch-runs/{hint.Subject} shows it.",
            NextStep.CancelRun => $"POST /v1/batch-runs/{hint.Subject}/cancel stops it.",
            NextStep.ResumeRun => $"POST /v1/batch-runs with the runId {hint.Subject} goes on with it.",
            NextStep.ListErasures => "GET /v1/erasures lists the erasures.",
            NextStep.ListExperiments => "GET /v1/experiments lists the experiments.",
            NextStep.ShowReceiptKey => "GET /v1/receipt-key answers the right one.",
            _ => throw new ArgumentOutOfRangeException(nameof(hint), hint, "There is no such step."),
        };
}
