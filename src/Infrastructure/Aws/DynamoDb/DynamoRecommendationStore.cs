using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Lists in DynamoDB, beside the profiles and never in them: an event does not rewrite a list.</summary>
internal sealed class DynamoRecommendationStore(DynamoTable table) : IRecommendationStore
{
    private readonly ItemCalls _calls = new(table);

    public Task<RecommendationList?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        _calls.FindAsync(RecommendationItem.KeyOf(user), RecommendationItem.Read, cancellationToken);

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<RecommendationList> lists,
        CancellationToken cancellationToken
    ) => table.PutManyAsync([.. lists.Select(RecommendationItem.Of)], cancellationToken);

    public async Task ForgetAsync(UserId user, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table.Name,
            Key = ProfileTable.Key(user, ProfileTable.Recommendations),
        };
        await table.GuardAsync(() => table.Client.DeleteItemAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>A Scan of the whole table; for exports, not for serving.</summary>
    public async IAsyncEnumerable<RecommendationList> AllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ReadOnlyMemory<byte> after = default;
        do
        {
            (var lists, after) = await _calls.ScanAsync(
                ProfileTable.Recommendations,
                after,
                RecommendationItem.Read,
                cancellationToken
            );
            foreach (var list in lists)
                yield return list;
        }
        while (!after.IsEmpty);
    }
}
