using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;

namespace Recommendation.Cli.Commands;

internal static class ExportCommand
{
    internal static Command Create() => new Verb(
        "export",
        "Write profiles or recommendations as JSON Lines to standard output.",
        "recommend export profiles > profiles.jsonl")
    {
        new Verb("profiles", "Write every profile, one JSON document a line.", "recommend export profiles | gzip > profiles.jsonl.gz").WorksOn(ProfilesAsync),
        new Verb("recommendations", "Write every stored list, one JSON document a line.", "recommend export recommendations > lists.jsonl").WorksOn(ListsAsync),
    };

    private static async Task<int> ProfilesAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var exported = await session.SendAsync(new ExportProfiles(), cancellationToken);
        return await WriteAsync(exported.Profiles.Select(ProfileDocument.From), ProfileJson.Default.ProfileDocument, cancellationToken);
    }

    private static async Task<int> ListsAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var exported = await session.SendAsync(new ExportRecommendations(), cancellationToken);
        return await WriteAsync(exported.Lists.Select(RecommendationDocument.From), RecommendationJson.Default.RecommendationDocument, cancellationToken);
    }

    private static async Task<int> WriteAsync<T>(IAsyncEnumerable<T> documents, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        await foreach (var document in documents.WithCancellation(cancellationToken))
        {
            JsonSerializer.Serialize(output, document, type);
            output.WriteByte((byte)'\n');
        }
        return ExitCodes.Done;
    }
}
