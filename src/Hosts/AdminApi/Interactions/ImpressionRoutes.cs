using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Interactions;

/// <summary>Takes impressions in: of one list, or of an array of them.</summary>
internal static class ImpressionRoutes
{
    internal static async Task<JsonHttpResult<AppendedImpressionsDocument>> PostAsync(
        HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonAsync(context, cancellationToken);
        var lists = Read(body);
        Idempotency.IsAbout(context, lists.Select(list => UserId.TryParse(list.UserId)).OfType<UserId>());
        // Named by the content: sending the same invalid impressions again adds nothing to quarantine.
        var partition = $"impressions:{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}";
        var appended = await mediator.Send(
            new AppendImpressions(
                [.. lists.Select(list => list.ToList())],
                new Position(partition, SequenceNumber.From(0)),
                Idempotency.KeyOf(context)),
            cancellationToken);
        if (appended is { Appended: 0, Duplicates: 0 })
            throw new ApiProblem(
                StatusCodes.Status422UnprocessableEntity,
                "rejected",
                $"No impression is valid; each is in quarantine with its "
                    + $"reason. {appended.Rejected[0].Rejection.Message}");
        return TypedResults.Json(AppendedImpressionsDocument.From(appended), ApiJson.Wire.AppendedImpressionsDocument);
    }

    private static IReadOnlyList<ImpressionBody> Read(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                var lists = JsonSerializer.Deserialize(body, ApiJson.Default.IReadOnlyListImpressionBody)!;
                return lists.Contains(null!) ? throw ApiProblem.Wrong("An element of the array is null.") : lists;
            }
            return [JsonSerializer.Deserialize(body, ApiJson.Default.ImpressionBody)
                ?? throw ApiProblem.Wrong("The body is null.")];
        }
        catch (JsonException problem)
        {
            throw ApiProblem.Wrong($"The body can't be read: {JsonText.Reason(problem)}");
        }
    }
}
