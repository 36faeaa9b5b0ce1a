using System.CommandLine;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Recommendation.Settings;

namespace Recommendation.ModelServer.Serving;

internal static class ServeCommand
{
    private static readonly Option<string> s_address = new("--address")
    {
        Description = "The address to listen at.",
        HelpName = "IP",
        DefaultValueFactory = _ => "0.0.0.0",
    };

    private static readonly Option<int> s_port = new("--port")
    {
        Description = "The port to listen at; 0 for a free one.",
        HelpName = "N",
        DefaultValueFactory = _ =>
            int.TryParse(
                Environment.GetEnvironmentVariable("SAGEMAKER_BIND_TO_PORT"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var port
            )
                ? port
                : 8080,
    };

    internal static Command Create()
    {
        var command = new Command("serve", "Answer GET /ping and POST /invocations with the model in DIR/model.")
        {
            ContainerPaths.Option,
            s_address,
            s_port,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        ServeOptions options;
        try
        {
            var settings = SettingsSource.Read().Require();
            options = new ServeOptions(
                new ContainerPaths(parse.GetRequiredValue(ContainerPaths.Option)),
                IPAddress.Parse(parse.GetRequiredValue(s_address)),
                parse.GetValue(s_port),
                ServeOptions.MaximumBytesFrom(Environment.GetEnvironmentVariable("SAGEMAKER_MAX_PAYLOAD_IN_MB")),
                settings.SetsEventTypes ? settings.EventTypes : null);
        }
        catch (Exception problem) when (problem is FormatException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 2;
        }
        if (Privileges.GiveUp(options.Paths.Model) is { } stays)
            await Console.Error.WriteLineAsync(stays);
        await using var app = RankingServer.Build(options);
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return app.Services.GetRequiredService<ServedModel>().HasFailed ? 1 : 0;
    }
}
