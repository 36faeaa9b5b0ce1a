namespace Recommendation.Benchmarks.Api;

/// <summary>A server that is killed again and again while clients play.</summary>
internal static class KilledServer
{
    /// <param name="folder">The data.</param>
    /// <param name="kills">How often the server is killed.</param>
    /// <param name="requests">About how many requests there will be: as much is done between two kills, however fast
    /// the machine is.</param>
    /// <param name="play">What the clients do.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How often it was killed, and how often a request was sent again.</returns>
    internal static async Task<(int Kills, int Repeated)> PlayAsync(
        string folder, int kills, int requests, Func<PatientClient, Task> play, CancellationToken cancellationToken)
    {
        var server = await ServerProcess.StartAsync(folder, cancellationToken);
        try
        {
            using var client = new HttpClient
            {
                BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"),
                Timeout = TimeSpan.FromMinutes(5),
            };
            var patient = new PatientClient(client);
            var playing = play(patient);
            var killed = 0;
            for (; killed < kills && !playing.IsCompleted; killed++)
            {
                while (patient.Done < (double)requests * (killed + 1) / (kills + 1) && !playing.IsCompleted)
                    await Task.Delay(5, cancellationToken);
                server.Kill();
                server = await server.RestartAsync(cancellationToken);
            }
            await playing;
            return (killed, patient.Repeated);
        }
        finally
        {
            server.Dispose();
        }
    }
}
