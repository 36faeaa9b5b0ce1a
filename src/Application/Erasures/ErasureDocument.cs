using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Erasures;

/// <summary>The record of an erasure as every platform stores it.</summary>
public sealed record ErasureDocument(
    int FormatVersion,
    string Id,
    long Version,
    string UserId,
    string RequestedAt,
    string ErasedAt,
    string? Partition,
    long TombstoneVersion,
    IReadOnlyList<ErasureDocument.Mark> Marks,
    IReadOnlyDictionary<string, ErasureDocument.Progress> Places,
    bool Found,
    long InteractionsCounted,
    string? Problem = null,
    string? FinishedAt = null,
    string? Receipt = null
) : IStoredDocument
{
    /// <summary>A position that is erased, with all before it.</summary>
    public sealed record Mark(string Partition, string Sequence, int Index, string Day);

    /// <summary>How far a place is.</summary>
    public sealed record Progress(int Passes, long Removed, string? Next = null);

    public static byte[] Write(Erasure erasure)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        return JsonSerializer.SerializeToUtf8Bytes(From(erasure), ErasureJson.Default.ErasureDocument);
    }

    /// <param name="json">What <see cref="Write"/> gave.</param>
    /// <param name="source">What it was read from, for the message.</param>
    /// <exception cref="StoredFormatException">It is damaged, or a newer program wrote it.</exception>
    public static Erasure Read(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            var document =
                JsonSerializer.Deserialize(json, ErasureJson.Default.ErasureDocument)
                ?? throw new FormatException("It is null.");
            if (document.FormatVersion != StoredFormat.First)
                throw new StoredFormatException(
                    $"'{source}' is of format {document.FormatVersion}, and this program knows format 1: use a newer "
                        + "program."
                );
            return document.ToErasure();
        }
        catch (Exception damaged) when (damaged is JsonException or FormatException or ArgumentException)
        {
            throw new StoredFormatException(
                $"'{source}' is damaged: restore it from a backup. ({damaged.Message})",
                damaged
            );
        }
    }

    private static ErasureDocument From(Erasure erasure) =>
        new(
            StoredFormat.First,
            erasure.Id.Value,
            erasure.Version,
            erasure.User.Value,
            Timestamps.Format(erasure.RequestedAt),
            Timestamps.Format(erasure.Boundary.ArrivedAt),
            erasure.Boundary.Partition,
            erasure.Boundary.Version,
            [
                .. erasure.Boundary.Marks.Select(mark => new Mark(
                    mark.Partition,
                    mark.Sequence.Value,
                    mark.Index,
                    mark.Day.ToString("O")
                )),
            ],
            erasure.Places.ToDictionary(
                place => place.Key,
                place => new Progress(place.Value.Passes, place.Value.Removed, place.Value.Next),
                StringComparer.Ordinal
            ),
            erasure.Found,
            erasure.InteractionsCounted,
            erasure.Problem,
            erasure.FinishedAt is { } finished ? Timestamps.Format(finished) : null,
            erasure.Receipt
        );

    private Erasure ToErasure() => new()
    {
        Id = ErasureId.Parse(Id),
        User = Domain.Interactions.UserId.FromStored(UserId),
        RequestedAt = TimeOf(RequestedAt),
        Boundary = new ErasureBoundary
        {
            ArrivedAt = TimeOf(ErasedAt),
            Partition = Partition,
            Version = TombstoneVersion,
            Marks = [.. Marks.Select(mark => new Watermark(
                mark.Partition, SequenceNumber.Parse(mark.Sequence), mark.Index,
                DateOnly.ParseExact(mark.Day, "O", System.Globalization.CultureInfo.InvariantCulture)))],
        },
        Version = Version,
        Places = Places.ToDictionary(
            place => place.Key,
            place => new PlaceProgress
            {
                Passes = place.Value.Passes,
                Removed = place.Value.Removed,
                Next = place.Value.Next,
            },
            StringComparer.Ordinal),
        Found = Found,
        InteractionsCounted = InteractionsCounted,
        Problem = Problem,
        FinishedAt = FinishedAt is { } finished ? TimeOf(finished) : null,
        Receipt = Receipt,
    };

    private static DateTimeOffset TimeOf(string text) =>
        Timestamps.Parse(text) ?? throw new FormatException($"'{text}' is no time.");
}

/// <summary>How the records of erasures are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ErasureDocument))]
internal sealed partial class ErasureJson : JsonSerializerContext;
