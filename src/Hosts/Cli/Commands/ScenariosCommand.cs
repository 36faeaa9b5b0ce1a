using System.CommandLine;
using System.Globalization;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Application.Scenarios;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Scenarios;
using Spectre.Console;

namespace Recommendation.Cli.Commands;

internal static class ScenariosCommand
{
    private const int MaximumBytes = 1 << 20;

    private static readonly Argument<string> s_name = new("NAME") { Description = "The scenario's name." };

    private static readonly Option<string> s_file = new("--file", "-f")
    {
        Description = "A JSON file with the scenario; docs/scenarios.md says what it holds.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> s_reason = new("--reason")
    {
        Description = "Why; shown with the versions.",
        HelpName = "TEXT",
    };

    private static readonly Option<int> s_version = new("--version")
    {
        Description = "The version to put in force again.",
        HelpName = "N",
        Required = true,
    };

    internal static Command Create() => new Verb(
        "scenarios",
        "Rules of lists: filters, boosts, pins, promotions, diversity.",
        "recommend scenarios put home -f home.json")
    {
        new Verb("list", "List the scenarios in force.", "recommend scenarios list").WorksOn(ListAsync),
        new Verb("show", "Show a scenario in force.", "recommend scenarios show home") { s_name }.WorksOn(ShowAsync),
        new Verb("versions", "List all versions of a scenario, newest first.", "recommend scenarios versions home")
        {
            s_name,
        }.WorksOn(VersionsAsync),
        new Verb(
            "put",
            "Put a scenario in force; earlier versions are kept.",
            "recommend scenarios put home -f home.json --reason 'spring sale'")
        {
            s_name, s_file, s_reason,
        }.WorksOn(PutAsync),
        new Verb(
            "restore",
            "Put an earlier version in force again, as a new version.",
            "recommend scenarios restore home --version 2")
        {
            s_name, s_version, s_reason,
        }.WorksOn(RestoreAsync),
        new Verb("delete", "Delete a scenario; its versions are kept.", "recommend scenarios delete home")
        {
            s_name, s_reason,
        }.WorksOn(DeleteAsync),
    };

    private static async Task<int> ListAsync(Session session, ParseResult parse, CancellationToken cancellationToken) =>
        Answer(session, (await session.SendAsync(new ListScenarios(), cancellationToken)).Versions);

    private static async Task<int> VersionsAsync(
        Session session, ParseResult parse, CancellationToken cancellationToken) =>
        Answer(session, (await session.SendAsync(new ListScenarios(NameOf(parse)), cancellationToken)).Versions);

    private static async Task<int> ShowAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var name = NameOf(parse);
        var listed = await session.SendAsync(new ListScenarios(name), cancellationToken);
        return listed.Versions is [{ Scenario: not null } newest, ..]
            ? Answer(session, newest) : throw RefusedException.Missing($"The scenario '{name}' was deleted.");
    }

    private static async Task<int> PutAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var scenario = Read(parse.GetRequiredValue(s_file));
        return Answer(session, await session.SendAsync(
            new PutScenario(NameOf(parse), scenario, Environment.UserName, parse.GetValue(s_reason)),
            cancellationToken));
    }

    private static async Task<int> RestoreAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (name, number) = (NameOf(parse), parse.GetRequiredValue(s_version));
        var listed = await session.SendAsync(new ListScenarios(name), cancellationToken);
        var scenario = listed.Versions.FirstOrDefault(version => version.Number == number)?.Scenario
            ?? throw RefusedException.Missing(
                $"The scenario '{name}' has no version {number} with content; see `recommend "
                    + $"scenarios versions {name}`.");
        var reason = parse.GetValue(s_reason) ?? string.Create(CultureInfo.InvariantCulture, $"version {number} again");
        return Answer(session, await session.SendAsync(
            new PutScenario(name, scenario, Environment.UserName, reason), cancellationToken));
    }

    private static async Task<int> DeleteAsync(
        Session session,
        ParseResult parse,
        CancellationToken cancellationToken
    ) =>
        Answer(
            session,
            await session.SendAsync(
                new DeleteScenario(NameOf(parse), Environment.UserName, parse.GetValue(s_reason)),
                cancellationToken
            )
        );

    private static int Answer(Session session, ScenarioVersion version)
    {
        session.Terminal.Answer(
            ScenarioDocument.From(version),
            CliJson.Default.ScenarioDocument,
            output =>
            {
                output.Line($"[bold]{version.Name}[/] version {version.Number} by {version.By}");
                output.WriteLine(version.Scenario is { } scenario
                    ? Encoding.UTF8.GetString(ScenarioJson.Write(scenario)) : "Deleted.");
            }
        );
        return ExitCodes.Done;
    }

    private static int Answer(Session session, IReadOnlyList<ScenarioVersion> versions)
    {
        var document = new ScenariosDocument([.. versions.Select(ScenarioDocument.From)]);
        session.Terminal.Answer(document, CliJson.Default.ScenariosDocument, output =>
        {
            var table = Drawings.NewTable("Name", "Version", "At", "By", "Rules", "Reason");
            foreach (var one in document.Scenarios)
            {
                table.AddRow(
                    new Text(one.Name),
                    new Text(one.Version.ToString(CultureInfo.InvariantCulture)),
                    new Text(one.At),
                    new Text(one.By),
                    new Text(one.Scenario is null ? "deleted" : ScenarioText.Of(one.Scenario)),
                    new Text(one.Reason ?? "")
                );
            }
            output.Write(table);
        });
        return ExitCodes.Done;
    }

    private static Scenario Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumBytes)
                throw new RefusedException($"'{path}' is larger than a scenario can be.");
            return ScenarioJson.Read(File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"'{path}' can't be read: {problem.Message}");
        }
    }

    private static ScenarioName NameOf(ParseResult parse) => UsageException.Scenario(parse.GetRequiredValue(s_name));
}
