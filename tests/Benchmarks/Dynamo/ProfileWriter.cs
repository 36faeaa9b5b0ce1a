using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Aws;
using Recommendation.Domain.Interactions;
using Recommendation.Local;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>This system's way: the use case that the stream function sends, one batch in flight.</summary>
internal sealed class ProfileWriter : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    internal ProfileWriter()
    {
        var services = new ServiceCollection();
        // In memory is what a batch without a rejected record never touches; the table replaces its profiles.
        services.AddRecommendation();
        services.AddInMemory().AddAws(AwsFeatures.Table, _ => null, options => options.TableName = "profiles");
        _provider = services.BuildServiceProvider();
    }

    internal async Task WriteAsync(IEnumerable<Interaction> interactions, CancellationToken cancellationToken)
    {
        foreach (var batch in interactions.Chunk(DynamoWorkload.BatchSize))
        {
            await using var scope = _provider.CreateAsyncScope();
            var updated = await scope
                .ServiceProvider.GetRequiredService<IMediator>()
                .Send(new UpdateProfiles(batch, []), cancellationToken);
            if (updated.Counted != batch.Length)
                throw new StoreUnavailableException(
                    $"{updated.Counted} of {batch.Length} interactions were counted: {updated.FirstError}"
                );
        }
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
