using System.Text.Json.Nodes;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Reference;

/// <summary>
/// A development stack goes as a whole: what writes into the bucket ends before the bucket is emptied.
/// </summary>
[Collection(StackCollection.Name)]
public sealed class TearDownTests(Stacks stacks)
{
    [Theory]
    [InlineData("AWS::KinesisFirehose::DeliveryStream")]
    [InlineData("AWS::Lambda::EventSourceMapping")]
    public void What_writes_into_the_bucket_ends_before_it_is_emptied(string type)
    {
        // Resources are removed in the opposite order of their dependencies.
        var emptying = stacks.Dev.Only("Custom::S3AutoDeleteObjects").Id;
        Assert.Contains(
            emptying,
            ((JsonArray)stacks.Dev.Only(type).Json["DependsOn"]!).Select(dependency => (string?)dependency)
        );
    }
}
