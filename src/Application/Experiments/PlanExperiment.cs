using FluentValidation;
using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Statistics;

namespace Recommendation.Application.Experiments;

/// <summary>
/// How many users and days an experiment needs to find a lift, by the figures of the last days; and which lift it would
/// find in a given time.
/// </summary>
/// <param name="Effect">The lift to find, such as .05.</param>
/// <param name="Share">The share of all users who get the variant; as many get the control, at most what is
/// left.</param>
/// <param name="Metric">What decides.</param>
/// <param name="Currency">The currency of revenue.</param>
public sealed record PlanExperiment(
    double Effect = Experiment.DefaultEffect, double Share = 0.5, ExperimentMetric Metric = ExperimentMetric.Ctr,
    string? Currency = null) : IRequest<ExperimentPlan>
{
    /// <summary>How often the lift is to be found.</summary>
    public const double Power = 0.8;

    /// <summary>How many of the last days are looked at.</summary>
    public const int Days = 28;

    internal sealed class Validator : AbstractValidator<PlanExperiment>
    {
        public Validator()
        {
            RuleFor(request => request.Effect).InclusiveBetween(0.001, 1)
                .WithMessage("Plan for a lift of 0.1–100 %.");
            RuleFor(request => request.Share).InclusiveBetween(0.001, 0.5)
                .WithMessage("Give the variant 0.1–50 % of the users; the control gets as many at least.");
            RuleFor(request => request.Currency).Must(ExperimentProblems.IsCurrency)
                .When(request => request.Metric == ExperimentMetric.Revenue)
                .WithMessage(ExperimentProblems.CurrencyNeeded);
        }
    }

    internal sealed class Handler(IEnumerable<IFeedbackCounts> counts, IMediator mediator, TimeProvider time)
        : IRequestHandler<PlanExperiment, ExperimentPlan>
    {
        public async Task<ExperimentPlan> Handle(PlanExperiment request, CancellationToken cancellationToken)
        {
            await mediator.Send(new CountFeedback(), cancellationToken);
            var through = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var from = through.AddDays(1 - Days);
            // moments[d]: the users of the last d + 1 days, each with what they did in these days.
            var moments = new RatioMoments[Days];
            UserId? user = null;
            var ofUser = new UserTotals[Days];
            await foreach (var one in counts.Last().ReadUsersAsync(from, through, cancellationToken))
            {
                if (one.User is null || one.Key.Configuration == Domain.Recommendations.ListConfiguration.UnknownNumber)
                    continue;
                if (one.User != user)
                    End();
                user = one.User;
                ofUser[through.DayNumber - one.Key.Day.DayNumber] +=
                    FeedbackTotals.Of(one.Key, one.Sum, request.Currency);
            }
            End();
            return Plan(request, moments);

            void End()
            {
                var total = default(UserTotals);
                for (var day = 0; day < Days; day++)
                {
                    total += ofUser[day];
                    if (total.Impressions > 0)
                    {
                        var (x, y) = total.Of(request.Metric);
                        moments[day] = moments[day].With(x, y);
                    }
                }
                Array.Clear(ofUser);
            }
        }

        /// <summary>
        /// Users who come back are not new ones: the days needed are the first window of the last days that had users
        /// and events enough, not a division.
        /// </summary>
        private static ExperimentPlan Plan(PlanExperiment request, RatioMoments[] moments)
        {
            var control = 1 - request.Share;
            int? days = null;
            var needed = default(double?);
            for (var day = 0; day < Days && days is null; day++)
            {
                needed = SampleSize.UsersFor(
                    moments[day], request.Effect, control, request.Share, ExperimentResult.Level, Power);
                if (needed <= moments[day].Users)
                    days = day + 1;
            }
            var all = moments[^1];
            return new ExperimentPlan(
                all.Ratio,
                all.Users,
                needed is { } users ? (long)Math.Ceiling(users) : null,
                days,
                SampleSize.LiftFor(all, all.Users, control, request.Share, ExperimentResult.Level, Power));
        }
    }
}

/// <summary>What an experiment needs.</summary>
/// <param name="Value">The metric as it is; null if there is nothing to go by.</param>
/// <param name="Users">Users with lists in the last 28 days.</param>
/// <param name="UsersNeeded">Users that all variants need together; null if there is nothing to go by.</param>
/// <param name="Days">How many of the last days had as many; null if 28 had not.</param>
/// <param name="DetectableLift">The lift that 28 such days find; null if there is nothing to go by.</param>
public sealed record ExperimentPlan(double? Value, long Users, long? UsersNeeded, int? Days, double? DetectableLift);
