namespace Recommendation.Application.Tests.Given;

/// <summary>Tests that each have a world of their own.</summary>
public abstract class InWorld : IAsyncLifetime
{
    private protected World World { get; } = World.Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => World.DisposeAsync().AsTask();
}
