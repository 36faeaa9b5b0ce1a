using Recommendation.Application.Ports;
using Recommendation.Modeling.RowBlocks;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Selects the parameters on a sample of users, and makes what all rows need: the eigenvectors from all histories, the
/// factors from the sample.
/// </summary>
internal sealed class RowPlanner(ModelTrainerOptions options)
{
    private const double SearchShare = 0.5;
    private const double SpectralShare = 0.6;
    private const int SizedRows = 256;

    /// <param name="job">The histories.</param>
    /// <param name="given">The parameters; null where they are to be selected.</param>
    /// <param name="fast">Whether to use fixed parameters instead of selecting them.</param>
    /// <param name="progress">Receives the name of the stage and the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="RefusedException">The given parameters need more than rows by range can have.</exception>
    public RowPlan Make(
        RowJob job, SelectedModel? given, bool fast, Action<string, double> progress,
        CancellationToken cancellationToken)
    {
        var choice = given ?? Select(job, fast, progress, cancellationToken);
        if (choice.Ease is not null || choice.GraphFilter.Flatness != 1)
            throw new RefusedException(
                "The parameters are of EASE or of a filter with a flatness above 1, whose rows can't be made out of "
                    + "core. Train without --out-of-core, or train a new model out of core.");
        var filter = choice.GraphFilter;
        if (!filter.IsPlain)
            progress("computing eigenvectors", SearchShare);
        var graph = filter.IsPlain
            ? null : StreamedGraph.Measure(job.Histories, filter.UserExponent, cancellationToken);
        var lowRank = graph is not null && filter.LowRankShare > 0
            ? LowRank.Of(graph, options.Rank, options.Threads, cancellationToken) : null;
        if (filter.LowRankShare > 0 && lowRank is null)
            filter = filter with { LowRankShare = 0 };
        var plan = new RowPlan(
            choice with { GraphFilter = filter, Ensemble = null }, graph?.Greatest ?? 1, lowRank, Factors: null);
        return choice.Factors.IsNone ? plan : WithFactors(job, plan, choice.Ensemble, progress, cancellationToken);
    }

    private SelectedModel Select(
        RowJob job, bool fast, Action<string, double> progress, CancellationToken cancellationToken)
    {
        if (fast || !options.Search)
            return SelectedModel.Default(options);
        var sample = job.Sample(cancellationToken);
        var (part, all) = (sample.Matrix.Rows, job.Source.Users);
        var stage = job.IsSampled ? FormattableString.Invariant($" (a sample of {part:n0} of {all:n0} users)") : "";
        return new WeightTraining(options.ForRows()).Select(
            sample, (name, fraction) => progress(name + stage, SearchShare * fraction / 0.6), cancellationToken);
    }

    private RowPlan WithFactors(
        RowJob job, RowPlan plan, FactorEnsemble? ensemble, Action<string, double> progress,
        CancellationToken cancellationToken)
    {
        var (filter, sample) = (plan.Choice.GraphFilter, job.Sample(cancellationToken).Matrix);
        var graph = new ItemGraph(sample, filter.UserExponent);
        if (ensemble is null)
        {
            if (LowRank.Of(graph, options.Rank, options.Threads, cancellationToken) is not { } start)
                return plan with { Choice = plan.Choice with { Factors = FactorParameters.None } };
            ensemble = new FactorEnsemble(start, FactorOptions.For(sample) ?? FactorOptions.Default);
        }
        var learned = ensemble.Train(
            sample, options.Threads,
            fraction => progress(SampledSoftmaxTrainer.Stage, double.Lerp(SpectralShare, 1, fraction)),
            cancellationToken);
        var factors = RowFactors.OfSample(
            learned, graph.Degrees, ItemFactors.PopularityPrior(job.Histories.Degrees, plan.Choice.Factors.Exponent));
        return plan with { Factors = new(factors, Size(job, plan, factors, cancellationToken)) };
    }

    /// <summary>See <see cref="FactorRows.Size"/>, which compares some rows of W with those of the factors.</summary>
    private float Size(RowJob job, RowPlan plan, ItemFactors factors, CancellationToken cancellationToken)
    {
        int[] filled = [.. Enumerable.Range(0, job.Items).Where(item => job.Histories.Degrees[item] > 0)];
        int[] some =
            [.. filled.Chunk(Math.Max(1, filled.Length / SizedRows)).Select(chunk => chunk[0]).Take(SizedRows)];
        var neighbours = FactorRows.LengthBefore * options.NeighboursPerItem;
        var rows = new WeightRows(
            job.Histories, plan.Greatest, plan.Choice.GraphFilter, plan.LowRank, factors: null, neighbours)
            .Make(some, 0, job.Panels, _ => { }, cancellationToken);
        var weights = RowBlock.Join([rows]).Among(some, job.Items);
        var size = new FactorRows(factors, options.NeighboursPerItem, options.Threads).Size(weights, cancellationToken);
        return (float)(plan.Choice.Factors.Share * size);
    }
}
