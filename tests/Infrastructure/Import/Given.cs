using System.IO.Compression;
using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Tests;

/// <summary>Inputs for tests.</summary>
internal static class Given
{
    internal static readonly DateTimeOffset Arrival = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    internal static readonly Position Record = new("shard-1", SequenceNumber.From(7));

    internal static string SamplePath =>
        Path.Combine(AppContext.BaseDirectory, "samples", "online-retail-2010-12.csv.gz");

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    internal static byte[] Gzip(params byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    internal static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Bytes(content));
            }
        }
        return packed.ToArray();
    }

    internal static InteractionFile File(string content, ReadOptions options) =>
        InteractionFile.Open(new MemoryStream(Bytes(content)), "orders", options);

    internal static List<ImportRow> Rows(string content, ReadOptions options) => Rows(File(content, options));

    internal static InteractionFile File(string content, FileFormat format = FileFormat.Auto) =>
        File(Bytes(content), format);

    internal static InteractionFile File(byte[] content, FileFormat format = FileFormat.Auto) =>
        InteractionFile.Open(new MemoryStream(content), "orders", new ReadOptions { Format = format });

    /// <summary>All rows, with the bytes that are only valid while the row is the current one copied.</summary>
    internal static List<ImportRow> Rows(InteractionFile file)
    {
        using (file)
            return file.Rows(CancellationToken.None).Select(row => row with { Raw = row.Raw.ToArray() }).ToList();
    }

    internal static List<ImportRow> Rows(string content, FileFormat format = FileFormat.Auto) =>
        Rows(File(content, format));

    /// <summary>The rows before the file breaks off, and what was said then.</summary>
    internal static (List<ImportRow> Rows, string Message) RowsUntilFailure(InteractionFile file)
    {
        var rows = new List<ImportRow>();
        using (file)
        {
            var failure = Assert.Throws<InputException>(() =>
            {
                foreach (var row in file.Rows(CancellationToken.None))
                    rows.Add(row with { Raw = row.Raw.ToArray() });
            });
            return (rows, failure.Message);
        }
    }
}
