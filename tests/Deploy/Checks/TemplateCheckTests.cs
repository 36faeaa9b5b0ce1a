using System.Text.Json.Nodes;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Checks;

/// <summary>
/// cdk-nag (AwsSolutions and Serverless) and the CloudFormation validator have nothing to say that is not explained.
/// </summary>
[Collection(StackCollection.Name)]
public sealed class TemplateCheckTests(Stacks stacks)
{
    // One process for all templates: what takes time is loading the rules.
    [Fact]
    public async Task Every_finding_is_explained_and_planted_ones_are_found()
    {
        var planted = await PlantAsync(stacks.Dev);
        var answers = (
            await NodeScripts.RunAsync("Checks/check-template.js", stacks.Dev.File, stacks.Full.File, planted)
        ).AsArray();
        foreach (var answer in answers.Take(2))
        {
            Assert.True(
                (int)answer!["found"]! > 0,
                "The checks found nothing at all, not even what is explained: do they run?"
            );
            Assert.Equal(
                "",
                string.Join('\n', answer["findings"]!.AsArray().Select(finding => finding!.ToJsonString()))
            );
            Assert.Equal(
                "",
                string.Join('\n', answer["unused"]!.AsArray().Select(accepted => accepted!.ToJsonString()))
            );
        }
        var found = answers[2]!["findings"]!
            .AsArray()
            .Where(finding => (string)finding!["resource"]! == "Planted")
            .Select(finding => (string)finding!["id"]!)
            .ToList();
        Assert.Contains("AwsSolutions-S1", found);
        Assert.Contains(found, id => !id.StartsWith("AwsSolutions", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_accepted_finding_has_a_reason() => Assert.All(
        stacks.Full.Resources.Concat(stacks.Dev.Resources)
            .SelectMany(resource => resource.Json["Metadata"]?["cdk_nag"]?["rules_to_suppress"]?.AsArray() ?? []),
        rule => Assert.True(((string?)rule!["reason"])?.Length > 20, rule.ToJsonString()));

    /// <summary>A bucket that is open and has a property that there is not.</summary>
    private static async Task<string> PlantAsync(SynthesizedTemplate template)
    {
        var planted = template.Json.DeepClone();
        planted["Resources"]!.AsObject()["Planted"] = new JsonObject
        {
            ["Type"] = "AWS::S3::Bucket",
            ["Properties"] = new JsonObject { ["NoSuchProperty"] = true },
        };
        var file = template.File + ".planted.json";
        await File.WriteAllTextAsync(file, planted.ToJsonString());
        return file;
    }
}
