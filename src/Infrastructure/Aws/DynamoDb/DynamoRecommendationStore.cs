using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Lists in DynamoDB, beside the profiles and never in them: an event does not rewrite a list.</summary>
internal sealed class DynamoRecommendationStore(DynamoTable table) : IRecommendationStore
{
    public async Task<RecommendationList?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        await table.FindAsync(ProfileTable.Key(user, ProfileTable.Recommendations), cancellationToken) is { } item
            ? RecommendationItem.ToList(item) : null;

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<RecommendationList> lists, CancellationToken cancellationToken) =>
        table.PutManyAsync([.. lists.Select(RecommendationItem.From)], cancellationToken);

    public async Task ForgetAsync(UserId user, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest { TableName = table.Name, Key = ProfileTable.Key(user, ProfileTable.Recommendations) };
        await table.GuardAsync(() => table.Client.DeleteItemAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>A Scan of the whole table; for exports, not for serving.</summary>
    public async IAsyncEnumerable<RecommendationList> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in table.ScanAsync(ProfileTable.Recommendations, cancellationToken))
            yield return RecommendationItem.ToList(item);
    }
}
