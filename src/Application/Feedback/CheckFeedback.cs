using System.Globalization;
using MediatR;
using Recommendation.Application.Experiments;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Statistics;

namespace Recommendation.Application.Feedback;

/// <summary>
/// Looks for what an operator should know: impressions without lists, a click-through or conversion rate below that
/// of the week before, and experiments that are skewed or do harm. An experiment that breaks a guardrail is stopped.
/// </summary>
public sealed record CheckFeedback : IRequest<CheckedFeedback>
{
    /// <summary>Who stops an experiment that breaks a guardrail.</summary>
    public const string Guardrail = "guardrail";

    private const int Days = 7;
    private const double MaximumShareWithoutList = 0.2;
    private const long MinimumImpressions = 1000;
    private const double MinimumDrop = 0.1;

    // Looked at every day for years, so rarer than a test of once.
    private const double Level = 0.01;

    internal sealed class Handler(
        IEnumerable<IFeedbackCounts> counts, IEnumerable<IExperimentStore> experiments, IMediator mediator,
        TimeProvider time)
        : IRequestHandler<CheckFeedback, CheckedFeedback>
    {
        public async Task<CheckedFeedback> Handle(CheckFeedback request, CancellationToken cancellationToken)
        {
            await mediator.Send(new CountFeedback(), cancellationToken);
            var yesterday = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);
            var week = await WeekAsync(yesterday, cancellationToken);
            var before = await WeekAsync(yesterday.AddDays(-Days), cancellationToken);
            List<FeedbackAlarm> alarms =
            [
                .. WithoutLists(week),
                .. Dropped("ctr-drop", "click-through rate", before.Ctr, week.Ctr),
                .. Dropped("conversion-drop", "conversion rate", before.Conversion, week.Conversion),
            ];
            foreach (var experiment in await experiments.Last().ListAsync(cancellationToken))
            {
                if (experiment.State == ExperimentState.Running)
                    alarms.AddRange(await CheckAsync(experiment, cancellationToken));
            }
            foreach (var alarm in alarms)
                Telemetry.FeedbackAlarms.Add(1, new KeyValuePair<string, object?>("alarm", alarm.Code));
            return new CheckedFeedback(alarms);
        }

        private async Task<Week> WeekAsync(DateOnly through, CancellationToken cancellationToken)
        {
            var (week, user, ofUser) = (new Week(default, default, 0, 0), default(UserId?), default(UserTotals));
            await foreach (var one in counts.Last().ReadUsersAsync(
                through.AddDays(1 - Days), through, cancellationToken))
            {
                if (one.User != user)
                    End();
                user = one.User;
                var hasList = one.Key.Configuration != ListConfiguration.UnknownNumber;
                if (one.Key.Kind == FeedbackKind.Impression)
                {
                    week = week with
                    {
                        Impressions = week.Impressions + one.Sum.Count,
                        WithoutList = week.WithoutList + (hasList ? 0 : one.Sum.Count),
                    };
                }
                if (hasList)
                    ofUser += FeedbackTotals.Of(one.Key, one.Sum);
            }
            End();
            return week;

            void End()
            {
                if (user is not null && ofUser.Impressions > 0)
                {
                    week = week with
                    {
                        Ctr = week.Ctr.With(ofUser.Clicks, ofUser.Impressions),
                        Conversion = week.Conversion.With(ofUser.Conversions, ofUser.Lists),
                    };
                }
                ofUser = default;
            }
        }

        private static IEnumerable<FeedbackAlarm> WithoutLists(Week week)
        {
            var share = week.Impressions == 0 ? 0 : (double)week.WithoutList / week.Impressions;
            if (week.Impressions >= MinimumImpressions && share > MaximumShareWithoutList)
                yield return FeedbackAlarm.Of("impressions-without-lists", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{share * 100:0} % of the last 7 days' {week.Impressions:n0} impressions belong to no list, so "
                        + $"their clicks and "
                        + $"purchases can't be attributed. Send the lists' recommendationId, unchanged."));
        }

        private static IEnumerable<FeedbackAlarm> Dropped(
            string code, string name, RatioMoments before, RatioMoments now)
        {
            if (Lift.Of(before, now, MinimumDrop, Level) is { IsLoss: true } lift && lift.Value < -MinimumDrop)
                yield return FeedbackAlarm.Of(code, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {name} of the last 7 days is {now.Ratio * 100:0.00} %, {-lift.Value * 100:0} % below the "
                        + $"{before.Ratio * 100:0.00} % of the 7 days before."));
        }

        private async Task<IReadOnlyList<FeedbackAlarm>> CheckAsync(
            Experiment experiment, CancellationToken cancellationToken)
        {
            var shown = await mediator.Send(new ShowExperiment(experiment.Name), cancellationToken);
            switch (shown.Result.Decision)
            {
                case ExperimentDecision.Invalid:
                    return [FeedbackAlarm.Of("sample-ratio",
                        $"Experiment '{experiment.Name}': {shown.Result.Verdict}")];
                case ExperimentDecision.StopForGuardrail:
                    await mediator.Send(
                        new EndExperiment(experiment.Name, shown.Result.Verdict, Guardrail), cancellationToken);
                    return [FeedbackAlarm.Of("guardrail",
                        $"Experiment '{experiment.Name}' was stopped: {shown.Result.Verdict}")];
                default:
                    return [];
            }
        }
    }

    private readonly record struct Week(
        RatioMoments Ctr, RatioMoments Conversion, long Impressions, long WithoutList);
}

/// <summary>What an operator should know.</summary>
public sealed record CheckedFeedback(IReadOnlyList<FeedbackAlarm> Alarms);

/// <summary>One alarm.</summary>
/// <param name="Code">Its name; the runbook has a section for it.</param>
/// <param name="Message">What it is about, and what to do.</param>
public sealed record FeedbackAlarm(string Code, string Message)
{
    /// <summary>An alarm whose message ends with its section of the runbook.</summary>
    internal static FeedbackAlarm Of(string code, string message) =>
        new(code, $"{message} Runbook: docs/operations.md#{code}");
}
