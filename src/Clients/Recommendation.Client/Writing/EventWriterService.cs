using Microsoft.Extensions.Hosting;

namespace Recommendation.Client.Writing;

/// <summary>Starts the writer with the host, so that it sends what a process before left, and stops it.</summary>
internal sealed class EventWriterService(EventWriter writer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => writer.StopAsync(cancellationToken);
}
