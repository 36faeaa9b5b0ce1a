using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>The command as a .NET tool: what is in the package, and that it installs and works.</summary>
[Collection(ServeProcess.Tests)]
public sealed class ToolTests : IDisposable
{
    private const string Version = "0.0.1-test";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tool_is_installed_from_its_package_and_works()
    {
        var feed = Path.Combine(_folder.Path, "feed");
        await DotNetCommand.RunAsync(
            BuiltProgram.Root, "pack", "src/Hosts/Cli", "--no-build", "--nologo", "-c", DotNetCommand.Configuration,
            "-o", feed, $"-p:PackageVersion={Version}");
        RequireContents(Path.Combine(feed, $"recommendation.{Version}.nupkg"));

        var tools = Path.Combine(_folder.Path, "tools");
        // Only the folder: the package needs nothing of a registry.
        var sources = new XElement("packageSources", new XElement("clear"), Source(feed));
        var settings = Path.Combine(_folder.Path, "nuget.config");
        new XDocument(new XElement("configuration", sources)).Save(settings);
        await DotNetCommand.RunAsync(
            _folder.Path, "tool", "install", "recommendation", "--version", Version, "--tool-path", tools,
            "--configfile", settings);
        var recommend = Path.Combine(tools, OperatingSystem.IsWindows() ? "recommend.exe" : "recommend");
        var help = await DotNetCommand.ProgramAsync(recommend, _folder.Path, "--help");
        Assert.Contains("recommend [command]", help, StringComparison.Ordinal);

        var file = Path.Combine(_folder.Path, "events.csv");
        File.WriteAllLines(
            file, ["user_id,item_id,timestamp", "ann,tea,2026-01-02T03:04:05Z", "bob,tea,2026-01-02T03:04:06Z"]);
        var output = await DotNetCommand.ProgramAsync(
            recommend, _folder.Path, "ingest", file, "--json", "--data", Path.Combine(_folder.Path, "data"));
        Assert.Equal(2, JsonNode.Parse(output)!["appended"]!.GetValue<int>());
    }

    private static XElement Source(string feed) =>
        new("add", new XAttribute("key", "folder"), new XAttribute("value", feed));

    private static void RequireContents(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        var files = zip.Entries.Select(entry => entry.FullName).ToList();
        Assert.Superset(
            new HashSet<string>
            {
                "README.md", "icon.png", "tools/net10.0/any/recommend.dll", "tools/net10.0/any/recommend.pdb",
                "tools/net10.0/any/samples/online-retail-2010-12.csv.gz", "tools/net10.0/any/DotnetToolSettings.xml",
            },
            files.ToHashSet(StringComparer.Ordinal));
        Assert.Contains(files, file => file.Contains("linux-x64/native", StringComparison.Ordinal));
        Assert.Contains(files, file => file.Contains("win-x64/native", StringComparison.Ordinal));
        using var settings = zip.GetEntry("tools/net10.0/any/recommend.runtimeconfig.json")!.Open();
        Assert.Equal(
            "Major", JsonNode.Parse(settings)!["runtimeOptions"]!["rollForward"]!.GetValue<string>());
        using var manifest = zip.GetEntry("recommendation.nuspec")!.Open();
        var metadata = XDocument.Load(manifest).Root!.Elements().Single(one => one.Name.LocalName == "metadata");
        string Of(string name) => metadata.Elements().Single(one => one.Name.LocalName == name).Value;
        Assert.Equal(("Apache-2.0", "README.md", "icon.png"), (Of("license"), Of("readme"), Of("icon")));
    }
}
