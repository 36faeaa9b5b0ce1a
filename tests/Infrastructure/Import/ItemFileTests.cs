using Recommendation.Domain.Items;

namespace Recommendation.Import.Tests;

public sealed class ItemFileTests
{
    [Theory]
    [InlineData("title,itemId,available,categories\nLamp,i1,no,Home > Light|LED\n")]
    [InlineData(
        "{\"itemId\":\"i1\",\"title\":\" Lamp "
            + "\",\"categories\":[\"Home > Light\",\"LED\"],\"available\":false,\"x\":[{}]}\n"
    )]
    [InlineData("{\"categories\":\"Home>Light|LED\",\"itemId\":\"i1\",\"title\":\"Lamp\",\"available\":\"false\"}")]
    public void An_item_is_read_from_either_format_and_gzip_of_it(string content)
    {
        foreach (var bytes in (byte[][])[Given.Bytes(content), Given.Gzip(Given.Bytes(content))])
        {
            var item = Assert.Single(Read(bytes)).Item;
            Assert.Equal(("i1", "Lamp", false), (item?.ItemId.Value, item?.Title, item?.Available));
            Assert.Equal(["Home > Light", "LED"], item!.Categories);
        }
    }

    [Theory]
    [InlineData("[{\"itemId\":\"i1\"},{\"itemId\":\"i2\"}]")]
    [InlineData("[\n  {\n    \"itemId\": \"i1\"\n  },\n  {\"itemId\": \"i2\"}\n]\n")]
    [InlineData("{\n  \"itemId\": \"i1\"\n}\n{\n  \"itemId\": \"i2\"\n}\n")]
    public void Items_in_an_array_or_spread_over_lines_are_read(string content) =>
        Assert.Equal(["i1", "i2"], Read(Given.Bytes(content)).Select(row => row.Item?.ItemId.Value));

    [Fact]
    public async Task An_item_is_read_from_Parquet_with_its_categories_as_text_or_as_a_list()
    {
        var list = new Parquet.Schema.ListField("categories", new Parquet.Schema.DataField<string>("element"));
        var schema = new Parquet.Schema.ParquetSchema(
            new Parquet.Schema.DataField<string>("itemId"),
            new Parquet.Schema.DataField<string>("title"),
            list,
            new Parquet.Schema.DataField<bool?>("available")
        );
        using var content = new MemoryStream();
        await using (var writer = await Parquet.ParquetWriter.CreateAsync(schema, content))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(schema.DataFields[0], ["i1", "i2"]);
            await group.WriteAsync(schema.DataFields[1], [" Lamp ", null]);
            await group.WriteAsync(schema.DataFields[2], ["Home", "Light", "LED"], new[] { 0, 1, 0 });
            await group.WriteAsync<bool>(schema.DataFields[3], (ReadOnlyMemory<bool?>)new bool?[] { false, null });
        }
        var rows = Read(content.ToArray());

        Assert.Equal(
            [("i1", "Lamp", false), ("i2", "", true)],
            rows.Select(row => (row.Item!.ItemId.Value, row.Change!.Title!, row.Item.Available))
        );
        Assert.Equal(
            [
                ["Home", "Light"],
                ["LED"],
            ],
            rows.Select(row => row.Item!.Categories)
        );

        var text = await ParquetGiven.FileAsync(
            Parquet.CompressionMethod.Snappy,
            [ParquetGiven.Values("itemId", 17L), ParquetGiven.Texts("categories", "Home > Light|LED")]
        );
        var item = Assert.Single(Read(text)).Item;
        Assert.Equal("17", item?.ItemId.Value);
        Assert.Equal(["Home > Light", "LED"], item!.Categories);
    }

    [Theory]
    [InlineData("Home > Light", new[] { "Home", "Light" })]
    [InlineData("Home|Sale", new[] { "Home", "Sale" })]
    [InlineData("Home > Light | Sale>Summer |", new[] { "Home > Light", "Sale > Summer" })]
    [InlineData(" > ", new string[0])]
    public void One_path_is_read_as_its_parts_and_several_as_paths(string text, string[] expected) =>
        Assert.Equal(expected, Assert.Single(Read(Given.Bytes($"itemId,categories\ni1,{text}\n"))).Item!.Categories);

    [Fact]
    public void Columns_that_mean_nothing_else_are_attributes()
    {
        var rows = Read(Given.Bytes(
            "itemId,Image URL,price,Product Type,2nd colour,\ni1,/a.png,12.50,Mug,red,x\ni2,,,,,\n"));
        Assert.True(rows[0].Change!.IsFromText);
        Assert.Equal(
            [("imageUrl", "/a.png"), ("price", "12.50"), ("Product_Type", "Mug"), ("_2nd_colour", "red")],
            rows[0].Change!.Values.Select(one => (one.Key, one.Value!.Text)));
        Assert.All(rows[1].Change!.Values, one => Assert.Null(one.Value));
        Assert.Contains(
            "names the column a_b twice",
            Assert.Throws<InputException>(() => Read("itemId,a b,a-b\n1,x,y\n"u8.ToArray())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_mean_nothing_else_are_attributes_of_their_type()
    {
        var change = Assert.Single(Read(Given.Bytes(
            """
            {"itemId":"i1","price":12.5,"brand":"Acme","attributes":{"new":true,"gone":null},"size":{"cm":9},
            "tags":["a"],"v":[1,2.5],"nested":[{"a":1}],"createdAt":"2026-01-02"}
            """.ReplaceLineEndings("")))).Change!;
        Assert.False(change.IsFromText);
        var expected = new Dictionary<string, AttributeValue?>(StringComparer.Ordinal)
        {
            ["price"] = AttributeValue.Of(12.5),
            ["brand"] = AttributeValue.Of("Acme"),
            ["new"] = AttributeValue.Of(true),
            ["gone"] = null,
            ["size_cm"] = AttributeValue.Of(9),
            ["tags"] = AttributeValue.Of(["a"]),
            ["v"] = AttributeValue.Of([1f, 2.5f]),
            ["createdAt"] = AttributeValue.Of("2026-01-02"),
        };
        Assert.Equal(expected, change.Values);
    }

    [Fact]
    public async Task Columns_of_Parquet_are_attributes_of_their_type()
    {
        var vector = new Parquet.Schema.ListField("v", new Parquet.Schema.DataField<float?>("element"));
        var schema = new Parquet.Schema.ParquetSchema(
            new Parquet.Schema.DataField<string>("itemId"),
            new Parquet.Schema.DataField<double?>("weight"),
            new Parquet.Schema.DataField<bool?>("isNew"),
            new Parquet.Schema.DataField<string>("zip"),
            new Parquet.Schema.DateTimeDataField("seen", Parquet.Schema.DateTimeFormat.DateAndTime),
            vector);
        using var content = new MemoryStream();
        await using (var writer = await Parquet.ParquetWriter.CreateAsync(schema, content))
        {
            using var group = writer.CreateRowGroup();
            var fields = schema.DataFields;
            await group.WriteAsync(fields[0], ["i1"]);
            await group.WriteAsync<double>(fields[1], (ReadOnlyMemory<double?>)new double?[] { 1.5 });
            await group.WriteAsync<bool>(fields[2], (ReadOnlyMemory<bool?>)new bool?[] { null });
            await group.WriteAsync(fields[3], ["01234"]);
            await group.WriteAsync<DateTime>(
                fields[4], (ReadOnlyMemory<DateTime>)new[] { new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) });
            await group.WriteAsync<float>(fields[5], (ReadOnlyMemory<float?>)new float?[] { 0.5f, 2f }, new[] { 0, 1 });
        }
        var change = Assert.Single(Read(content.ToArray())).Change!;
        var expected = new Dictionary<string, AttributeValue?>(StringComparer.Ordinal)
        {
            ["weight"] = AttributeValue.Of(1.5),
            ["isNew"] = null,
            ["zip"] = AttributeValue.Of("01234"),
            ["seen"] = AttributeValue.Of(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
            ["v"] = AttributeValue.Of([0.5f, 2f]),
        };
        Assert.Equal(expected, change.Values);
    }

    [Theory]
    [InlineData("itemId\ni1\n")]
    [InlineData("itemId,title,categories,available\ni1,,,\n")]
    [InlineData("{\"itemId\":\"i1\",\"title\":null,\"categories\":null,\"available\":null}")]
    public void Only_the_id_is_required(string content)
    {
        var item = Assert.Single(Read(Given.Bytes(content))).Item;

        Assert.Equal(("i1", null, true, 0), (item?.ItemId.Value, item?.Title, item?.Available, item?.Categories.Count));
    }

    [Theory]
    [InlineData("itemId,available\ni1,no\n", null, null, false)]
    [InlineData("itemId,title\ni1,\n", "", null, null)]
    [InlineData("itemId,categories\ni1,\n", null, 0, null)]
    [InlineData("{\"itemId\":\"i1\",\"available\":true}", null, null, true)]
    [InlineData("{\"itemId\":\"i1\",\"title\":null}", "", null, null)]
    [InlineData("{\"itemId\":\"i1\",\"categories\":[]}", null, 0, null)]
    public void What_a_file_does_not_say_changes_nothing(
        string content,
        string? title,
        int? categories,
        bool? available
    )
    {
        var change = Assert.Single(Read(Given.Bytes(content))).Change;
        Assert.Equal((title, categories, available), (change?.Title, change?.Categories?.Count, change?.Available));
    }

    [Theory]
    [InlineData("itemId,available\ni1,maybe\ni2,1\n", "neither true nor false")]
    [InlineData("itemId,title\n,x\ni2,x\n", "itemId is missing")]
    [InlineData("itemId,title\ni1\ni2,x\n", "1 field;")]
    [InlineData("{\"itemId\":\"i1\"\n{\"itemId\":\"i2\"}", "not valid JSON")]
    [InlineData("{\"itemId\":{}}\n{\"itemId\":\"i2\"}", "must be text")]
    [InlineData("{\"itemId\":\"\\ud800\"}\n{\"itemId\":\"i2\"}", "must be text")]
    [InlineData("{\"itemId\":\"i1\",\"categories\":[{}]}\n{\"itemId\":\"i2\"}", "must be text")]
    [InlineData("[7]\n{\"itemId\":\"i2\"}", "no JSON object")]
    public void A_bad_row_is_rejected_and_the_rest_is_read(string content, string reason)
    {
        var rows = Read(Given.Bytes(content));

        Assert.Contains(reason, rows[0].Rejection?.Message, StringComparison.Ordinal);
        Assert.Equal("i2", Assert.Single(rows[1..]).Item?.ItemId.Value);
    }

    [Fact]
    public void A_file_without_the_column_or_without_anything_is_refused()
    {
        Assert.Contains(
            "'id', 'title'; it needs itemId",
            Assert.Throws<InputException>(() => Read("id,title\n1,x\n"u8.ToArray())).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("is empty", Assert.Throws<InputException>(() => Read([])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "There is no file",
            Assert.Throws<InputException>(() => ItemFile.Open("/no/such/file")).Message,
            StringComparison.Ordinal
        );
    }

    private static List<ItemRow> Read(byte[] content)
    {
        using var file = ItemFile.Open(new MemoryStream(content), "items");
        return file.Rows(CancellationToken.None).ToList();
    }
}
