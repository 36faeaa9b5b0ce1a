using System.Globalization;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Positions in the log as a map by partition.</summary>
internal static class MarksItem
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Writes the attribute; none at all for no marks.</summary>
    internal static void Write(Utf8JsonWriter writer, string attribute, IReadOnlyList<Watermark> marks)
    {
        if (marks.Count == 0)
            return;
        writer.StartMap(attribute);
        foreach (var mark in marks)
        {
            writer.StartMap(mark.Partition);
            writer.Text("s", mark.Sequence.Value);
            writer.Text("d", mark.Day.ToString(Day, CultureInfo.InvariantCulture));
            if (mark.Index != 0)
                writer.Number("i", mark.Index);
            writer.EndMap();
        }
        writer.EndMap();
    }

    internal static List<Watermark> Read(ref ItemReader item, string attribute)
    {
        var marks = new List<Watermark>();
        item.EnterMap(attribute, "a map of maps");
        while (item.Next())
            marks.Add(ReadMark(ref item, attribute, item.Name()));
        item.Leave();
        marks.Sort((a, b) => string.CompareOrdinal(a.Partition, b.Partition));
        return marks;
    }

    private static Watermark ReadMark(ref ItemReader item, string attribute, string partition)
    {
        string? sequence = null, day = null;
        var index = 0L;
        item.EnterMap(attribute, "a map of maps");
        while (item.Next())
        {
            if (item.Is("s"u8))
                sequence = item.Text("s");
            else if (item.Is("d"u8))
                day = item.Text("d");
            else if (item.Is("i"u8))
                index = item.Number("i");
            else
                item.Skip();
        }
        item.Leave();
        return new Watermark(
            partition,
            SequenceNumber.Parse(sequence ?? throw item.Damaged("s", "a text")),
            (int)index,
            DateOnly.ParseExact(day ?? throw item.Damaged("d", "a text"), Day, CultureInfo.InvariantCulture));
    }
}
