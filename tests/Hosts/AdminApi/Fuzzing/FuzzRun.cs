using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recommendation.Fuzzing;

/// <summary>Sends generated requests to a running server, and checks every answer.</summary>
internal sealed class FuzzRun(
    IReadOnlyList<FuzzOperation> operations,
    Uri server,
    int seed,
    IReadOnlyList<string> secrets
)
{
    private const int AtOnce = 16;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly FuzzValues _values = new(new Random(seed));

    /// <summary>How often each status was answered.</summary>
    internal SortedDictionary<int, int> Statuses { get; } = [];

    /// <summary>How often each operation was asked.</summary>
    internal Dictionary<string, int> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with answers, each with the request.</summary>
    internal List<string> Faults { get; } = [];

    internal static async Task<FuzzRun> OfAsync(
        HttpClient client,
        Uri server,
        int seed,
        params IReadOnlyList<string> secrets
    ) =>
        new(
            FuzzOperation.Of(JsonNode.Parse(await client.GetStringAsync(new Uri(server, "/openapi/v1.json")))!),
            server,
            seed,
            secrets
        );

    /// <param name="requests">How many.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal async Task SendAsync(int requests, CancellationToken cancellationToken)
    {
        foreach (var together in Enumerable.Range(0, requests).Chunk(AtOnce))
        {
            // Generated one after the other: the same seed gives the same requests.
            var asked = together.Select(number => (Number: number, Request: Next(number))).ToList();
            var answers = await Task.WhenAll(asked.Select(one => ExchangeAsync(one.Request.Bytes, cancellationToken)));
            foreach (var ((number, request), answer) in asked.Zip(answers))
            {
                foreach (var fault in FaultsOf(request, answer))
                    Faults.Add(
                        $"request {number} of seed {seed}: {fault}\n> {Shown(request.Bytes)}\n< {Shown(answer)}"
                    );
            }
        }
    }

    private FuzzRequest Next(int number)
    {
        var request = FuzzRequest.For(operations[number % operations.Count], _values, server.Authority);
        Asked[request.Operation.Id] = Asked.GetValueOrDefault(request.Operation.Id) + 1;
        return request;
    }

    private IEnumerable<string> FaultsOf(FuzzRequest request, byte[] answer)
    {
        var text = Encoding.UTF8.GetString(answer);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            yield return "there is no answer";
            yield break;
        }
        var head = text[..end];
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        if (status >= 500 && status != 505)
            yield return $"the status is {status}";
        if (head.Contains("Content-Encoding: ", StringComparison.OrdinalIgnoreCase) || request.Method == "HEAD")
            yield break; // Packed or left out: the same answers are checked as they are often enough.
        var body = text[(end + 4)..];
        if (status >= 400 && !IsProblem(head, body, status))
            yield return "the error is not problem details";
        foreach (var hint in (string[])["   at ", "Recommendation.", "System.", "Microsoft.", .. secrets])
        {
            if (
                body.Contains(hint, StringComparison.Ordinal)
                && !Encoding.UTF8.GetString(request.Bytes).Contains(hint, StringComparison.Ordinal)
            )
                yield return $"the answer holds '{hint}'";
        }
    }

    private static bool IsProblem(string head, string body, int status)
    {
        if (!head.Contains("Content-Type: application/problem+json", StringComparison.OrdinalIgnoreCase))
            return false;
        try
        {
            var json = body.Contains("\r\n{", StringComparison.Ordinal)
                ? body[body.IndexOf('{', StringComparison.Ordinal)..(body.LastIndexOf('}') + 1)]
                : body;
            var problem = JsonNode.Parse(json)!;
            return problem["status"]!.GetValue<int>() == status
                && problem["code"]!.GetValue<string>().Length > 0
                && problem["detail"]!.GetValue<string>().Length > 0
                && problem["requestId"]!.GetValue<string>().Length > 0;
        }
        catch (Exception broken) when (broken is JsonException or NullReferenceException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<byte[]> ExchangeAsync(byte[] request, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(s_longest);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
        await using var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, late.Token);
            await stream.CopyToAsync(answer, late.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // An answer that does not end is none, or half of one: the check sees that.
        }
        catch (IOException)
        {
            // The server may close before it has read a body that it does not want; what it said until then counts.
        }
        return answer.ToArray();
    }

    private static string Shown(byte[] bytes) => Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 700)));
}
