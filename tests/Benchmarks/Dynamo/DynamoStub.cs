using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recommendation.Benchmarks.Batch;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>
/// Stands in for a table: keeps what is put, gives it back, and answers after a set time. A process of its own, so that its work is
/// not counted as ours; it ends when its input is closed.
/// </summary>
internal sealed class DynamoStub
{
    private readonly ConcurrentDictionary<string, byte[]> _items = new(StringComparer.Ordinal);
    private readonly StubCounts _counts = new();
    private readonly ActiveUsersStub _active = new();
    private TimeSpan _latency;

    internal static Command Create()
    {
        var command = new Command("dynamo-stub", "What the verb dynamo measures against; it starts this itself.") { Hidden = true };
        command.SetAction((_, cancellationToken) => new DynamoStub().RunAsync(cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // The handler waits for nothing but a timer: it may run where the request was read, which spares a change of thread.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var application = builder.Build();
        application.Run(HandleAsync);
        await application.StartAsync(cancellationToken);
        Console.WriteLine(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        while (await Console.In.ReadLineAsync(cancellationToken) is not null)
        {
            // Nothing is said to it; the end is what counts.
        }
        await application.StopAsync(CancellationToken.None);
        return 0;
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = body.GetBuffer().AsMemory(0, (int)body.Length);
        var operation = context.Request.Headers["X-Amz-Target"].ToString();
        var answer = operation[(operation.LastIndexOf('.') + 1)..] switch
        {
            "PutItem" => Put(request.Span),
            "UpdateItem" => Update(),
            "GetItem" => Get(request, isBatch: false),
            "BatchGetItem" => Get(request, isBatch: true),
            "Query" => _active.Query(request),
            "BatchWriteItem" => "{\"UnprocessedItems\":{}}"u8.ToArray(),
            _ => Command(context.Request),
        };
        if (_latency > TimeSpan.Zero && operation.Length > 0)
            await Task.Delay(_latency, context.RequestAborted);
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private byte[] Put(ReadOnlySpan<byte> request)
    {
        var (key, item) = StubJson.ItemOf(request);
        var before = _items.GetValueOrDefault(key);
        _items[key] = item;
        _counts.Put(before, item);
        return "{}"u8.ToArray();
    }

    private byte[] Update()
    {
        _counts.Update();
        return "{}"u8.ToArray();
    }

    private byte[] Get(ReadOnlyMemory<byte> request, bool isBatch)
    {
        using var json = JsonDocument.Parse(request);
        var keys = isBatch ? StubJson.KeysOf(json.RootElement) : [StubJson.KeyOf(json.RootElement.GetProperty("Key"))];
        var found = keys.Select(key => _items.GetValueOrDefault(key) ?? ActiveUsersStub.Find(key)).ToList();
        _counts.Read(found);
        return isBatch ? StubJson.Batch(json.RootElement, found) : StubJson.Single(found[0]);
    }

    /// <summary><c>/reset?latency=3&amp;account=1</c> or <c>/counts</c>.</summary>
    private byte[] Command(HttpRequest request)
    {
        if (request.Path == "/counts")
            return _counts.ToJson();
        _items.Clear();
        if (request.Query["users"].ToString() is { Length: > 0 } users)
            _active.Reset(int.Parse(users, CultureInfo.InvariantCulture), request.Query["day"]!);
        _counts.Reset(string.Equals(request.Query["account"], "1", StringComparison.Ordinal));
        _latency = TimeSpan.FromMilliseconds(int.Parse(request.Query["latency"]!, CultureInfo.InvariantCulture));
        return "{}"u8.ToArray();
    }
}
