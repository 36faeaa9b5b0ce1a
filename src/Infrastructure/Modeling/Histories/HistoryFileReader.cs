using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Histories;

/// <summary>
/// Reads a history file block by block, as often as wanted. Every error names the file. One reader reads one pass at a
/// time.
/// </summary>
internal sealed class HistoryFileReader : IDisposable
{
    private readonly Stream _input;
    private readonly string _name;
    private readonly SectionReader _sections;
    private readonly (long Position, uint Number) _blocks;
    private readonly int[] _byRank;

    /// <param name="input">The file; it must allow seeking. The reader closes it.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="StoredFormatException">It is damaged, or no history file of this version.</exception>
    public HistoryFileReader(Stream input, string name)
    {
        (_input, _name) = (input, name);
        try
        {
            _sections = new(input);
            (ItemIds, ItemCounts, Types) = ReadNames(_sections);
            _byRank = HistoryItems.ByRank(ItemCounts);
            _blocks = _sections.Place;
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            input.Dispose();
            throw HistoryFormat.Unreadable(name, problem);
        }
    }

    /// <exception cref="RefusedException">There is no such file, or it can't be opened.</exception>
    /// <exception cref="StoredFormatException">It is damaged, or no history file of this version.</exception>
    public static HistoryFileReader Open(string path)
    {
        try
        {
            return new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The history file '{path}' can't be opened: {problem.Message}");
        }
    }

    /// <summary>In ordinal order.</summary>
    public string[] ItemIds { get; }

    /// <summary>By item, the number of its events.</summary>
    public long[] ItemCounts { get; }

    /// <summary>In ordinal order.</summary>
    public InteractionType[] Types { get; }

    /// <summary>What the end of the file says; null until a pass was complete.</summary>
    public HistoryTotals? Totals { get; private set; }

    /// <summary>All users from the first, in the ordinal order of their ids.</summary>
    /// <exception cref="StoredFormatException">The file is damaged.</exception>
    public IEnumerable<HistoryBlock> Blocks(CancellationToken cancellationToken)
    {
        _sections.Return(_blocks);
        var (users, events) = (0L, 0L);
        while (NextBlock(users, events) is { } block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            users += block.Users;
            events += block.Events.Length;
            yield return block;
        }
    }

    public void Dispose() => _input.Dispose();

    private HistoryBlock? NextBlock(long users, long events)
    {
        try
        {
            var (kind, raw) = _sections.Next();
            if (kind == SectionKind.End)
            {
                Totals = HistoryTotals.Read(raw.Span);
                _sections.End();
                return Totals.Users == users && Totals.Events == events && Totals.Items == ItemIds.Length
                    ? null : throw new InvalidDataException("its totals do not match its blocks");
            }
            var (block, continues) = ReadUsers(kind, raw);
            while (continues)
            {
                (kind, raw) = _sections.Next();
                (var next, continues) = ReadUsers(kind, raw);
                block = block.Joined(next);
            }
            return block;
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw HistoryFormat.Unreadable(_name, problem);
        }
    }

    private (HistoryBlock Block, bool Continues) ReadUsers(SectionKind kind, ReadOnlyMemory<byte> raw) =>
        kind == SectionKind.Users ? HistoryBlock.Read(raw.Span, _byRank, Types.Length) : throw ColumnReader.Damaged();

    private static (string[] Items, long[] Counts, InteractionType[] Types) ReadNames(SectionReader sections)
    {
        var (items, counts) = (new List<string>(), new List<long>());
        while (true)
        {
            var (kind, raw) = sections.Next();
            if (kind == SectionKind.Types)
                return ([.. items], [.. counts], ReadTypes(raw.Span));
            if (kind != SectionKind.Items)
                throw ColumnReader.Damaged();
            ReadItems(raw.Span, items, counts);
        }
    }

    private static void ReadItems(ReadOnlySpan<byte> raw, List<string> items, List<long> counts)
    {
        var section = new ColumnReader(raw);
        Span<byte> id = stackalloc byte[HistoryFormat.MaximumIdBytes];
        var length = 0;
        for (var left = section.Number(HistoryFormat.ItemsOfSection); left > 0; left--)
        {
            section.Id(id, ref length);
            var text = Encoding.UTF8.GetString(id[..length]);
            if (items.Count > 0 && string.CompareOrdinal(items[^1], text) >= 0)
                throw ColumnReader.Damaged();
            items.Add(text);
            counts.Add((long)section.Number());
        }
        section.End();
    }

    private static InteractionType[] ReadTypes(ReadOnlySpan<byte> raw)
    {
        var section = new ColumnReader(raw);
        var types = new InteractionType[section.Number(HistoryFormat.MaximumTypes)];
        Span<byte> id = stackalloc byte[HistoryFormat.MaximumIdBytes];
        for (var type = 0; type < types.Length; type++)
        {
            var length = 0;
            section.Id(id, ref length);
            types[type] = InteractionType.TryParse(Encoding.UTF8.GetString(id[..length]))
                ?? throw ColumnReader.Damaged();
        }
        section.End();
        return types;
    }

    private static bool IsDamage(Exception problem) => problem is InvalidDataException or EndOfStreamException;
}
