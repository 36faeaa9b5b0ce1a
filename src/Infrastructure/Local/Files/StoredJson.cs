using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Recommendation.Application.Ports;
using Recommendation.Domain;

namespace Recommendation.Local.Files;

/// <summary>All that is read of a document before its format is known.</summary>
internal sealed record AnyDocument(int FormatVersion) : IStoredDocument;

/// <summary>Reads and writes documents of a known format.</summary>
internal static class StoredJson
{
    /// <summary>The format of documents that have not changed since the first one.</summary>
    internal const int NewestFormat = StoredFormat.First;

    internal static int NewestOf<T>()
        where T : IStoredDocument => T.Newest;

    internal static byte[] Write<T>(T document, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(document, type);

    /// <exception cref="StoredFormatException">The document is damaged, or a newer program wrote it.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string path)
        where T : class, IStoredDocument
    {
        try
        {
            var format = JsonSerializer.Deserialize(json, LocalJson.Default.AnyDocument)?.FormatVersion ?? 0;
            if (format < 1 || format > T.Newest)
            {
                throw new StoredFormatException(
                    $"'{path}' is of format {format}, and this program knows formats 1 to {T.Newest}: use a newer "
                        + "program."
                );
            }
            return JsonSerializer.Deserialize(json, type)!;
        }
        catch (JsonException exception)
        {
            throw new StoredFormatException(
                $"'{path}' is damaged: restore it from a backup, or delete it if it can be made anew.",
                exception
            );
        }
    }

    /// <summary>
    /// Makes what a document stands for; a name in it that is none means that the document is damaged.
    /// </summary>
    internal static TValue As<T, TValue>(this T document, Func<T, TValue> make, string path)
    {
        try
        {
            return make(document);
        }
        catch (Exception exception) when (exception is ArgumentException or StoredFormatException)
        {
            throw new StoredFormatException($"'{path}' is damaged: {exception.Message}", exception);
        }
    }
}

/// <summary>Times in documents are <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Timestamps.Parse(reader.GetString()) ?? throw new JsonException("This is no time.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Timestamps.Format(value));
}
