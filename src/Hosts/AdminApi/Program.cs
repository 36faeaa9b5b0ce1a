using Recommendation.AdminApi;

await using var app = AdminApiHost.Build(AdminApiOptions.FromEnvironment());
await app.RunAsync();
