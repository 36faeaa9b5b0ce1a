using System.Text;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Import;

namespace Recommendation.Export.Tests;

/// <summary>What is exported is read back by what ingests.</summary>
public sealed class TableTests
{
    private static readonly Interaction[] s_interactions =
    [
        Some.Interaction("ann", "tea, \"red\"", "e1") with { Value = 4.5, Type = InteractionType.Purchase },
        Some.Interaction("böb", "x 🛒 y") with { OccurredAt = Some.Noon.AddMilliseconds(7) },
        .. Some.OddIds.Select(id => Some.Interaction(id, id, id)),
    ];

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public async Task Interactions_come_back_as_they_were(string format)
    {
        var rows = Read(await TableAsync(format, s_interactions, ExportTables.Interactions));

        Assert.Equal(s_interactions.Length, rows.Count);
        foreach (var (interaction, row) in s_interactions.Zip(rows))
        {
            var read = Interaction.Validate(row.Event, interaction.ArrivedAt).Accepted;
            Assert.Equal(interaction with { Position = default }, read);
        }
    }

    [Fact]
    public async Task Profiles_are_a_row_each()
    {
        var profile = Some.FullProfile("ann");
        var text = Encoding.UTF8.GetString(await TableAsync("csv", [profile], ExportTables.Profiles)).Split('\n');

        Assert.Equal(
            "userId,interactionCount,firstInteraction,lastInteraction,lastItemId,counts,recent,historyIsComplete",
            text[0]
        );
        Assert.StartsWith(
            $"ann,{profile.InteractionCount},{Domain.Timestamps.Format(profile.FirstInteraction!.Value)},",
            text[1],
            StringComparison.Ordinal
        );
        Assert.Contains("\"{\"\"", text[1], StringComparison.Ordinal);
        Assert.NotEmpty(await TableAsync("parquet", [profile], ExportTables.Profiles));
    }

    [Fact]
    public async Task A_table_without_rows_has_its_columns()
    {
        Assert.Equal(
            "eventId,userId,itemId,interactionType,timestamp,value,arrivedAt,currency,recommendationId\n",
            Encoding.UTF8.GetString(await TableAsync("csv", [], ExportTables.Interactions))
        );
        Assert.Empty(Read(await TableAsync("parquet", [], ExportTables.Interactions)));
    }

    [Fact]
    public async Task Parquet_is_written_in_row_groups_also_to_a_pipe()
    {
        var many = Enumerable.Range(0, 120_000).Select(i => Some.Interaction($"user-{i}"));
        using var pipe = new Pipe();
        await ParquetTableWriter.WriteAsync(
            many.ToAsyncEnumerable(),
            ExportTables.Interactions,
            pipe,
            CancellationToken.None
        );
        var content = pipe.Content.ToArray();
        await using var reader = await Parquet.ParquetReader.CreateAsync(new MemoryStream(content));

        Assert.Equal(3, reader.RowGroupCount);
        Assert.Equal(120_000, Read(content).Count);
    }

    private static async Task<byte[]> TableAsync<T>(
        string format,
        IReadOnlyList<T> rows,
        IReadOnlyList<TableColumn<T>> columns
    )
    {
        using var output = new MemoryStream();
        if (format == "csv")
            await CsvTableWriter.WriteAsync(rows.ToAsyncEnumerable(), columns, output, CancellationToken.None);
        else
            await ParquetTableWriter.WriteAsync(rows.ToAsyncEnumerable(), columns, output, CancellationToken.None);
        return output.ToArray();
    }

    private static List<ImportRow> Read(byte[] content)
    {
        using var file = InteractionFile.Open(new MemoryStream(content), "export");
        return [.. file.Rows(CancellationToken.None)];
    }

    /// <summary>Takes what is written, and does not know where it is.</summary>
    private sealed class Pipe : Stream
    {
        internal MemoryStream Content { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Content.Write(buffer, offset, count);
    }
}
