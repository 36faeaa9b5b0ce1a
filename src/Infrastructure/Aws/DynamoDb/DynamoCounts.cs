using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb.Direct;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The index of active users holds one item a profile, and DynamoDB counts it every six hours; lists and quarantine
/// would have to be read to be counted.
/// </summary>
internal sealed class DynamoCounts(DirectDynamoClient client, AwsOptions options) : IStoreCounts
{
    public async Task<StoreCounts> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var table = (
                await client.DescribeTableAsync(
                    new DescribeTableRequest { TableName = options.TableName },
                    cancellationToken
                )
            ).Table;
            var index = table.GlobalSecondaryIndexes?.FirstOrDefault(index =>
                string.Equals(index.IndexName, ProfileTable.ActiveUsers, StringComparison.Ordinal)
            );
            return new StoreCounts(index?.ItemCount, Lists: null, Quarantined: null);
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault("The table");
        }
    }
}
