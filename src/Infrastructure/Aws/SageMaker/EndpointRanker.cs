using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.SageMaker;

/// <summary>
/// Ranks on a SageMaker endpoint, many users in a call; what fails of a call fails for its users alone.
/// </summary>
internal sealed class EndpointRanker(EndpointCalls calls, EventTypeSettings types, AwsOptions options) : IRanker
{
    private const int CallsInFlight = 8;

    /// <summary>
    /// An answer holds <see cref="RankingRequest.MaximumCount"/> items of a user at most. More are asked for by
    /// excluding those that came, so that a list can be widened to the whole catalogue.
    /// </summary>
    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        var answer = await RankOnceAsync(request, cancellationToken);
        Ranking[] rankings = [.. answer.Rankings];
        for (var given = RankingRequest.MaximumCount; ; given += RankingRequest.MaximumCount)
        {
            var open = Enumerable.Range(0, rankings.Length)
                .Where(i => request.Users[i].Count > given && rankings[i].Items.Count == given).ToList();
            if (open.Count == 0)
                return answer with { Rankings = rankings };
            var further = await RankOnceAsync(
                request with
                {
                    Users = [.. open.Select(i => After(request.Users[i], rankings[i]))],
                },
                cancellationToken
            );
            for (var k = 0; k < open.Count; k++)
                rankings[open[k]] = Join(rankings[open[k]], further.Rankings[k], further.Model == answer.Model);
        }
    }

    private static RankUser After(RankUser user, Ranking ranking) => user with
    {
        Count = user.Count - ranking.Items.Count,
        Exclude = [.. user.Exclude, .. ranking.Items.Select(item => item.ItemId)],
    };

    private Ranking Join(Ranking before, Ranking further, bool isSameModel)
    {
        if (further.Kind == RankingKind.Failed)
            return further;
        if (!isSameModel)
            return Ranking.Failed(before.UserId, $"{calls.Subject} changed its model between two calls.");
        // Popular items after ranked ones: the ranking is over.
        return further.Kind == before.Kind
            ? before with { Items = RankedItems.FromStored([.. before.Items, .. further.Items]) } : before;
    }

    private async Task<RankedUsers> RankOnceAsync(RankUsers request, CancellationToken cancellationToken)
    {
        // The endpoint serves one model, whatever is asked for.
        if (request.Users.Count == 0)
            return new RankedUsers(Model: null, []);
        var rankings = new Dictionary<UserId, Ranking>();
        var model = options.EndpointFormat == EndpointFormat.SingleUser
            ? await RankOneByOneAsync(request, rankings, cancellationToken)
            : await RankTogetherAsync(request, rankings, cancellationToken);
        var answer = new RankedUsers(model, [.. request.Users.Select(user => rankings[user.UserId])]);
        if (answer.Rankings.All(ranking => ranking.Kind == RankingKind.Failed))
            throw new RankerUnavailableException(answer.Rankings[0].Error ?? $"{calls.Subject} ranked for nobody.");
        return answer;
    }

    private async Task<ModelVersion?> RankTogetherAsync(
        RankUsers request,
        Dictionary<UserId, Ranking> rankings,
        CancellationToken cancellationToken
    )
    {
        ModelVersion? model = null;
        var isFirst = true;
        var tooLarge = new List<RankUser>();
        foreach (var question in RankingRequest.From(request, tooLarge))
        {
            var answer = await AskAsync(question, cancellationToken);
            if (isFirst && answer.Rankings.Any(ranking => ranking.Kind != RankingKind.Failed))
                (model, isFirst) = (answer.Model, false);
            foreach (var ranking in answer.Rankings)
            {
                rankings[ranking.UserId] =
                    ranking.Kind == RankingKind.Failed || answer.Model == model
                        ? ranking
                        : Ranking.Failed(
                            ranking.UserId,
                            $"{calls.Subject} changed from model {model} to {answer.Model} between two calls."
                        );
            }
        }
        foreach (var user in tooLarge)
            rankings[user.UserId] = Ranking.Failed(
                user.UserId,
                $"A user's history and exclusions are larger than the {RankingRequest.MaximumBytes} bytes that an "
                    + "endpoint takes."
            );
        return model;
    }

    private async Task<RankedUsers> AskAsync(RankingRequest question, CancellationToken cancellationToken)
    {
        try
        {
            return RankingResponse.Read(
                await calls.AskAsync(question.Body, cancellationToken),
                question.Users,
                types,
                calls.Subject
            );
        }
        catch (RankerUnavailableException problem)
        {
            return new RankedUsers(
                null,
                [.. question.Users.Select(user => Ranking.Failed(user.UserId, problem.Message))]
            );
        }
    }

    private async Task<ModelVersion?> RankOneByOneAsync(
        RankUsers request,
        Dictionary<UserId, Ranking> rankings,
        CancellationToken cancellationToken
    )
    {
        var made = new Ranking[request.Users.Count];
        var inFlight = new ParallelOptions
        {
            MaxDegreeOfParallelism = CallsInFlight,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(
            0,
            made.Length,
            inFlight,
            async (i, cancellation) => made[i] = await AskAsync(request.Users[i], cancellation)
        );
        foreach (var ranking in made)
            rankings[ranking.UserId] = ranking;
        // The form says nothing of the model; the caller's is the best guess that there is.
        return request.Model;
    }

    private async Task<Ranking> AskAsync(RankUser user, CancellationToken cancellationToken)
    {
        try
        {
            return SingleUserForm.Read(
                await calls.AskAsync(SingleUserForm.Write(user), cancellationToken),
                user,
                types,
                calls.Subject
            );
        }
        catch (RankerUnavailableException problem)
        {
            return Ranking.Failed(user.UserId, problem.Message);
        }
    }
}
