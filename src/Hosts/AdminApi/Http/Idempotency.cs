using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Security;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> is done once: repeated, it gets the first answer again, for a day. Failures
/// that may pass are not remembered, nor are previews, which store nothing and show what is kept of a user.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, TimeProvider time)
{
    internal const string Header = "Idempotency-Key";
    internal const string Replayed = "Idempotency-Replayed";

    private static readonly object s_users = new();

    private const int MaximumKeyLength = 255;

    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(24);

    public async Task InvokeAsync(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (
            key.Length == 0
            || !HttpMethods.IsPost(context.Request.Method)
            || context.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<NeededRole>() is null
            || metadata.GetMetadata<NotRemembered>() is not null
        )
        {
            await next(context);
            return;
        }
        if (key.Length > MaximumKeyLength || key.Any(c => c is < '!' or > '~'))
            throw ApiProblem.Wrong($"{Header} has 1–{MaximumKeyLength} visible ASCII characters.");
        var keys = context.RequestServices.GetRequiredService<IIdempotencyKeys>();
        var request = await RequestOfAsync(context, key);
        var claim = await keys.ClaimAsync(request, time.GetUtcNow(), context.RequestAborted);
        await (
            claim.State switch
            {
                ClaimState.Granted => DoAsync(context, keys, request),
                ClaimState.Answered => ReplayAsync(context, claim.Answer!),
                ClaimState.Mismatch => throw new ApiProblem(
                    StatusCodes.Status422UnprocessableEntity,
                    "key-reused",
                    $"This {Header} was sent with another request; use a new one."
                ),
                _ => throw new ApiProblem(
                    StatusCodes.Status409Conflict,
                    "in-progress",
                    "The same request is being done; ask again for its answer."
                )
                {
                    RetryAfterSeconds = 1,
                },
            }
        );
    }

    private async Task<IdempotentRequest> RequestOfAsync(HttpContext context, string key)
    {
        var body = await RequestBody.ReadAllAsync(context, context.RequestAborted);
        context.Request.Body = new MemoryStream(body, writable: false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Path}{context.Request.QueryString}\n"));
        hash.AppendData(body);
        var now = time.GetUtcNow();
        return new IdempotentRequest(
            KeyOf(context, key),
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            now + s_claim,
            now + s_kept
        );
    }

    /// <summary>Says whom the answer is about, so that it goes when one of them is erased.</summary>
    internal static void IsAbout(HttpContext context, IEnumerable<UserId> users) =>
        context.Items[s_users] = users.ToHashSet();

    /// <summary>What names the key's events: done anew after a crash, they are the same events.</summary>
    internal static string? KeyOf(HttpContext context) =>
        context.Request.Headers[Header].ToString() is { Length: > 0 } key ? KeyOf(context, key) : null;

    private static string KeyOf(HttpContext context, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Caller.Of(context).Id}\n{key}")));

    private async Task DoAsync(HttpContext context, IIdempotencyKeys keys, IdempotentRequest request)
    {
        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        catch (Exception failure) when (ProblemAnswers.Explain(failure) is var problem && !MayPass(problem.Status))
        {
            await ProblemAnswers.WriteAsync(context, problem); // A mistake stays one: it is remembered like any answer.
        }
        catch
        {
            await keys.GiveUpAsync(request, CancellationToken.None);
            throw;
        }
        finally
        {
            context.Response.Body = wire;
        }
        if (MayPass(context.Response.StatusCode))
            await keys.GiveUpAsync(request, CancellationToken.None);
        else
            await keys.SettleAsync(request, AnswerOf(context, answer.ToArray()), CancellationToken.None);
        await wire.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), context.RequestAborted);
    }

    private static bool MayPass(int status) =>
        status is StatusCodes.Status409Conflict or StatusCodes.Status429TooManyRequests or >= 500;

    private static RememberedAnswer AnswerOf(HttpContext context, byte[] body) => new(
        context.Response.StatusCode, context.Response.ContentType,
        context.Response.Headers.Location is { Count: > 0 } location ? location.ToString() : null, body)
    {
        Users = context.Items.TryGetValue(s_users, out var users) ? (HashSet<UserId>)users! : [],
    };

    private static async Task ReplayAsync(HttpContext context, RememberedAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.MediaType;
        if (answer.Location is { } location)
            context.Response.Headers.Location = location;
        context.Response.Headers[Replayed] = "true";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}

/// <summary>
/// Marks a route that stores nothing: its answer is about a user, and doing it again is harmless, so it is not kept.
/// </summary>
internal sealed class NotRemembered
{
    internal static readonly NotRemembered Instance = new();
}
