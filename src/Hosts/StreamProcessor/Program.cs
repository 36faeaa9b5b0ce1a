using Amazon.Lambda.RuntimeSupport;
using Recommendation.StreamProcessor;

await using var function = new StreamFunction(services => services.AddStreamProcessor());
using var bootstrap = LambdaBootstrapBuilder
    .Create(function.HandleAsync)
    .UseBootstrapHandler(function.StartAsync)
    .Build();
await bootstrap.RunAsync();
