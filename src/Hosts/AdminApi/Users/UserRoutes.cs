using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Profiles;
using Recommendation.Application.Receipts;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.AdminApi.Users;

/// <summary>What is known of a user, and what to offer.</summary>
internal static class UserRoutes
{
    internal static async Task<UserDocument> GetAsync(
        HttpContext context,
        string id,
        IMediator mediator,
        IProfileFollower follower,
        CancellationToken cancellationToken
    )
    {
        var user = PathIds.User(context, id);
        await follower.FollowedAsync(user, cancellationToken);
        return UserDocument.From(await mediator.Send(new ShowUser(user), cancellationToken));
    }

    internal static Task<ReceiptKey> ReceiptKeyAsync(IMediator mediator, CancellationToken cancellationToken) =>
        mediator.Send(new ShowReceiptKey(), cancellationToken);

    internal static async Task<ExportDocument> ExportAsync(
        HttpContext context,
        string id,
        IMediator mediator,
        CancellationToken cancellationToken
    ) => ExportDocument.From(await mediator.Send(new ExportUser(PathIds.User(context, id)), cancellationToken));

    internal static async Task<TaggedList> RecommendAsync(
        HttpContext context,
        string id,
        int? n,
        string[]? exclude,
        string[]? category,
        bool? explain,
        bool? preview,
        string? fields,
        string? cursor,
        string? scenario,
        IMediator mediator,
        IProfileFollower follower,
        CancellationToken cancellationToken
    )
    {
        var user = PathIds.User(context, id);
        var filter = ListFilters.From(exclude, category, cursor);
        var wanted = ListFields.From(fields);
        await follower.FollowedAsync(user, cancellationToken);
        var list = scenario is null
            ? await mediator.Send(
                new Recommend(user, n ?? RankedItems.DefaultShown, filter, AlwaysAnswer: true)
                {
                    IsPreview = preview ?? false,
                },
                cancellationToken)
            : await mediator.Send(
                new RecommendForScenario(PathIds.Read(ScenarioName.Parse, scenario), user)
                {
                    Count = n,
                    Filter = filter ?? ListFilter.None,
                    IsPreview = preview ?? false,
                },
                cancellationToken);
        var document = ListDocument.From(list, explain: explain ?? true, fields: wanted) with { Scenario = scenario };
        return new TaggedList(
            list.More ? document with { Next = SeenItemsCursor.After(filter?.Seen, list).ToString() } : document
        );
    }
}
