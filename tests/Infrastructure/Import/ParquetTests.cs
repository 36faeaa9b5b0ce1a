using Parquet;
using Parquet.Schema;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Tests;

public sealed class ParquetTests
{
    private static readonly DateTime s_time = new(2024, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Brotli)]
    public async Task Interactions_are_read_by_the_names_that_a_csv_file_may_have(CompressionMethod compression)
    {
        var content = await ParquetGiven.FileAsync(
            compression,
            [
                ParquetGiven.Values("customer_id", 17850L, 15998L),
                ParquetGiven.Texts("product_id", "tea", "jam"),
                ParquetGiven.Texts("event_type", "purchase", null),
                ParquetGiven.Times("event_time", DateTimeTimeUnit.Millis, s_time, s_time.AddMinutes(1)),
                ParquetGiven.Nullable<double>("quantity", 4.5, null),
                ParquetGiven.Texts("note", "x", "y"),
            ],
            [
                ParquetGiven.Values("customer_id", 17850L),
                ParquetGiven.Texts("product_id", "pot"),
                ParquetGiven.Texts("event_type", "view"),
                ParquetGiven.Times("event_time", DateTimeTimeUnit.Millis, s_time),
                ParquetGiven.Nullable<double>("quantity", 3),
                ParquetGiven.Texts("note", "z"),
            ]
        );
        using var file = Given.File(content);
        var rows = file.Rows(CancellationToken.None).ToList();

        Assert.Equal((FileFormat.Parquet, "ISO 8601"), (file.Format, file.Reading.Times));
        Assert.Equal(["note"], file.Reading.Unused);
        Assert.Equal(
            [
                "17850 tea purchase 2024-01-02T03:04:05.678Z 4.5",
                "15998 jam  2024-01-02T03:05:05.678Z ",
                "17850 pot view 2024-01-02T03:04:05.678Z 3",
            ],
            rows.Select(row =>
                $"{row.Event.UserId} {row.Event.ItemId} {row.Event.InteractionType} {row.Event.Timestamp} "
                    + $"{row.Event.Value}"
            )
        );
        Assert.Equal([1, 2, 3], rows.Select(row => row.Line));
    }

    public static TheoryData<string, string?> Kinds { get; } =
        new()
        {
            { "int", "17" },
            { "long", "9007199254740993" },
            { "short", "-3" },
            { "uint", "4000000000" },
            { "ulong", "18446744073709551615" },
            { "byte", "7" },
            { "double", "17850" },
            { "double-fraction", "0.1" },
            { "double-nan", null },
            { "float", "4.5" },
            { "decimal", "12.5" },
            { "bool", "true" },
            { "text", "a b" },
            { "blank", null },
            { "guid", "0f8fad5b-d9cb-469f-a165-70867728950e" },
            { "bytes", "tea" },
            { "null", null },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_value_of_each_kind_is_the_text_that_a_csv_file_would_have(string kind, string? expected)
    {
        var column = kind switch
        {
            "int" => ParquetGiven.Values("itemId", 17),
            "long" => ParquetGiven.Values("itemId", 9007199254740993),
            "short" => ParquetGiven.Values<short>("itemId", -3),
            "uint" => ParquetGiven.Values("itemId", 4_000_000_000u),
            "ulong" => ParquetGiven.Values("itemId", ulong.MaxValue),
            "byte" => ParquetGiven.Values<byte>("itemId", 7),
            "double" => ParquetGiven.Values("itemId", 17850.0),
            "double-fraction" => ParquetGiven.Values("itemId", 0.1),
            "double-nan" => ParquetGiven.Values("itemId", double.NaN),
            "float" => ParquetGiven.Values("itemId", 4.5f),
            "decimal" => ParquetGiven.Values(new DecimalDataField("itemId", 10, 2), 12.50m),
            "bool" => ParquetGiven.Values("itemId", true),
            "guid" => ParquetGiven.Values("itemId", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e")),
            "bytes" => new ParquetColumnGiven(
                new DataField<byte[]>("itemId"),
                (group, field) =>
                    group.WriteAsync(
                        field,
                        [
                            [.. "tea"u8],
                        ]
                    )
            ),
            "null" => ParquetGiven.Nullable<long>("itemId", (long?)null),
            _ => ParquetGiven.Texts("itemId", kind == "blank" ? "  " : "a b"),
        };
        var row = Assert.Single(await RowsAsync(ParquetGiven.Texts("userId", "ann"), column));

        Assert.Equal(expected, row.Event.ItemId);
    }

    [Theory]
    [InlineData(DateTimeTimeUnit.Millis)]
    [InlineData(DateTimeTimeUnit.Micros)]
    [InlineData(DateTimeTimeUnit.Nanos)]
    public async Task Times_of_every_unit_are_read(DateTimeTimeUnit unit) =>
        Assert.Equal(
            "2024-01-02T03:04:05.678Z",
            Assert.Single(await RowsAsync(Pair(ParquetGiven.Times("ts", unit, s_time)))).Event.Timestamp
        );

    [Fact]
    public async Task Times_of_Impala_and_numbers_since_1970_are_read()
    {
        var impala = ParquetGiven.Values(new DateTimeDataField("ts", DateTimeFormat.Impala), s_time);
        Assert.Equal("2024-01-02T03:04:05.678Z", Assert.Single(await RowsAsync(Pair(impala))).Event.Timestamp);
        Assert.Equal(
            "1704164645000",
            Assert.Single(await RowsAsync(Pair(ParquetGiven.Values("ts", 1_704_164_645L)))).Event.Timestamp
        );
        Assert.Equal(
            "1704164645000",
            Assert.Single(await RowsAsync(Pair(ParquetGiven.Values("ts", 1_704_164_645_000_000L)))).Event.Timestamp
        );
        Assert.Equal(
            "1704164645678",
            Assert.Single(await RowsAsync(Pair(ParquetGiven.Values("ts", 1_704_164_645.678)))).Event.Timestamp
        );
    }

    [Fact]
    public async Task Days_keep_the_order_of_the_file()
    {
        var days = ParquetGiven.Values(new DateTimeDataField("day", DateTimeFormat.Date), s_time.Date, s_time.Date);
        var rows = await RowsAsync(
            ParquetGiven.Texts("userId", "ann", "ann"),
            ParquetGiven.Texts("itemId", "tea", "jam"),
            days
        );

        Assert.Equal(["2024-01-02", "2024-01-02T00:00:00.001Z"], rows.Select(row => row.Event.Timestamp));
    }

    /// <summary>
    /// Written by DuckDB 1.5.6 with gzip: users as numbers with gaps, days as DATE, ratings as DECIMAL,
    /// items in a dictionary.
    /// </summary>
    [Fact]
    public void A_file_of_another_writer_is_read_whole()
    {
        using var file = InteractionFile.Open(Path.Combine(AppContext.BaseDirectory, "Formats", "duckdb-days.parquet"));
        var rows = file.Rows(CancellationToken.None).ToList();

        Assert.Equal((1000, 334), (rows.Count, rows.Count(row => row.Event.UserId is null)));
        Assert.Equal(
            ["17850", "17851", "17852", "17853", "17854", "17855", "17856"],
            rows.Select(row => row.Event.UserId).OfType<string>().Distinct().Order()
        );
        Assert.Equal(
            ("item2", "2024-01-03", "0.5"),
            (rows[2].Event.ItemId, rows[2].Event.Timestamp, rows[2].Event.Value)
        );
        Assert.Equal("2024-01-03T00:00:00.001Z", rows[5].Event.Timestamp);

        using var items = ItemFile.Open(Path.Combine(AppContext.BaseDirectory, "Formats", "duckdb-items.parquet"));
        var read = items.Rows(CancellationToken.None).Select(row => row.Item!).ToList();
        Assert.Equal(
            [("a1", "Lamp", true), ("a2", null, false), ("a3", "Mug", true)],
            read.Select(item => (item.ItemId.Value, item.Title, item.Available))
        );
        Assert.Equal(["Home", "Light"], read[0].Categories);
        Assert.Empty(read[1].Categories);
        Assert.Empty(read[2].Categories);
    }

    [Fact]
    public async Task Columns_are_named_by_a_map_or_a_preset_as_those_of_csv()
    {
        ParquetColumnGiven[] columns =
        [
            ParquetGiven.Texts("who", "ann"),
            ParquetGiven.Texts("what", "tea"),
            ParquetGiven.Texts("order", "o1"),
        ];
        var map = new ReadOptions
        {
            Map = new Dictionary<InteractionField, IReadOnlyList<string>>
            {
                [InteractionField.UserId] = ["who"],
                [InteractionField.ItemId] = ["what"],
                [InteractionField.EventId] = ["order", "what"],
            },
        };
        var mapped = Assert.Single(await RowsAsync(map, columns)).Event;
        Assert.Equal(("ann", "tea", "o1/tea"), (mapped.UserId, mapped.ItemId, mapped.EventId));

        var rees = Assert
            .Single(
                await RowsAsync(
                    new ReadOptions { Preset = "rees46" },
                    ParquetGiven.Texts("event_time", "2019-10-01 00:00:00 UTC"),
                    ParquetGiven.Texts("event_type", "remove_from_cart"),
                    ParquetGiven.Values("product_id", 44600062),
                    ParquetGiven.Values("user_id", 541312140)
                )
            )
            .Event;
        Assert.Equal(("541312140", "44600062", "remove_from_cart"), (rees.UserId, rees.ItemId, rees.InteractionType));
        Assert.Contains(
            "it needs userId and itemId",
            (await Assert.ThrowsAsync<InputException>(() => RowsAsync(columns))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Online_Retail_is_recognised_in_Parquet()
    {
        var content = await ParquetGiven.FileAsync(
            CompressionMethod.Snappy,
            [
                ParquetGiven.Texts("InvoiceNo", "536365", "C536366", "536367"),
                ParquetGiven.Texts("StockCode", "85123A", "71053", "71053"),
                ParquetGiven.Texts("Description", "HEART", "LANTERN", "LANTERN"),
                ParquetGiven.Values("Quantity", 6, -1, 2),
                ParquetGiven.Times("InvoiceDate", DateTimeTimeUnit.Nanos, s_time, s_time, s_time),
                ParquetGiven.Nullable<double>("CustomerID", 17850, 17850, null),
            ]
        );
        using var file = Given.File(content);
        var rows = file.Rows(CancellationToken.None).ToList();

        Assert.Equal(FileFormat.OnlineRetail, file.Format);
        Assert.Equal(
            ["cancellation", "no customer"],
            rows.Where(row => row.Kind == ImportRowKind.Skipped).Select(row => row.SkippedBecause!)
        );
        var sale = Assert.Single(rows, row => row.Kind == ImportRowKind.Event).Event;
        Assert.Equal(
            ("17850", "536365/85123A/1", "2024-01-02T03:04:05.678Z"),
            (sale.UserId, sale.EventId, sale.Timestamp)
        );
        Assert.Equal("HEART", Assert.Single(rows, row => row.Kind == ImportRowKind.Item).Item?.Title);
    }

    [Fact]
    public async Task Damaged_files_packed_files_and_pipes_are_refused_in_a_sentence()
    {
        var content = await ParquetGiven.FileAsync(
            CompressionMethod.None,
            [ParquetGiven.Texts("userId", "ann"), ParquetGiven.Texts("itemId", "tea")]
        );

        Assert.Contains("can't be read as Parquet", Refused(content[..^9]), StringComparison.Ordinal);
        Assert.Contains("packed Parquet file; unpack it", Refused(Given.Gzip(content)), StringComparison.Ordinal);
        Assert.Contains("encrypted", Refused([.. "PARE"u8, .. content[4..]]), StringComparison.Ordinal);
        Assert.Contains(
            "is no Parquet file",
            Refused(Given.Bytes("userId,itemId\na,b\n"), FileFormat.Parquet),
            StringComparison.Ordinal
        );
        Assert.Contains("leave --format out", Refused(content, FileFormat.Csv), StringComparison.Ordinal);
        var pipe = Assert.Throws<InputException>(() =>
            InteractionFile.Open(new PatternStream(content, 0, 0, []), "pipe")
        );
        Assert.Contains("comes through a pipe", pipe.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_cut_and_every_changed_byte_ends_in_rows_or_in_a_sentence()
    {
        var content = await ParquetGiven.FileAsync(
            CompressionMethod.Snappy,
            Pair(ParquetGiven.Times("ts", DateTimeTimeUnit.Micros, s_time)),
            Pair(ParquetGiven.Times("ts", DateTimeTimeUnit.Micros, s_time))
        );
        for (var i = 5; i < content.Length; i += 7)
        {
            ReadOrRefuse(content[..i]);
            byte[] changed = [.. content];
            changed[i] ^= 0x55;
            ReadOrRefuse(changed);
        }
    }

    private static ParquetColumnGiven[] Pair(ParquetColumnGiven column) =>
        [ParquetGiven.Texts("userId", "ann"), ParquetGiven.Texts("itemId", "tea"), column];

    private static Task<List<ImportRow>> RowsAsync(params ParquetColumnGiven[] columns) =>
        RowsAsync(ReadOptions.Default, columns);

    private static async Task<List<ImportRow>> RowsAsync(ReadOptions options, params ParquetColumnGiven[] columns)
    {
        var content = await ParquetGiven.FileAsync(CompressionMethod.Snappy, columns);
        using var file = InteractionFile.Open(new MemoryStream(content), "orders", options);
        return [.. file.Rows(CancellationToken.None)];
    }

    private static string Refused(byte[] content, FileFormat format = FileFormat.Auto) =>
        Assert.Throws<InputException>(() => Given.File(content, format)).Message;

    private static void ReadOrRefuse(byte[] content)
    {
        try
        {
            using var file = Given.File(content);
            foreach (var row in file.Rows(CancellationToken.None))
                Interaction.Validate(row.Event, Given.Arrival);
        }
        catch (InputException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }
}
