using System.CommandLine;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class PopularCommand
{
    private static readonly Option<string?> s_window = new Option<string?>("--window")
    {
        Description =
            "Count the users of the last hour, day, week or month (30 days), on one machine. Default: by the model.",
        HelpName = "WINDOW",
    }.AcceptOnlyFromAmong([.. PopularInWindow.Windows.Keys]);

    internal static Command Create() => new Verb(
        "popular",
        "Show what is popular now, by the number of users.",
        "recommend popular --window week -n 5")
    {
        s_window, CommonOptions.Count,
    }.WorksOn(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (window, count) = (parse.GetValue(s_window), parse.GetValue(CommonOptions.Count));
        var list = window is null
            ? await session.SendAsync(new PopularItems(count), cancellationToken)
            : await session.SendAsync(new PopularInWindow(window, count), cancellationToken);
        session.Terminal.Answer(
            list.ToDocument(),
            CliJson.Default.ListDocument,
            output => Drawings.Draw(output, list, window is null ? "Popular" : $"Popular within the last {window}")
        );
        return ExitCodes.Done;
    }
}
