using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.BatchProcessor;

// A setting that is wrong is said to Lambda as the reason why the function can't start.
ServiceProvider? provider = null;
using var bootstrap = LambdaBootstrapBuilder
    .Create((input, context) => provider!.GetRequiredService<BatchFunction>().HandleAsync(input, context))
    .UseBootstrapHandler(() =>
    {
        provider = BatchHost.Create(Environment.GetEnvironmentVariable);
        return Task.FromResult(true);
    })
    .Build();
await bootstrap.RunAsync();
