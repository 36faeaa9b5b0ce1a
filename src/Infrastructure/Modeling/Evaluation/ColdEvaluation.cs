using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// Hides all interactions with a share of the items, trains on the older part of the rest with the content of all
/// items, and ranks the hidden items for users who came to them. Also measures what content does to the lists of the
/// other items.
/// </summary>
/// <param name="types">What each type of interaction means.</param>
/// <param name="options">How to train and to measure.</param>
/// <param name="clock">Measures how long it takes.</param>
/// <param name="progress">Receives the progress; may be null.</param>
public sealed class ColdEvaluation(
    EventTypeSettings types, EvaluationOptions options, TimeProvider clock, IProgress<TrainingProgress>? progress)
{
    private static readonly UserId s_tested = UserId.Parse("tested");

    /// <param name="interactions">The log, in any order; held in memory.</param>
    /// <param name="items">The catalogue; read when the log was read to its end.</param>
    /// <param name="share">What share of the items is hidden; above 0, at most 0.5.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="RefusedException">There is too little to train or to test on, or no content.</exception>
    public async Task<ColdReport> RunAsync(
        IAsyncEnumerable<Interaction> interactions,
        Func<IReadOnlyList<CatalogItem>> items,
        double share,
        CancellationToken cancellationToken)
    {
        options.Require();
        if (share is not (> 0 and <= 0.5))
            throw new RefusedException($"The share of the items is {share}; it must be above 0 and at most 0.5.");
        var all = await interactions.ToListAsync(cancellationToken);
        var catalogue = items();
        if (catalogue.Count == 0)
            throw new RefusedException(
                "Nothing is known of the items. Give a catalogue with --items FILE, or a log that names its items.");
        var split = ColdSplit.Of(all, catalogue, share, types);
        var warm = TemporalSplit.Of(split.Visible, options, types);
        var (with, seconds) = await TrainAsync(warm.Train, catalogue, 0, cancellationToken);
        var (without, _) = await TrainAsync(warm.Train, null, 0.5, cancellationToken);
        return Report(split, warm, with, without, cancellationToken) with { TrainSeconds = seconds };
    }

    private ColdReport Report(
        ColdSplit split, TemporalSplit warm, ItemModel with, ItemModel without, CancellationToken cancellationToken)
    {
        var lists = new HiddenLists(with, split.Hidden);
        var cold = new ColdFigures(options.Cutoff);
        var ranker = new UserRanker(new RankableModel(with), types);
        foreach (var user in warm.Train.GroupBy(one => one.UserId).OrderBy(user => user.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!split.Relevant.TryGetValue(user.Key, out var relevant))
                continue;
            var test = TestUser.From([.. user], relevant, types);
            var query = new RankUser(s_tested, test.History, int.MaxValue, test.ActedOn);
            var ranked = lists.NumbersOf(ranker.Rank(query with { Count = with.Items.Length }).Items);
            cold.Add(user.Key, ranked, lists, [.. relevant.Select(lists.NumberOf).Order()]);
        }
        if (cold.Users == 0)
            throw new RefusedException("No user with a history came to a hidden item; hide a larger share.");
        var (one, other) = (Test(with), Test(without));
        return new ColdReport
        {
            Cutoff = options.Cutoff,
            HiddenItems = split.Hidden.Length,
            PlacedItems = split.Hidden.Count(item => with.TryFind(item, out _)),
            Content = Figures.Of(cold.Content, options.Resamples),
            Random = Figures.Of(cold.Random, options.Resamples),
            NewestFirst = Figures.Of(cold.NewestFirst, options.Resamples),
            AmongAll = Figures.Of(cold.AmongAll, options.Resamples),
            Warm = Figures.Of(one.Results, options.Resamples),
            WarmWithout = Figures.Of(other.Results, options.Resamples),
            WarmGain = Figures.Gain(one, other, options.Resamples),
            Parameters = with.Manifest.Parameters,
            Kinds = (with.Manifest.Content?.Kinds ?? []).Where(kind => kind.Weight > 0)
                .ToDictionary(kind => kind.Name, kind => kind.Weight, StringComparer.Ordinal),
            TrainSeconds = 0,
        };

        TestRun Test(ItemModel model) =>
            new TestRun(new RankableModel(model), types, options, model.Popularity, clock).Over(
                warm.Users, cancellationToken);
    }

    private async Task<(ItemModel Model, double Seconds)> TrainAsync(
        List<Interaction> train,
        IReadOnlyList<CatalogItem>? catalogue,
        double from,
        CancellationToken cancellationToken)
    {
        var trainer = new ModelTrainer(Microsoft.Extensions.Options.Options.Create(options.Training), types);
        var start = clock.GetTimestamp();
        await using var model = await trainer.TrainAsync(
            train.ToAsyncEnumerable(),
            new TrainingOptions(DateTimeOffset.MaxValue)
            {
                Catalogue = catalogue is null ? null : _ => catalogue.ToAsyncEnumerable(),
            },
            progress is null ? null : new Half(progress, from),
            cancellationToken);
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        return (await ModelArtefactReader.ReadAsync(model.Artefact, cancellationToken), seconds);
    }

    /// <summary>One of two trainings.</summary>
    private sealed class Half(IProgress<TrainingProgress> whole, double from) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            whole.Report(value with { Fraction = from + (0.5 * value.Fraction) });
    }
}
