using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Snapshots;

[Collection(StackCollection.Name)]
public sealed partial class SnapshotTests(Stacks stacks)
{
    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_development_template_is_the_committed_one() =>
        Committed.Check("tests/Deploy/Snapshots/dev.template.json", Text(stacks.Dev));

    [Fact]
    public void The_production_template_with_everything_is_the_committed_one() =>
        Committed.Check("tests/Deploy/Snapshots/prod.template.json", Text(stacks.Full));

    [Fact]
    public void The_table_of_settings_is_what_the_environments_have()
    {
        var (dev, prod) = (Environments.Of("dev", "dev"), Environments.Of("prod", "prod"));
        var rows = SettingsTable.All.Select(setting =>
            $"| `{setting.Key}` | {setting.Meaning} | {setting.Read(dev)} | {setting.Read(prod)} |\n"
        );
        Committed.CheckSection(
            "docs/deploy.md",
            "settings",
            $"| Setting | | `dev` | `prod` |\n|---|---|---|---|\n{string.Concat(rows)}"
        );
    }

    /// <summary>Without what differs although the stack does not: hashes of assets.</summary>
    private static string Text(SynthesizedTemplate template)
    {
        var json = (JsonObject)template.Json.DeepClone();
        foreach (var resource in json["Resources"]!.AsObject().Select(pair => pair.Value!.AsObject()))
        {
            resource["Metadata"]?.AsObject().Remove("aws:asset:path");
            resource["Metadata"]?.AsObject().Remove("aws:cdk:path");
        }
        return AssetHash().Replace(json.ToJsonString(s_readable), "ASSET") + "\n";
    }

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, 10_000)]
    private static partial Regex AssetHash();
}
