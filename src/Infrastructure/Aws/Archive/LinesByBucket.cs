using System.Buffers;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>Archive lines put apart by the groups of their users, compressed as they come.</summary>
internal sealed class LinesByBucket : IDisposable
{
    private readonly MemoryStream?[] _bodies = new MemoryStream?[UserBucket.Count];

    /// <summary>Adds the lines of an object as they are; none of them if one is damaged.</summary>
    /// <exception cref="StoredFormatException">It is not compressed with gzip, or a line names no user.</exception>
    internal async Task AddAsync(byte[] compressed, string key, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(compressed, writable: false);
        var lines = new ArrayBufferWriter<byte>?[UserBucket.Count];
        await foreach (var line in ArchiveObject.LinesAsync(body, key, cancellationToken))
        {
            var group = lines[BucketOf(line, key)] ??= new();
            group.Write(line);
            group.Write("\n"u8);
        }
        for (var group = 0; group < lines.Length; group++)
        {
            if (lines[group] is { } written)
                Add(group, ArchiveObject.Compress(written.WrittenSpan));
        }
    }

    internal void Add(LinesByBucket others)
    {
        foreach (var (group, body) in others.Bodies())
            Add(group, body);
    }

    /// <summary>The groups that have lines, each with its compressed body.</summary>
    internal IEnumerable<(int Bucket, byte[] Body)> Bodies()
    {
        for (var group = 0; group < _bodies.Length; group++)
        {
            if (_bodies[group] is { } body)
                yield return (group, body.ToArray());
        }
    }

    public void Dispose()
    {
        foreach (var body in _bodies)
            body?.Dispose();
    }

    private void Add(int group, byte[] compressed) => (_bodies[group] ??= new()).Write(compressed);

    private static int BucketOf(byte[] line, string key)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isUser = reader.ValueTextEquals("userId"u8);
                reader.Read();
                if (
                    isUser
                    && reader.TokenType == JsonTokenType.String
                    && UserId.TryParse(reader.GetString()) is { } user
                )
                    return UserBucket.Of(user);
                reader.Skip();
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new StoredFormatException($"A line of '{key}' is no JSON: {problem.Message}", problem);
        }
        throw new StoredFormatException($"A line of '{key}' names no user.");
    }
}
