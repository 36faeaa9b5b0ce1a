using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Adds what items say of themselves to trained weights: a share in the rows of known items, and rows and columns of
/// new items.
/// </summary>
/// <param name="options">The options of the training.</param>
/// <param name="catalogue">The content.</param>
internal sealed class ContentTraining(ModelTrainerOptions options, ContentCatalogue catalogue)
{
    /// <summary>Content is compared with rows of EASE up to this size; each inversion costs its cube.</summary>
    private const int EaseItems = 3_000;

    /// <summary>Selects how content counts on data held out of the training data.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="choice">How the weights are trained. Factors are left out here: they cost most of a
    /// training.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Null if content says nothing of what users come to.</returns>
    public ContentParameters? Select(UserItemMatrix data, SelectedModel choice, CancellationToken cancellationToken)
    {
        var index = catalogue.Index(data.Events.ItemIds, cancellationToken);
        if (index.Features.Length == 0)
            return null;
        var split = ValidationSplit.Of(data, options.ValidationUsers, options.AllowRepeats, cancellationToken);
        var simple = choice with { Factors = FactorParameters.None, Ensemble = null };
        return new ContentSearch(
            split,
            index,
            part => new WeightTraining(options).Refit(part, Affordable(part), (_, _) => { }, cancellationToken).Weights,
            choice.Sequence.Recency,
            options,
            cancellationToken).Run();

        SelectedModel Affordable(UserItemMatrix part) =>
            part.Matrix.Columns > EaseItems ? simple with { Ease = null } : simple;
    }

    /// <param name="data">The training data.</param>
    /// <param name="weights">What was trained on them.</param>
    /// <param name="parameters">How content counts.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <returns>Null if content predicts nothing of what occurs together.</returns>
    public TrainedContent? Train(
        UserItemMatrix data, ItemWeights weights, ContentParameters parameters, CancellationToken cancellationToken)
    {
        var ids = data.Events.ItemIds;
        var newItems = catalogue.NewItems(ids, NewItemLimit(ids.Length));
        string[] all = [.. ids.Concat(newItems).Order(StringComparer.Ordinal)];
        var known = Array.ConvertAll(ids, id => Array.BinarySearch(all, id, StringComparer.Ordinal));
        var index = catalogue.Index(all, cancellationToken);
        var isKnown = new bool[all.Length];
        foreach (var number in known)
            isKnown[number] = true;
        var postings = new ContentPostings(index, isKnown);
        if (new KindWeights(data.Matrix, postings, known, cancellationToken).Learn() is not { } kinds)
            return null;
        index = index with { Weights = kinds };
        var unit = weights.MeanRowMaximum();
        if (parameters.WarmShare > 0)
            weights = WithContent(data, weights, index.Of(known), parameters, cancellationToken);
        var placed = Placed(new ContentPostings(index, isKnown), isKnown, known, cancellationToken);
        var extended = new ContentPlacement(parameters, options.NeighboursPerItem, options.Threads)
            .Extend(weights, unit, known, all.Length, placed, cancellationToken);
        return new(all, known, extended, index, parameters);
    }

    /// <summary>As many as the options allow, and as a model can hold.</summary>
    private int NewItemLimit(int known)
    {
        var row = options.NeighboursPerItem + ContentPlacement.EntriesOf(options.NeighboursPerItem);
        return Math.Min(options.NewItems, (Array.MaxLength / row) - known);
    }

    private ItemWeights WithContent(
        UserItemMatrix data,
        ItemWeights weights,
        ContentIndex index,
        ContentParameters parameters,
        CancellationToken cancellationToken)
    {
        var rows = new ContentTrainer(index, parameters.Sharpness).Train(
            data, new(options.NeighboursPerItem, options.Threads, (_, _) => { }, cancellationToken));
        return WeightMixture.Of(
            weights, WeightMixture.Scaled(rows, weights), parameters.WarmShare, options.NeighboursPerItem);
    }

    private (int Number, ContentNeighbours Nearest)[] Placed(
        ContentPostings postings, bool[] isKnown, int[] known, CancellationToken cancellationToken)
    {
        var places = new int[isKnown.Length];
        foreach (var (item, number) in known.Index())
            places[number] = item;
        int[] numbers = [.. Enumerable.Range(0, isKnown.Length).Where(number => !isKnown[number])];
        var placed = new (int Number, ContentNeighbours Nearest)[numbers.Length];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, numbers.Length, parallel, () => new ContentSpace(isKnown.Length), (at, _, space) =>
        {
            var nearest = postings.Nearest(postings.Index.VectorOf(numbers[at]), without: -1, space);
            placed[at] = (numbers[at], nearest with { Items = Array.ConvertAll(nearest.Items, one => places[one]) });
            return space;
        }, _ => { });
        return placed;
    }
}
