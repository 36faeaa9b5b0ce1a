using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

public sealed class PlatformSetupTests
{
    [Fact]
    public async Task What_is_missing_is_created_and_what_is_there_is_left_alone()
    {
        await using var fixture = await AwsFixture.ConnectAsync();
        var first = await fixture.Setup().CreateAsync(shards: 2, CancellationToken.None);
        Assert.All(first, sentence => Assert.EndsWith("was created.", sentence, StringComparison.Ordinal));

        await fixture.Profiles.SaveAsync([Some.Profile()], null, CancellationToken.None);
        var again = await fixture.Setup().CreateAsync(shards: 2, CancellationToken.None);
        Assert.All(again, sentence => Assert.EndsWith("was there.", sentence, StringComparison.Ordinal));
        Assert.Single(await fixture.Profiles.LoadAsync([Some.User()], CancellationToken.None));
    }

    [Fact]
    public async Task A_table_of_the_reference_system_under_the_name_is_refused_with_the_way_over()
    {
        await using var fixture = await AwsFixture.ConnectAsync();
        await fixture.Dynamo.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = fixture.Options.TableName,
                AttributeDefinitions = [new AttributeDefinition("userId", "S")],
                KeySchema = [new KeySchemaElement("userId", "HASH")],
                ProvisionedThroughput = new ProvisionedThroughput(5, 5),
            }
        );
        var problem = await Assert.ThrowsAsync<RefusedException>(() =>
            fixture.Setup().CreateAsync(1, CancellationToken.None)
        );
        Assert.Contains("recommend migrate", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_can_not_be_reached_is_said_so()
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Drop);
        await using var fixture = await AwsFixture.ConnectAsync(
            options => options.RequestRetries = 0,
            dynamoDb: stub.Url
        );
        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            fixture.Setup().CreateAsync(1, CancellationToken.None)
        );
        Assert.StartsWith(
            $"Table {fixture.Options.TableName} could not be reached",
            problem.Message,
            StringComparison.Ordinal
        );
    }
}
