using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;

namespace Recommendation.Application.Experiments;

/// <summary>
/// What an experiment showed at the end of each of its days: each day has all that was known by then, so the last one
/// is what <see cref="ShowExperiment"/> says.
/// </summary>
public sealed record ShowExperimentHistory(ExperimentName Name) : IRequest<ExperimentHistory>
{
    /// <summary>How many days are given at most; a longer experiment is given in equal steps.</summary>
    public const int MaximumDays = 60;

    internal sealed class Handler(
        IEnumerable<IExperimentStore> stores,
        IEnumerable<IListConfigurations> configurations,
        IEnumerable<IFeedbackCounts> counts,
        IMediator mediator,
        TimeProvider time
    ) : IRequestHandler<ShowExperimentHistory, ExperimentHistory>
    {
        public async Task<ExperimentHistory> Handle(
            ShowExperimentHistory request, CancellationToken cancellationToken)
        {
            var store = stores.LastOrDefault()
                ?? throw RefusedException.Unsupported(CountFeedback.NotHere);
            var experiment = await FindExperiment.RequireAsync(store, request.Name, cancellationToken);
            await mediator.Send(new CountFeedback(), cancellationToken);
            var days = DaysOf(experiment, time.GetUtcNow());
            var moments = new MetricMoments[days.Count][];
            for (var day = 0; day < days.Count; day++)
                moments[day] = new MetricMoments[experiment.Variants.Count];
            await foreach (var user in ExperimentUsers.ReadAsync(
                experiment, configurations.Last(), counts.Last(), cancellationToken))
            {
                Add(user, days, moments);
            }
            return new ExperimentHistory(
                experiment,
                [.. days.Zip(moments, (day, one) => new ExperimentDay(day, ExperimentResult.Of(experiment, one)))]);
        }

        /// <summary>From the start to the end, or to today; the last day is always among them.</summary>
        private static List<DateOnly> DaysOf(Experiment experiment, DateTimeOffset now)
        {
            var first = DateOnly.FromDateTime(experiment.StartedAt.UtcDateTime);
            var last = DateOnly.FromDateTime((experiment.EndedAt ?? now).UtcDateTime);
            if (last < first)
                last = first;
            var count = last.DayNumber - first.DayNumber + 1;
            var step = (count + MaximumDays - 1) / MaximumDays;
            var days = new List<DateOnly>();
            for (var day = last; day >= first; day = day.AddDays(-step))
            {
                days.Insert(0, day);
                if (day.DayNumber - first.DayNumber < step)
                    break;
            }
            return days;
        }

        /// <summary>
        /// A day has what the user did up to its end. What comes after the last day, such as a late purchase, is in the
        /// last one.
        /// </summary>
        private static void Add(ExperimentUser user, List<DateOnly> days, MetricMoments[][] moments)
        {
            var total = default(UserTotals);
            using var known = user.Days.GetEnumerator();
            var more = known.MoveNext();
            for (var day = 0; day < days.Count; day++)
            {
                for (; more && (known.Current.Key <= days[day] || day == days.Count - 1); more = known.MoveNext())
                    total += known.Current.Value;
                if (total.Impressions > 0)
                    moments[day][user.Variant] = moments[day][user.Variant].With(total);
            }
        }
    }
}

/// <summary>An experiment over its days.</summary>
/// <param name="Days">Oldest first.</param>
public sealed record ExperimentHistory(Experiment Experiment, IReadOnlyList<ExperimentDay> Days);

/// <summary>What an experiment showed at the end of a day.</summary>
public sealed record ExperimentDay(DateOnly Day, ExperimentResult Result);
