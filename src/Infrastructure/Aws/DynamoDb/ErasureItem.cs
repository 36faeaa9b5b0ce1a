using System.Text.Json;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// What an erasure covers, as a map of the profile's item: partition of its record, version of the tombstone, marks.
/// </summary>
internal static class ErasureItem
{
    private const string Erasure = "erasure";

    internal static void Write(Utf8JsonWriter writer, ErasureBoundary boundary)
    {
        writer.StartMap(Erasure);
        writer.Text("p", boundary.Partition!);
        writer.Number("v", boundary.Version);
        MarksItem.Write(writer, "m", boundary.Marks);
        writer.EndMap();
    }

    /// <summary>Reads all but the time, which is an attribute of its own.</summary>
    internal static ErasureBoundary Read(ref ItemReader item)
    {
        string? partition = null;
        var version = 0L;
        List<Watermark> marks = [];
        item.EnterMap(Erasure, "a map");
        while (item.Next())
        {
            if (item.Is("p"u8))
                partition = item.Text("p");
            else if (item.Is("v"u8))
                version = item.Number("v");
            else if (item.Is("m"u8))
                marks = MarksItem.Read(ref item, "m");
            else
                item.Skip();
        }
        item.Leave();
        return new ErasureBoundary { ArrivedAt = default, Partition = partition, Version = version, Marks = marks };
    }
}
