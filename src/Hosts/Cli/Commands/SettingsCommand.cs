using System.CommandLine;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Settings;
using Spectre.Console;

namespace Recommendation.Cli.Commands;

internal static class SettingsCommand
{
    private static readonly Argument<string> s_file = new("FILE")
    {
        Description = "The settings file, such as recommendation.json.",
    };

    internal static Command Create() =>
        new Verb("settings", "See and check the settings; docs/settings.md lists them.", "recommend settings show")
    {
        Show(), Check(), Schema(),
    };

    private static Verb Show()
    {
        var verb = new Verb(
            "show",
            "Show each setting, its value, and where the value comes from.",
            "recommend settings show --settings recommendation.json"
        );
        verb.SetAction(parse =>
        {
            var settings = Session.ReadSettings(parse).Require();
            var document = new SettingsDocument([.. settings.Values.Select(SettingDocument.FromValue)]);
            Answer(parse).Answer(document, CliJson.Default.SettingsDocument, output => Draw(output, document));
            return ExitCodes.Done;
        });
        return verb;
    }

    private static Verb Check()
    {
        var verb = new Verb(
            "check",
            "Name every problem of a settings file; exit code 1 if there is one.",
            "recommend settings check recommendation.json"
        )
        {
            s_file,
        };
        verb.SetAction(async (parse, cancellationToken) =>
        {
            var file = parse.GetRequiredValue(s_file);
            var document = new CheckedSettingsDocument(file, await ProblemsOfAsync(file, cancellationToken));
            Answer(parse).Answer(document, CliJson.Default.CheckedSettingsDocument, output => Draw(output, document));
            return document.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        });
        return verb;
    }

    private static Verb Schema()
    {
        var verb = new Verb(
            "schema",
            "Write the JSON schema of the settings file.",
            "recommend settings schema > recommendation.schema.json"
        );
        verb.SetAction(_ => Console.Out.Write(SettingsSchema.Text()));
        return verb;
    }

    /// <summary>The file alone: what the environment of this process holds is no problem of the file.</summary>
    private static async Task<IReadOnlyList<string>> ProblemsOfAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return SettingsReader.Read(await File.ReadAllTextAsync(file, cancellationToken)).Problems;
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [$"The file can't be read: {problem.Message}"];
        }
    }

    private static Terminal Answer(ParseResult parse) => new(parse.GetValue(CommonOptions.Json));

    private static void Draw(IAnsiConsole output, SettingsDocument document)
    {
        var table = Drawings.NewTable("Setting", "Value", "From");
        foreach (var setting in document.Settings)
            table.AddRow(Markup.Escape(setting.Path), Markup.Escape(setting.Value), setting.From);
        output.Write(table);
    }

    private static void Draw(IAnsiConsole output, CheckedSettingsDocument document)
    {
        foreach (var problem in document.Problems)
            output.Line($"{problem}");
        if (document.Problems.Count == 0)
            output.Line($"[bold]{document.File}[/] has no problem.");
        else
            output.Line($"[bold]{document.File}[/] has {document.Problems.Count} problem(s).");
    }
}
