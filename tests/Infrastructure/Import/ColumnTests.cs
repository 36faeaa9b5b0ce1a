namespace Recommendation.Import.Tests;

/// <summary>What the columns of a table mean: by their names, by a map, or by a preset.</summary>
public sealed class ColumnTests
{
    [Theory]
    [InlineData("user_id,product_id")]
    [InlineData("VisitorID,ItemID")]
    [InlineData("Customer ID,Stock-Code")]
    [InlineData("reviewerID,asin")]
    [InlineData("user id,SKU")]
    [InlineData("member-id,movie_id:token")]
    [InlineData("email,product")]
    [InlineData("session_id,article_id")]
    public void Names_are_known_whatever_their_case_and_their_separators(string header)
    {
        var row = Assert.Single(Given.Rows(header + "\nu1,i1\n"));

        Assert.Equal(("u1", "i1"), (row.Event.UserId, row.Event.ItemId));
    }

    [Theory]
    [InlineData(
        "user_id,customer_id,item_id",
        "2 columns could be the userId: 'user_id', 'customer_id'. Say which with --map userId=user_id or --map "
            + "userId=customer_id."
    )]
    [InlineData("user_id,sku,product_id", "2 columns could be the itemId: 'sku', 'product_id'.")]
    [InlineData("user_id,item_id,event,action", "2 columns could be the interactionType")]
    [InlineData("user_id,item_id,date,time", "for a date and a time, --map timestamp=date,time")]
    public void Two_columns_that_could_be_one_field_are_refused_with_the_way_out(string header, string message)
    {
        var failure = Assert.Throws<InputException>(() => Given.File(header + "\na,b,c,d\n"));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_the_event_format_wins_over_a_synonym()
    {
        using var file = Given.File("userId,customer_id,itemId,sku\nu,c,i,s\n");

        var row = Assert.Single(file.Rows(CancellationToken.None));
        Assert.Equal(("u", "i"), (row.Event.UserId, row.Event.ItemId));
        Assert.Equal(["customer_id", "sku"], file.Reading.Unused);
    }

    [Fact]
    public void A_map_says_what_the_columns_mean()
    {
        var options = new ReadOptions
        {
            Map = new Dictionary<InteractionField, IReadOnlyList<string>>
            {
                [InteractionField.UserId] = ["Wer", "Gast"],
                [InteractionField.ItemId] = ["was"],
                [InteractionField.Timestamp] = ["Tag", "Uhrzeit"],
                [InteractionField.EventId] = ["Bestellung", "was"],
            },
        };

        var rows = Given.Rows(
            "Wer,Gast,Was,Tag,Uhrzeit,Bestellung\nann,g1,tea,31.1.2020,8:05,7\n,g2,jam,31.1.2020,9:05,\n",
            options
        );

        Assert.Equal(
            [("ann", "tea", "7/tea"), ("g2", "jam", "")],
            rows.Select(row => (row.Event.UserId!, row.Event.ItemId!, row.Event.EventId ?? ""))
        );
        Assert.Equal(["2020-01-31T08:05:00.000Z", "2020-01-31T09:05:00.000Z"], rows.Select(Some.Time));
    }

    [Fact]
    public void A_mapped_column_that_is_not_there_is_named()
    {
        var options = new ReadOptions
        {
            Map = new Dictionary<InteractionField, IReadOnlyList<string>> { [InteractionField.UserId] = ["who"] },
        };

        var failure = Assert.Throws<InputException>(() => Given.File("user_id,item_id\na,b\n", options));

        Assert.Equal("'orders' has no column 'who'; it has 'user_id', 'item_id'.", failure.Message);
    }

    [Fact]
    public void Columns_that_are_not_used_are_named()
    {
        using var file = Given.File("user_id,item_id,kind,colour\na,b,view,red\n");

        Assert.Equal(["kind", "colour"], file.Reading.Unused);
        Assert.False(file.Reading.HasTypes);
        Assert.Equal([new FileColumn("user_id", "userId"), new FileColumn("item_id", "itemId")], file.Reading.Columns);
    }

    [Fact]
    public void Lines_of_an_order_get_event_ids_of_their_own()
    {
        var rows = Given.Rows(
            "order_id,customer_id,sku,event\n7,ann,tea,purchase\n7,ann,jam,purchase\n7,ann,tea,purchase\n7,ann,tea,refund\n,bob,tea,view\n"
        );

        Assert.Equal(
            ["7/tea/purchase/1", "7/jam/purchase/1", "7/tea/purchase/2", "7/tea/refund/1", ""],
            rows.Select(row => row.Event.EventId ?? "")
        );
    }

    [Fact]
    public void An_array_that_has_no_end_gives_what_can_be_read()
    {
        var rows = Given.Rows(
            "[\n{\"userId\":\"u1\",\"itemId\":\"}]\"},\n7,\n{\"userId\":\"u2\",\"itemId\":\"i2\"},{\"userId\":\"u3\",\"itemId\":\"i3\"},\n{\"userId\":"
        );

        Assert.Equal(
            [
                (2, 0, ImportRowKind.Event),
                (3, 0, ImportRowKind.Rejected),
                (4, 0, ImportRowKind.Event),
                (4, 1, ImportRowKind.Event),
                (5, 0, ImportRowKind.Rejected),
            ],
            rows.Select(row => ((int)row.Line, row.Index, row.Kind))
        );
        Assert.Equal("}]", rows[0].Event.ItemId);
    }

    [Fact]
    public void An_element_of_100_MB_in_an_array_is_rejected_without_being_held()
    {
        var stream = new PatternStream(
            Given.Bytes("[{\"userId\":\"u1\",\"itemId\":\"i1\"},\n{\"userId\":\""), (byte)'x', 100_000_000,
            Given.Bytes("\"}\n,{\"userId\":\"u3\",\"itemId\":\"i3\"}]"));
        using var file = InteractionFile.Open(stream, "orders");

        Assert.Equal(
            [(1L, ImportRowKind.Event), (2L, ImportRowKind.Rejected), (3L, ImportRowKind.Event)],
            file.Rows(CancellationToken.None).Select(row => (row.Line, row.Kind)).ToList());
        Assert.InRange(file.BufferBytes, 64 * 1024, 1100 * 1024);
    }

    [Fact]
    public void A_file_without_a_header_that_fits_no_preset_is_refused()
    {
        var failure = Assert.Throws<InputException>(() =>
            Given.File("1,2\n3,4\n", new ReadOptions { Preset = "movielens" })
        );

        Assert.Contains(
            "2 fields in its first row; a file of movielens has userId, movieId, rating, timestamp",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "join the two by order_id",
            Assert
                .Throws<InputException>(() =>
                    Given.File("order_id,product_id\n1,2\n", new ReadOptions { Preset = "instacart" })
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "there are ga4, segment,",
            Assert.Throws<InputException>(() => Given.File("a,b\n1,2\n", new ReadOptions { Preset = "ebay" })).Message,
            StringComparison.Ordinal
        );
    }
}
