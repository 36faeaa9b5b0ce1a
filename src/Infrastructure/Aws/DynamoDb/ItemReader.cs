using System.Buffers.Text;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Makes something of an item; the reader is before its first attribute, and afterwards at its end.</summary>
internal delegate T ReadItem<out T>(ref ItemReader item);

/// <summary>
/// Reads an item's attributes one after the other, as they come. What is of another type than expected is a damaged
/// item and is named.
/// </summary>
/// <param name="reader">At the item's opening brace.</param>
internal ref struct ItemReader(Utf8JsonReader reader)
{
    private readonly Utf8JsonReader _start = reader;
    private Utf8JsonReader _reader = reader;

    /// <summary>The reader as it is now: at the closing brace when all attributes were read.</summary>
    internal readonly Utf8JsonReader Reader => _reader;

    /// <summary>Goes to the next attribute's name, or to the end of the item, the map or the list of maps.</summary>
    internal bool Next() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the attribute that the reader is at has that name.</summary>
    internal readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>The name of the attribute that the reader is at.</summary>
    internal readonly string Name() => _reader.GetString()!;

    internal void Skip()
    {
        _reader.Read();
        _reader.Skip();
    }

    internal string Text(string name)
    {
        Enter("S"u8, name, "a text");
        var text = _reader.TokenType == JsonTokenType.String ? _reader.GetString()! : throw Damaged(name, "a text");
        _reader.Read();
        return text;
    }

    internal long Number(string name)
    {
        Enter("N"u8, name, "a whole number");
        var digits = _reader.ValueSpan;
        if (
            _reader.TokenType != JsonTokenType.String
            || !Utf8Parser.TryParse(digits, out long number, out var length)
            || length != digits.Length
        )
            throw Damaged(name, "a whole number");
        _reader.Read();
        return number;
    }

    /// <summary>What stands for a number, whether it is one of the table's or a text.</summary>
    internal string NumberOrText(string name)
    {
        if (
            !_reader.Read()
            || _reader.TokenType != JsonTokenType.StartObject
            || !_reader.Read()
            || !(_reader.ValueTextEquals("N"u8) || _reader.ValueTextEquals("S"u8))
            || !_reader.Read()
            || _reader.TokenType != JsonTokenType.String
        )
        {
            throw Damaged(name, "a number");
        }
        var text = _reader.GetString()!;
        _reader.Read();
        return text;
    }

    internal List<string> Texts(string name)
    {
        var texts = new List<string>();
        EnterList(name, "a list of texts");
        while (_reader.Read() && _reader.TokenType == JsonTokenType.StartObject)
        {
            if (
                !_reader.Read()
                || !_reader.ValueTextEquals("S"u8)
                || !_reader.Read()
                || _reader.TokenType != JsonTokenType.String
            )
                throw Damaged(name, "a list of texts");
            texts.Add(_reader.GetString()!);
            _reader.Read();
        }
        _reader.Read();
        return texts;
    }

    internal DateTimeOffset Time(string name)
    {
        Span<char> text = stackalloc char[40];
        Enter("S"u8, name, "a time");
        if (_reader.TokenType != JsonTokenType.String || _reader.ValueSpan.Length > text.Length)
            throw Damaged(name, "a time");
        var time = Timestamps.Parse(text[.._reader.CopyString(text)]) ?? throw Damaged(name, "a time");
        _reader.Read();
        return time;
    }

    internal byte[] Bytes(string name)
    {
        Enter("B"u8, name, "bytes");
        if (_reader.TokenType != JsonTokenType.String || !_reader.TryGetBytesFromBase64(out var bytes))
            throw Damaged(name, "bytes");
        _reader.Read();
        return bytes;
    }

    /// <summary>
    /// Enters a map: <see cref="Next"/> goes through its entries, and <see cref="Leave"/> out of it again.
    /// </summary>
    internal void EnterMap(string name, string expected)
    {
        Enter("M"u8, name, expected);
        if (_reader.TokenType != JsonTokenType.StartObject)
            throw Damaged(name, expected);
    }

    /// <summary>Enters a list: <see cref="NextElement"/> goes to the next map in it.</summary>
    internal void EnterList(string name, string expected)
    {
        Enter("L"u8, name, expected);
        if (_reader.TokenType != JsonTokenType.StartArray)
            throw Damaged(name, expected);
    }

    /// <summary>Whether the attribute that the reader is at is a list that begins with a text.</summary>
    internal readonly bool IsListOfTexts()
    {
        var next = _reader;
        return next.Read()
            && next.TokenType == JsonTokenType.StartObject
            && next.Read()
            && next.ValueTextEquals("L"u8)
            && next.Read()
            && next.Read()
            && next.TokenType == JsonTokenType.StartObject
            && next.Read()
            && next.ValueTextEquals("S"u8);
    }

    /// <summary>Enters the next map of the list; at the end of the list, leaves that.</summary>
    internal bool NextElement(string name, string expected)
    {
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            _reader.Read();
            return false;
        }
        if (_reader.TokenType != JsonTokenType.StartObject || !_reader.Read() || !_reader.ValueTextEquals("M"u8)
            || !_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            throw Damaged(name, expected);
        }
        return true;
    }

    /// <summary>Goes from the end of a map to the end of the value that it was.</summary>
    internal void Leave() => _reader.Read();

    /// <summary>The sentence that names the item and what is wrong with it.</summary>
    internal readonly StoredFormatException Damaged(string name, string expected) =>
        new($"The item '{TextOrNull("userId"u8)}' / '{TextOrNull("kind"u8)}' is damaged: '{name}' is not {expected}.");

    /// <summary>A text of this item, wherever the reader is.</summary>
    internal readonly string? TextOrNull(ReadOnlySpan<byte> name)
    {
        var item = _start;
        while (item.Read() && item.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = item.ValueTextEquals(name);
            item.Read();
            if (
                isWanted
                && item.TokenType == JsonTokenType.StartObject
                && item.Read()
                && item.ValueTextEquals("S"u8)
                && item.Read()
            )
                return item.TokenType == JsonTokenType.String ? item.GetString() : null;
            item.Skip();
        }
        return null;
    }

    /// <summary>Goes to the value of the attribute, if it is of the type.</summary>
    private void Enter(ReadOnlySpan<byte> type, string name, string expected)
    {
        if (
            !_reader.Read()
            || _reader.TokenType != JsonTokenType.StartObject
            || !_reader.Read()
            || !_reader.ValueTextEquals(type)
            || !_reader.Read()
        )
            throw Damaged(name, expected);
    }
}
