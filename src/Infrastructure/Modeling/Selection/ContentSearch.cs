using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects how content counts. It hides all interactions of a fifth of the items, and places those items by their
/// content. p and τ rank the hidden items for users who came to them; content is used only if it ranks them better, by
/// three standard errors, than the content of other items does. η is the greatest scale that costs the other items
/// hardly anything. σ, the share of content in the rows of known items, must gain two standard errors.
/// </summary>
/// <param name="split">The data to validate on.</param>
/// <param name="index">The items of the data by their numbers there.</param>
/// <param name="train">Trains W on a part of the data.</param>
/// <param name="recency">How older items of a history count.</param>
/// <param name="options">The options of the training.</param>
/// <param name="cancellationToken">Cancels the search.</param>
internal sealed class ContentSearch(
    ValidationSplit split,
    ContentIndex index,
    Func<UserItemMatrix, ItemWeights> train,
    Recency recency,
    ModelTrainerOptions options,
    CancellationToken cancellationToken)
{
    private const int MaximumUsers = 2_000;
    private const int MinimumUsers = 30;
    private const int Errors = 3;
    private const double MaximumLoss = 0.003;

    /// <returns>Null if content says nothing of what users come to.</returns>
    public ContentParameters? Run()
    {
        var hidden = HiddenItems.Of(split.Remaining, item => !index.IsEmpty(item), cancellationToken);
        var targets = new bool[index.Items];
        foreach (var item in hidden.Visible)
            targets[item] = true;
        var postings = new ContentPostings(index, targets);
        var regression = new KindWeights(hidden.Remaining.Matrix, postings, hidden.Visible, cancellationToken);
        if (regression.Learn() is not { } kinds)
            return null;
        var placed = Placed(new ContentPostings(index with { Weights = kinds }, targets), hidden);
        var weights = train(hidden.Remaining);
        var trials = new ContentTrials(split, hidden, placed, weights, recency, options, cancellationToken);
        var users = trials.UsersOfHidden(MaximumUsers);
        if (users.Length < MinimumUsers)
            return ContentParameters.Default;
        var (best, ndcg) = BestPlacement(trials, users);
        if (!new PairedTest(ndcg, trials.OfHidden(users, best, shift: placed.Length / 2)).Exceeds(Errors))
            return null;
        return best with { Scale = BestScale(trials, best), WarmShare = BestWarmShare(hidden, kinds, weights, best) };
    }

    private ContentNeighbours[] Placed(ContentPostings postings, HiddenItems hidden)
    {
        var space = new ContentSpace(index.Items);
        return Array.ConvertAll(hidden.Items, item =>
        {
            var nearest = postings.Nearest(index.VectorOf(item), without: item, space);
            return nearest with
            {
                Items = Array.ConvertAll(nearest.Items, one => Array.BinarySearch(hidden.Visible, one)),
            };
        });
    }

    private static (ContentParameters Parameters, double[] Ndcg) BestPlacement(ContentTrials trials, int[] users)
    {
        var tried =
            from sharpness in ContentParameters.AllSharpnesses
            from self in ContentParameters.AllSelves
            select ContentParameters.Default with { Sharpness = sharpness, Self = self };
        return tried.Select(one => (Parameters: one, Ndcg: trials.OfHidden(users, one, shift: 0)))
            .MaxBy(one => one.Ndcg.Average());
    }

    /// <summary>The scale that finds most of all items, among those that cost the visible ones hardly
    /// anything.</summary>
    private static double BestScale(ContentTrials trials, ContentParameters parameters)
    {
        var (without, _) = trials.OfAll(MaximumUsers, parameters with { Scale = 0 });
        if (without == 0)
            return ContentParameters.Default.Scale;
        var smallest = ContentParameters.AllScales[0];
        return ContentParameters.AllScales
            .Select(scale => (Scale: scale, Ndcg: trials.OfAll(MaximumUsers, parameters with { Scale = scale })))
            .Where(one => one.Scale == smallest || one.Ndcg.Visible >= (1 - MaximumLoss) * without)
            .MaxBy(one => one.Ndcg.All).Scale;
    }

    private double BestWarmShare(HiddenItems hidden, float[] kinds, ItemWeights weights, ContentParameters best)
    {
        var visible = new ValidationSplit(
            hidden.Remaining,
            split.Users,
            Array.ConvertAll(split.HeldOut, items => Visible(items)),
            split.AllowRepeats).OfNewItems();
        if (!visible.IsWorthwhile)
            return 0;
        var rows = new ContentTrainer(index.Of(hidden.Visible) with { Weights = kinds }, best.Sharpness).Train(
            hidden.Remaining,
            new(options.NeighboursPerItem, options.Threads, (_, _) => { }, cancellationToken));
        Mixture[] mixtures = [.. ContentParameters.AllWarmShares.Select(share => new Mixture(share, 0))];
        rows = WeightMixture.Scaled(rows, weights);
        var byUser = new HeldOutNdcg(visible, options.Threads).ByUser(
            MaximumUsers, weights, rows, recency, null, null, mixtures, cancellationToken);
        var trials = mixtures.Select((_, at) => Array.ConvertAll(byUser, one => one[at])).ToArray();
        var chosen = Enumerable.Range(0, trials.Length).MaxBy(at => trials[at].Average());
        return chosen > 0 && new PairedTest(trials[chosen], trials[0]).Exceeds(2) ? mixtures[chosen].Share : 0;

        int[] Visible(int[] items) =>
            [.. items.Select(item => Array.BinarySearch(hidden.Visible, item)).Where(number => number >= 0)];
    }
}
