using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Given;

/// <summary>Answers what the test put down; remembers what it was asked.</summary>
internal sealed class FakeExplainer : IRankingExplainer
{
    internal ScoreExplanation? Answer { get; set; }

    internal RankUser? Asked { get; private set; }

    public Task<ScoreExplanation?> ExplainAsync(RankUser user, ItemId item, CancellationToken cancellationToken)
    {
        Asked = user;
        return Task.FromResult(Answer);
    }
}
