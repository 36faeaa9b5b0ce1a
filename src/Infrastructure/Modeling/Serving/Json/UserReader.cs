using System.Text;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>Collects the members of one user's request.</summary>
internal struct UserReader
{
    private const int MaximumCount = 10_000;

    private string? _userId;
    private string? _lastItem;
    private List<HistoryEntry>? _recent;
    private List<ItemId>? _exclude;
    private int? _count;
    private bool _allowRepeats;

    /// <summary>Whether it is of the reference system's form.</summary>
    public readonly bool IsReference => _recent is null;

    /// <summary>Reads the member whose name the reader has just read.</summary>
    public void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("userId"u8))
            _userId = ReadId(ref reader, "userId");
        else if (reader.ValueTextEquals("recent"u8))
            ReadRecent(ref reader);
        else if (reader.ValueTextEquals("count"u8))
            _count = ReadCount(ref reader);
        else if (reader.ValueTextEquals("exclude"u8))
            ReadExclude(ref reader);
        else if (reader.ValueTextEquals("allowRepeats"u8))
            _allowRepeats =
                reader.Read() && reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
                    ? reader.TokenType == JsonTokenType.True
                    : throw new RankRequestException("allowRepeats is neither true nor false.");
        else if (reader.ValueTextEquals("lastItemId"u8))
            _lastItem = ReadId(ref reader, "lastItemId");
        else
            reader.Skip();
    }

    public readonly RankUser ToUser()
    {
        var user = Parse(UserId.Parse, _userId, "userId");
        UserHistory history = _recent is not null ? [.. _recent]
            : string.IsNullOrEmpty(_lastItem) ? []
            :
            [
                new HistoryEntry(
                    Parse(ItemId.Parse, _lastItem, "lastItemId"),
                    InteractionType.View,
                    DateTimeOffset.UnixEpoch
                ),
            ];
        var count = _count ?? (IsReference ? RankedItems.DefaultStored : RankedItems.DefaultShown);
        return new RankUser(user, history, count, _exclude ?? (IReadOnlyCollection<ItemId>)[], _allowRepeats);
    }

    private void ReadRecent(ref Utf8JsonReader reader)
    {
        _recent = [];
        if (!StartsArray(ref reader, "recent"))
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            try
            {
                _recent.Add(ReadInteraction(ref reader, _recent.Count > 0 ? _recent[^1].At : DateTimeOffset.UnixEpoch));
            }
            catch (RankRequestException problem)
            {
                throw new RankRequestException($"recent[{_recent.Count}]: {problem.Message}", problem);
            }
        }
    }

    /// <param name="reader">At the beginning of the interaction.</param>
    /// <param name="before">The time of the one before it, which one without a time has as well.</param>
    private static HistoryEntry ReadInteraction(ref Utf8JsonReader reader, DateTimeOffset before)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new RankRequestException("This is no JSON object.");
        string? item = null;
        var type = InteractionType.View;
        var (times, valued, valueSum) = (1L, 0L, 0d);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("itemId"u8))
                item = ReadId(ref reader, "itemId");
            else if (reader.ValueTextEquals("type"u8))
                type = ReadType(ref reader);
            else if (reader.ValueTextEquals("at"u8))
                before = ReadTime(ref reader) ?? before;
            else if (reader.ValueTextEquals("count"u8))
                times = ReadTimes(ref reader, "count", least: 1);
            else if (reader.ValueTextEquals("valued"u8))
                valued = ReadTimes(ref reader, "valued", least: 0);
            else if (reader.ValueTextEquals("valueSum"u8))
                valueSum = ReadNumber(ref reader);
            else
                reader.Skip();
        }
        return new HistoryEntry(Parse(ItemId.Parse, item, "itemId"), type, before, times, valued, valueSum);
    }

    private void ReadExclude(ref Utf8JsonReader reader)
    {
        _exclude = [];
        if (!StartsArray(ref reader, "exclude"))
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            _exclude.Add(Parse(ItemId.Parse, Id(ref reader, "exclude"), "exclude"));
    }

    private static bool StartsArray(ref Utf8JsonReader reader, string name) => reader.Read() && reader.TokenType switch
    {
        JsonTokenType.StartArray => true,
        JsonTokenType.Null => false,
        _ => throw new RankRequestException($"{name} is no array."),
    };

    private static int ReadCount(ref Utf8JsonReader reader) =>
        reader.Read()
        && reader.TokenType == JsonTokenType.Number
        && reader.TryGetInt32(out var count)
        && count is >= 0 and <= MaximumCount
            ? count
            : throw new RankRequestException($"count is no whole number from 0 to {MaximumCount}.");

    private static long ReadTimes(ref Utf8JsonReader reader, string name, long least) =>
        reader.Read()
        && reader.TokenType == JsonTokenType.Number
        && reader.TryGetInt64(out var times)
        && times >= least
        && times <= uint.MaxValue
            ? times
            : throw new RankRequestException($"{name} is no whole number from {least} to {uint.MaxValue}.");

    private static double ReadNumber(ref Utf8JsonReader reader) =>
        reader.Read()
        && reader.TokenType == JsonTokenType.Number
        && reader.TryGetDouble(out var number)
        && double.IsFinite(number)
            ? number
            : throw new RankRequestException("valueSum is no finite number.");

    private static InteractionType ReadType(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            throw new RankRequestException("type is no text.");
        Span<char> text = stackalloc char[64];
        if (reader.TokenType == JsonTokenType.Null)
            return InteractionType.View;
        return
            reader.ValueSpan.Length <= text.Length
            && InteractionType.TryParse(text[..reader.CopyString(text)]) is { } type
            ? type
            : throw new RankRequestException("type is not of the form [a-z][a-z0-9_-]{0,31}.");
    }

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            throw new RankRequestException("at is no text.");
        Span<char> text = stackalloc char[64];
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        return reader.ValueSpan.Length <= text.Length && Timestamps.Parse(text[..reader.CopyString(text)]) is { } time
            ? time : throw new RankRequestException("at is no time; give ISO 8601, such as 2010-12-20T18:00:00Z.");
    }

    private static string? ReadId(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return Id(ref reader, name);
    }

    /// <summary>Ids may be whole numbers, as in events.</summary>
    private static string? Id(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetInt64(out _) => Encoding.ASCII.GetString(reader.ValueSpan),
        _ => throw new RankRequestException($"{name} is neither a text nor a whole number."),
    };

    private static T Parse<T>(Func<string?, T> parse, string? text, string name)
    {
        try
        {
            return parse(text);
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            throw new RankRequestException(
                $"{name} can't be used. {problem.Message.Split(" (Parameter", 2)[0]}",
                problem
            );
        }
    }
}
