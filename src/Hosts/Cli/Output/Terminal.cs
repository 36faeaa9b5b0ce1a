using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>
/// Where answers go: one JSON document on standard output, or something to read; progress and errors on standard error.
/// </summary>
internal sealed class Terminal
{
    // https://no-color.org: set to anything, it takes the colours away. Only a terminal has any.
    private static readonly ColorSystemSupport s_colours = string.IsNullOrEmpty(
        Environment.GetEnvironmentVariable("NO_COLOR")
    )
        ? ColorSystemSupport.Detect
        : ColorSystemSupport.NoColors;

    private readonly IAnsiConsole _output = AnsiConsole.Create(new AnsiConsoleSettings
    {
        ColorSystem = s_colours,
        Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Out = new AnsiConsoleOutput(Console.Out),
    });
    private readonly IAnsiConsole _errors = AnsiConsole.Create(new AnsiConsoleSettings
    {
        ColorSystem = s_colours,
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Out = new AnsiConsoleOutput(Console.Error),
    });

    internal Terminal(bool json)
    {
        IsJson = json;
        // A pipe has no width: don't fold lines there.
        if (Console.IsOutputRedirected)
            _output.Profile.Width = 160;
        if (Console.IsErrorRedirected)
            _errors.Profile.Width = int.MaxValue;
    }

    internal bool IsJson { get; }

    /// <summary>Whether somebody sits there who can be asked.</summary>
    internal static bool CanAsk => !Console.IsInputRedirected;

    /// <summary>Asks on standard error; anything but yes is no.</summary>
    internal static bool Ask(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim() is { } answer
            && (
                answer.Equals("y", StringComparison.OrdinalIgnoreCase)
                || answer.Equals("yes", StringComparison.OrdinalIgnoreCase)
            );
    }

    /// <summary>Gives the answer: the document if JSON was asked for, else what the second argument draws.</summary>
    internal void Answer<T>(T document, JsonTypeInfo<T> type, Action<IAnsiConsole> draw)
    {
        if (IsJson)
            Console.Out.WriteLine(JsonSerializer.Serialize(document, type));
        else
            draw(_output);
    }

    /// <summary>A line for people only; nothing where JSON was asked for.</summary>
    internal void Say(MarkupText markup)
    {
        if (!IsJson)
            _output.Line(markup);
    }

    internal void Say(Spectre.Console.Rendering.IRenderable drawing)
    {
        if (!IsJson)
            _output.Write(drawing);
    }

    /// <summary>Something that is not as it should be but stops nothing, on standard error.</summary>
    internal void Warn(string sentence) => _errors.Line($"[yellow]{sentence}[/]");

    internal int Fail(int exitCode, string code, string message)
    {
        if (IsJson)
            Console.Out.WriteLine(
                JsonSerializer.Serialize(
                    new ErrorDocument(new ErrorDetail(code, message)),
                    CliJson.Default.ErrorDocument
                )
            );
        Console.Error.WriteLine(message);
        return exitCode;
    }

    /// <summary>Runs something long, with a bar on standard error if that is a terminal.</summary>
    /// <param name="work">Reports a fraction, 0 … 1, and what is being done.</param>
    internal async Task<T> WithProgressAsync<T>(string title, Func<Action<double, string?>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work((_, _) => { });
        return await _errors.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return await work((fraction, stage) =>
                {
                    task.Value = fraction;
                    if (stage is not null)
                        task.Description = Markup.Escape($"{title}: {stage}");
                });
            });
    }
}
