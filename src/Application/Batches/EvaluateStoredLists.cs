using FluentValidation;
using MediatR;
using Recommendation.Application.Models;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Batches;

/// <summary>
/// Measures the lists of the last completed batch run on what their users came to since the run began: positive
/// interactions with items that the user had not acted on before. Of a large log the newest 20,000 interactions are
/// looked at. The result is recorded as a metric if enough users can be measured.
/// </summary>
/// <param name="Cutoff">k: how many items of each list are looked at.</param>
public sealed record EvaluateStoredLists(int Cutoff = RankedItems.DefaultShown) : IRequest<StoredListsQuality>
{
    internal sealed class Validator : AbstractValidator<EvaluateStoredLists>
    {
        public Validator() =>
            RuleFor(request => request.Cutoff).InclusiveBetween(1, 1000).WithMessage("Measure lists of 1–1,000 items.");
    }

    internal sealed class Handler(
        IBatchRuns runs,
        HoldoutReader holdouts,
        IRecommendationStore lists,
        Variants variants,
        TimeProvider time
    ) : IRequestHandler<EvaluateStoredLists, StoredListsQuality>
    {
        /// <summary>Runs are looked through from the newest; one that completed is usually among the first.</summary>
        private const int Looked = 100;

        public async Task<StoredListsQuality> Handle(EvaluateStoredLists request, CancellationToken cancellationToken)
        {
            var run =
                (await runs.ListAsync(Looked, cancellationToken)).FirstOrDefault(one =>
                    one is { State: BatchState.Completed, IsOfGivenUsers: false }
                )
                ?? throw new RefusedException("There is no completed batch run yet.") { Hint = new(NextStep.StartRun) };
            var holdout = await holdouts.AfterAsync(run.StartedAt, time.GetUtcNow(), cancellationToken);
            var groups = await variants.FindAsync(cancellationToken);
            var measured = new List<ListQuality>();
            var without = 0;
            foreach (var user in holdout.Users)
            {
                var list = await lists.FindAsync(user.User!.Value, cancellationToken);
                if (list?.RunId == run.Id)
                    measured.Add(ListQuality.Of(
                        list.Items.Select(item => groups.MainOf(item.ItemId)), user.Relevant, request.Cutoff));
                else
                    without++;
            }
            var quality = new StoredListsQuality(
                run,
                request.Cutoff,
                measured.Count,
                without,
                Average(measured, one => one.Recall),
                Average(measured, one => one.Ndcg),
                Average(measured, one => one.IsHit ? 1 : 0)
            );
            if (quality.IsTelling && request.Cutoff == RankedItems.DefaultShown)
                Telemetry.StoredListsNdcg.Record(quality.Ndcg);
            return quality;
        }

        private static double Average(List<ListQuality> measured, Func<ListQuality, double> value) =>
            measured.Select(value).DefaultIfEmpty().Average();
    }
}

/// <summary>How well the stored lists foresaw what users came to.</summary>
/// <param name="Run">The run that made them.</param>
/// <param name="Cutoff">k: how many items of each list were looked at.</param>
/// <param name="Users">Users with a list of the run who came to something new since.</param>
/// <param name="WithoutList">Users who came to something new and have no list of the run, such as new ones.</param>
/// <param name="Recall">Hits / relevant items, averaged over the users.</param>
/// <param name="Ndcg">Binary NDCG, averaged over the users.</param>
/// <param name="HitRate">Share of the users with any hit.</param>
public sealed record StoredListsQuality(
    BatchRun Run, int Cutoff, int Users, int WithoutList, double Recall, double Ndcg, double HitRate)
{
    /// <summary>Whether there are enough users for the figures to mean something.</summary>
    public bool IsTelling => Users >= ModelGate.FewestUsers;
}
