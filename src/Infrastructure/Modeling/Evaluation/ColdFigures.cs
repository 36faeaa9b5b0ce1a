using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Metrics;

namespace Recommendation.Modeling.Evaluation;

/// <summary>Measures how each user's hidden items are ranked.</summary>
/// <param name="cutoff">k.</param>
internal sealed class ColdFigures(int cutoff)
{
    private const string Segment = "cold";

    public int Users => Content.Count;

    public List<(string Segment, RankingMetrics Metrics)> Content { get; } = [];

    public List<(string Segment, RankingMetrics Metrics)> Random { get; } = [];

    public List<(string Segment, RankingMetrics Metrics)> NewestFirst { get; } = [];

    public List<(string Segment, RankingMetrics Metrics)> AmongAll { get; } = [];

    /// <param name="user">Seeds the random order.</param>
    /// <param name="ranked">All items by score, as numbers of <paramref name="lists"/>.</param>
    /// <param name="lists">The hidden items.</param>
    /// <param name="relevant">The hidden items that the user came to, ascending.</param>
    public void Add(UserId user, int[] ranked, HiddenLists lists, int[] relevant)
    {
        var hidden = Enumerable.Range(0, lists.Count).ToArray();
        Add(Content, [.. ranked.Where(item => item < lists.Count)], relevant);
        Add(AmongAll, ranked, relevant);
        Add(NewestFirst, hidden, relevant);
        new Random(unchecked((int)StableHash.Of(user.Value))).Shuffle(hidden);
        Add(Random, hidden, relevant);
    }

    private void Add(List<(string, RankingMetrics)> results, int[] ranked, int[] relevant) =>
        results.Add((Segment, RankingMetrics.Of(ranked.AsSpan(0, Math.Min(cutoff, ranked.Length)), relevant, cutoff)));
}
