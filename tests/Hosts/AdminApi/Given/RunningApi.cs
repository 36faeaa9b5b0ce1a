using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recommendation.AdminApi.Security;

namespace Recommendation.AdminApi.Tests.Given;

/// <summary>The API on real Kestrel, on a free port of loopback, over a data folder of its own.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private readonly TemporaryFolder? _ownFolder;
    private readonly WebApplication _app;

    private RunningApi(TemporaryFolder? ownFolder, string folder, WebApplication app, LogLines logs)
    {
        _ownFolder = ownFolder;
        Folder = folder;
        _app = app;
        Logs = logs;
        Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
        Client = new HttpClient { BaseAddress = Address };
    }

    internal string Folder { get; }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    internal LogLines Logs { get; }

    internal IServiceProvider Services => _app.Services;

    internal static async Task<RunningApi> StartAsync(
        Action<AdminApiOptions>? options = null, Action<IServiceCollection>? replace = null, string? folder = null)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        var logs = new LogLines();
        var settings = new AdminApiOptions
        {
            Folder = folder ?? own!.Path,
            Urls = ["http://127.0.0.1:0"],
            NightlyRun = false,
        };
        options?.Invoke(settings);
        var app = AdminApiHost.Build(settings, services =>
        {
            services.AddSingleton<ILoggerProvider>(logs);
            replace?.Invoke(services);
        });
        await app.StartAsync();
        return new RunningApi(own, settings.Folder, app, logs);
    }

    internal ApiKeys Keys => Services.GetRequiredService<ApiKeys>();

    internal async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    internal async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Get, path, null, headers);

    internal async Task<Answer> PostAsync(
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    ) => await SendAsync(HttpMethod.Post, path, json, headers);

    internal async Task<Answer> PutAsync(string path, string json) => await SendAsync(HttpMethod.Put, path, json);

    internal async Task<Answer> DeleteAsync(string path) => await SendAsync(HttpMethod.Delete, path, null);

    internal async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        string? json,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _ownFolder?.Dispose();
    }
}

/// <summary>An answer, read whole.</summary>
internal sealed record Answer(
    HttpStatusCode Status,
    string? MediaType,
    string Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    internal JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException("The body is null.");

    internal string? Code => Json["code"]?.GetValue<string>();

    internal bool IsProblem => MediaType == "application/problem+json";

    internal static async Task<Answer> OfAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(),
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    header => header.Key,
                    header => string.Join(", ", header.Value),
                    StringComparer.OrdinalIgnoreCase
                )
        );

    internal Answer Expect(HttpStatusCode status)
    {
        Assert.True(status == Status, $"Expected {(int)status}, got {(int)Status}: {Body}");
        return this;
    }

    internal Answer ExpectProblem(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Code);
        Assert.Equal((int)status, Json["status"]!.GetValue<int>());
        Assert.Equal(Headers["X-Request-Id"], Json["requestId"]!.GetValue<string>());
        Assert.False(string.IsNullOrWhiteSpace(Json["detail"]!.GetValue<string>()));
        return this;
    }
}
