using System.Text.RegularExpressions;
using System.Xml.Linq;
using Recommendation.Architecture.Tests.Files;

namespace Recommendation.Architecture.Tests.Documents;

public sealed partial class DocumentTests
{
    private const string Demo = "dotnet run -c Release --project src/Hosts/Cli -- demo";
    private const string Test = "dotnet test Recommendation.sln";

    [Fact]
    public void The_readme_asks_for_exactly_two_commands() => Assert.Equal([Demo, Test], Commands(Read("README.md")));

    [Fact]
    public void The_gate_runs_the_test_command_of_the_readme() => Assert.Contains(
        Read(".ci/run").Split('\n'), line => line.StartsWith(Test + " ", StringComparison.Ordinal) || line == Test);

    [Fact]
    public void Every_link_in_a_document_leads_somewhere() =>
        Assert.Empty(MarkdownLinks.Broken(Product.Root, RepositoryFiles.Text(Product.Root, "*.md")));

    [Fact]
    public void The_notices_name_every_package_and_no_other() =>
        Assert.Equal(
            XDocument
                .Parse(Read("Directory.Packages.props"))
                .Descendants("PackageVersion")
                .Select(package => package.Attribute("Include")!.Value)
                .Order(StringComparer.Ordinal),
            Rows()
                .Matches(Read("THIRD-PARTY-NOTICES.md"))
                .Select(row => row.Groups[1].Value)
                .Where(name => name != "Package")
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_decision_is_listed_and_says_when_it_does_not_apply()
    {
        var folder = Path.Combine(Product.Root, "docs", "decisions");
        var decisions = Directory.EnumerateFiles(folder, "0*.md").ToList();
        Assert.NotEmpty(decisions);
        Assert.All(
            decisions,
            decision =>
                Assert.Contains("**When this does not apply.**", File.ReadAllText(decision), StringComparison.Ordinal)
        );
        Assert.All(
            decisions,
            decision =>
                Assert.Contains(
                    $"({Path.GetFileName(decision)})",
                    Read("docs/decisions/README.md"),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void A_planted_command_more_would_be_seen() =>
        Assert.Equal(
            ["one --flag", "two", "three"],
            Commands("```sh\none --flag\n```\ntext\n```sh\ntwo\n\nthree\n```\n```csharp\nfour();\n```\n")
        );

    [Fact]
    public void Planted_broken_links_are_found_and_good_ones_are_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "docs/there.md",
            "# What & why\n[up](../README.md) [here](#what--why) [site](https://example.org/x) [lost](gone.md) "
                + "[lost](#gone)"
        );
        folder.Write("README.md", "[docs](docs) [part](docs/there.md#what--why) [lost](docs/there.md#gone)");
        Assert.Equal(
            [
                "README.md links to docs/there.md#gone.",
                "docs/there.md links to gone.md.",
                "docs/there.md links to #gone.",
            ],
            MarkdownLinks.Broken(folder.Path, RepositoryFiles.Text(folder.Path))
        );
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Product.Root, file));

    private static IEnumerable<string> Commands(string document) =>
        ShellBlocks()
            .Matches(document)
            .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^```(?:sh|bash|shell)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlocks();

    [GeneratedRegex(@"^\| ([\w.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
