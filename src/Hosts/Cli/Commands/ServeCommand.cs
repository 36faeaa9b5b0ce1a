using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recommendation.AdminApi;
using Recommendation.AdminApi.Security;
using Recommendation.Aws;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class ServeCommand
{
    private static readonly Option<string[]> s_urls = new("--urls")
    {
        Description = "Where to listen. Elsewhere than on loopback it needs keys; see `recommend keys create`.",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [AdminApiOptions.DefaultUrl],
    };

    internal static Command Create()
    {
        var command = new Verb(
            "serve",
            "Serve recommendations, the admin API and the dashboard over HTTP; profiles follow the log, and the "
                + "nightly run starts at 02:00 UTC.",
            "recommend serve --urls http://127.0.0.1:5080")
        {
            s_urls,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var isAws = parse.GetValue(CommonOptions.Platform) is "aws";
        await using var app = AdminApiHost.Build(new AdminApiOptions
        {
            Platform = isAws ? AdminPlatform.Aws : AdminPlatform.Local,
            Folder = parse.GetValue(CommonOptions.Data)!,
            SettingsFile = parse.GetValue(CommonOptions.Settings),
            Urls = parse.GetRequiredValue(s_urls),
            Time = parse.GetValue(CommonOptions.AsOf) is { } asOf ? new ShiftedTime(asOf) : TimeProvider.System,
            LogRetention = isAws ? StreamRetention.From() : null,
        });
        // Before anything starts: a host that fails in the middle of its start logs that as its own failure.
        ListenAddresses.RequireFree(parse.GetRequiredValue(s_urls));
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var terminal = new Terminal(parse.GetValue(CommonOptions.Json));
        terminal.Answer(
            new ServeDocument([.. addresses]),
            CliJson.Default.ServeDocument,
            output =>
                output.Line(
                    $"Listening on [bold]{string.Join(", ", addresses)}[/]: dashboard at /, API at /v1, its "
                        + $"description at /docs. Ctrl+C stops it."
                )
        );
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Done;
    }
}
