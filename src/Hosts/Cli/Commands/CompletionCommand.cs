using System.CommandLine;
using Recommendation.Cli.CommandLine;

namespace Recommendation.Cli.Commands;

/// <summary>Lets a shell complete commands, options and their values.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> s_shell = new Argument<string>("SHELL")
    {
        Description = "The shell that is to complete.",
    }.AcceptOnlyFromAmong("bash", "zsh", "powershell");

    private static readonly Argument<string> s_line = new("LINE") { Description = "What was typed up to the cursor." };

    internal static Command Create()
    {
        var command = new Verb(
            "completion",
            "Print the script that completes commands and options with the Tab key. bash and zsh: eval \"$(recommend "
                + "completion bash)\".",
            "eval \"$(recommend completion bash)\"")
        {
            s_shell,
        };
        command.SetAction(parse => Console.Out.Write(ScriptOf(parse.GetRequiredValue(s_shell))));
        return command;
    }

    /// <summary>
    /// What the scripts call, hidden from the help: a line, and the words that may come next, one a line.
    /// </summary>
    internal static Command CreateWords(Command root)
    {
        var command = new Command("complete", "Print how a line may go on.") { s_line };
        command.Hidden = true;
        command.SetAction(parse =>
        {
            var line = parse.GetRequiredValue(s_line).TrimStart();
            var typed = line.Contains(' ', StringComparison.Ordinal)
                ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]
                : "";
            foreach (var word in root.Parse(typed, CommandRunner.Literal).GetCompletions(typed.Length))
                Console.Out.WriteLine(word.Label);
        });
        return command;
    }

    private static string ScriptOf(string shell) => shell switch
    {
        "bash" => """
            _recommend() {
                local IFS=$'\n'
                COMPREPLY=( $(recommend complete "${COMP_LINE:0:$COMP_POINT}" 2>/dev/null) )
            }
            complete -o default -F _recommend recommend

            """,
        "zsh" => """
            _recommend() {
                local -a found
                found=( ${(f)"$(recommend complete "${words[1,CURRENT]}" 2>/dev/null)"} )
                if (( ${#found} )); then compadd -- $found; else _files; fi
            }
            compdef _recommend recommend

            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName recommend -ScriptBlock {
                param($word, $ast, $position)
                recommend complete $ast.ToString().PadRight($position).Substring(0, $position) | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };
}
