using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Places in lists as opaque text: a time and a name. What is added or removed before the place changes no later page.
/// </summary>
internal static class Cursor
{
    internal static ApiProblem Unknown() =>
        ApiProblem.Wrong("The cursor is invalid. Omit it to get the first page.");

    internal static string? Of(BatchPlace? place) => place is { } known ? Write(known.StartedAt, known.Id.Value) : null;

    internal static BatchPlace? ToBatchPlace(string? cursor)
    {
        if (cursor is null)
            return null;
        var (at, name) = Read(cursor);
        return new BatchPlace(at, ReadName(BatchRunId.Parse, name));
    }

    internal static string? Of(ModelPlace? place) =>
        place is { } known ? Write(known.CreatedAt, known.Version.Value) : null;

    internal static ModelPlace? ToModelPlace(string? cursor)
    {
        if (cursor is null)
            return null;
        var (at, name) = Read(cursor);
        return new ModelPlace(at, ReadName(ModelVersion.Parse, name));
    }

    internal static string? Of(QuarantinePlace? place) =>
        place is { } known ? Write(known.ArrivedAt, known.Position.ToString()) : null;

    internal static QuarantinePlace? ToQuarantinePlace(string? cursor)
    {
        if (cursor is null)
            return null;
        var (at, name) = Read(cursor);
        return new QuarantinePlace(at, ReadName(Position.Parse, name));
    }

    internal static string? OfText(string? place) =>
        place is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    internal static string? ToText(string? cursor) => cursor is null ? null : Encoding.UTF8.GetString(BytesOf(cursor));

    private static string Write(DateTimeOffset at, string name) =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}|{name}"))
        );

    private static (DateTimeOffset At, string Name) Read(string cursor)
    {
        var parts = Encoding.UTF8.GetString(BytesOf(cursor)).Split('|', 2);
        return
            parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
            : throw Unknown();
    }

    private static ReadOnlySpan<byte> BytesOf(string cursor)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        return Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) == OperationStatus.Done
            ? bytes.AsSpan(0, length) : throw Unknown();
    }

    private static T ReadName<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw Unknown();
        }
    }
}
