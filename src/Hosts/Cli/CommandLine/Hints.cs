using Recommendation.Application.Ports;

namespace Recommendation.Cli.CommandLine;

/// <summary>Says which command takes the step that a refusal suggests.</summary>
internal static class Hints
{
    /// <summary>The message of a refusal, with what to do next as a command.</summary>
    internal static string Sentence(RefusedException refusal) =>
        refusal.Hint is { } hint ? $"{refusal.Message} {Sentence(hint)}" : refusal.Message;

    private static string Sentence(Hint hint) =>
        hint.Step switch
        {
            NextStep.ListModels => "`recommend models list` lists the models.",
            NextStep.TrainModel => "`recommend train` trains a model.",
            NextStep.ListRuns => "`recommend batch list` lists the runs.",
            NextStep.StartRun => "`recommend batch run` starts one.",
            NextStep.ShowRun => $"`recommend batch show {hint.Subject}` shows it.",
            NextStep.CancelRun => $"`recommend batch cancel {hint.Subject}` stops it.",
            NextStep.ResumeRun => $"`recommend batch resume {hint.Subject}` goes on with it.",
            NextStep.ListErasures => "`recommend forget --status` lists the erasures.",
            NextStep.ListExperiments => "`recommend experiments list` lists the experiments.",
            NextStep.ShowReceiptKey => "`recommend receipt key` prints the right one.",
            _ => throw new ArgumentOutOfRangeException(nameof(hint), hint, "There is no such step."),
        };
}
