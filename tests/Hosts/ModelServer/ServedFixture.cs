using Recommendation.Modeling.Serving;

namespace Recommendation.ModelServer.Tests;

/// <summary>A model that the container trained, and the container that serves it.</summary>
public sealed class ServedFixture : IAsyncLifetime, IDisposable
{
    private readonly ContainerFolder _folder = new();
    private ContainerProcess? _server;

    internal ContainerProcess Server => _server!;

    /// <summary>The same model in this process.</summary>
    internal LoadedModel Model { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _folder.WithHyperparameters().With("input/data/interactions/part-0.jsonl", ContainerFolder.Events(400));
        var (exitCode, output, errors) = await ContainerProcess.TrainAsync(_folder);
        Assert.True(exitCode == 0, output + errors);
        _server = await ContainerProcess.ServeAsync(_folder);
        Model = await LoadedModel.FromFolderAsync(_folder.Model, types: null, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
