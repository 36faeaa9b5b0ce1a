using System.Security.Cryptography;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Tests;

public sealed class OnlineRetailTests
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    [Fact]
    public void Every_row_of_the_sample_is_accounted_for()
    {
        using var file = InteractionFile.Open(Given.SamplePath);
        var rows = Given.Rows(file);
        var events = rows.Where(r => r.Kind == ImportRowKind.Event)
            .Select(r => Interaction.Validate(r.Event, Given.Arrival).Accepted)
            .ToList();

        Assert.Equal(FileFormat.OnlineRetail, file.Format);
        Assert.Equal(39_529, rows.Count(r => r.Kind != ImportRowKind.Item));
        Assert.Equal(644, rows.Count(r => r.SkippedBecause is ImportRow.Cancellation));
        Assert.Equal(39_529 - 25_763, rows.Count(r => r.SkippedBecause is ImportRow.NoCustomer));
        Assert.Equal(25_119, events.Count(i => i is not null));
        Assert.Equal(860, events.Select(i => i?.UserId).Distinct().Count());
        Assert.Equal(2_386, events.Select(i => i?.ItemId).Distinct().Count());
        Assert.Equal(25_119, events.Select(i => i?.EventId).Distinct().Count());
        Assert.Equal(2_386, rows.Count(r => r.Kind == ImportRowKind.Item));
        Assert.Equal(file.Length, file.BytesRead);
    }

    [Fact]
    public void The_times_of_the_sample_are_those_of_day_month_year()
    {
        using var file = InteractionFile.Open(Given.SamplePath);
        var times = file.Rows(CancellationToken.None)
            .Where(row => row.Kind == ImportRowKind.Event)
            .Select(Some.Time)
            .ToList();

        Assert.Equal(
            ("2010-12-01T08:26:00.000Z", "2010-12-20T16:08:00.000Z"),
            (times.Min(StringComparer.Ordinal), times.Max(StringComparer.Ordinal))
        );
        Assert.Equal("day/month/year", file.Reading.Times);
        Assert.Equal(
            "677fafc44151f6f55658df3bd5b662462829d47cb00c543f7144e312b63da6a3",
            Convert.ToHexStringLower(SHA256.HashData(Given.Bytes(string.Join('\n', times))))
        );
    }

    [Fact]
    public void A_row_is_a_purchase_and_its_product_is_told_before_it()
    {
        var rows = Given.Rows(Header + "536365,85123A, WHITE HEART ,6,13/12/2010 08:26,2.55,17850,United Kingdom\n");

        var item = rows[0].Item;
        Assert.Equal((ImportRowKind.Item, "85123A", "WHITE HEART"), (rows[0].Kind, item?.ItemId.Value, item?.Title));
        var expected = new RawInteraction
        {
            EventId = "536365/85123A/1",
            UserId = "17850",
            ItemId = "85123A",
            InteractionType = "purchase",
            Timestamp = "2010-12-13T08:26:00.000Z",
            Value = "6",
        };
        Assert.Equal((ImportRowKind.Event, expected), (rows[1].Kind, rows[1].Event));
    }

    [Fact]
    public void Lines_of_an_invoice_with_the_same_product_have_ids_of_their_own()
    {
        var rows = Given.Rows(
            Header
                + "1,a,,1,13/12/2010 8:26,1,c,UK\n1,b,,1,13/12/2010 8:26,1,c,UK\n1,a,,1,13/12/2010 "
                + "8:26,1,c,UK\n2,a,,1,13/12/2010 8:26,1,c,UK\n"
        );

        Assert.Equal(["1/a/1", "1/b/1", "1/a/2", "2/a/1"], rows.Select(r => r.Event.EventId ?? "").ToArray());
    }

    [Fact]
    public void A_title_is_the_first_that_is_not_empty_and_told_once()
    {
        var rows = Given.Rows(
            Header
                + "1,a,,1,13/12/2010 8:26,1,c,UK\n1,a,Lamp,1,13/12/2010 8:26,1,c,UK\n2,a,LAMP,1,13/12/2010 "
                + "8:26,1,c,UK\n"
        );

        Assert.Equal("Lamp", Assert.Single(rows, r => r.Kind == ImportRowKind.Item).Item?.Title);
    }

    [Fact]
    public void A_time_that_is_none_is_rejected_with_its_place()
    {
        var rows = Given.Rows(
            Header + "1,a,,1,13/12/2010 8:26,1,c,UK\n1,b,,1,12/25/2010 8:26,1,c,UK\n1,c,,1,,1,c,UK\n",
            new ReadOptions { Dates = DateOrder.DayFirst }
        );

        Assert.Equal([ImportRowKind.Event, ImportRowKind.Rejected, ImportRowKind.Event], rows.Select(r => r.Kind));
        Assert.Equal(RejectionCode.InvalidTime, rows[1].Rejection?.Code);
        Assert.StartsWith(
            "line 3, column 'InvoiceDate': '12/25/2010 8:26' is no time",
            rows[1].Rejection?.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("12/1/2010 8:26", "12/13/2010 8:26")]
    [InlineData("2010-12-01 08:26:00", "2010-12-13 08:26:00")]
    [InlineData("2010-12-01T08:26:00Z", "2010-12-13T08:26:00Z")]
    [InlineData("1/12/2010 8:26", "13/12/2010 8:26")]
    [InlineData("01.12.10 08:26", "13.12.10 08:26")]
    [InlineData("12/1/10 8:26 AM", "12/13/10 8:26 AM")]
    public void The_copies_in_circulation_give_the_same_times_and_customers(string first, string second)
    {
        var rows = Given.Rows(
            Header + $"1,a,,1,{first},1,17850.0,UK\n2,a,,1,{second},1,13047.0,UK\n3,a,,1,{second},1,,UK\n"
        );

        Assert.Equal(["2010-12-01T08:26:00.000Z", "2010-12-13T08:26:00.000Z"], rows.Take(2).Select(Some.Time));
        Assert.Equal(["17850", "13047"], rows.Take(2).Select(row => row.Event.UserId ?? ""));
    }

    [Fact]
    public void Online_Retail_II_is_the_same_format_with_other_names()
    {
        using var file = Given.File(
            "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n1,a,Lamp,2,2009-12-13 "
                + "07:45:00,6.95,13085.0,UK\n"
        );

        var row = Assert.Single(file.Rows(CancellationToken.None), row => row.Kind == ImportRowKind.Event);
        Assert.Equal((FileFormat.OnlineRetail, "13085", "2"), (file.Format, row.Event.UserId, row.Event.Value));
    }

    [Fact]
    public void Descriptions_in_Latin_1_are_read()
    {
        var rows = Given.Rows(
            Given.File([.. Given.Bytes(Header), .. "1,a,"u8, 0xa3, .. "1 GIFT,1,13/12/2010 8:26,1,c,UK\n"u8])
        );

        Assert.Equal("£1 GIFT", rows[0].Item?.Title);
    }

    [Fact]
    public void A_row_without_an_invoice_or_with_a_field_too_many_is_rejected()
    {
        var rows = Given.Rows(
            Header + ",a,,1,13/12/2010 8:26,1,c,UK\n1,a,,1,13/12/2010 8:26,1,c,UK,x\n1,a,,1,13/12/2010 8:26,1,c,UK\n"
        );

        Assert.Equal([ImportRowKind.Rejected, ImportRowKind.Rejected, ImportRowKind.Event], rows.Select(r => r.Kind));
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var failure = Assert.Throws<InputException>(() =>
            Given.File("InvoiceNo,StockCode\n1,a\n", FileFormat.OnlineRetail)
        );

        Assert.Contains(
            "'InvoiceNo', 'StockCode'; Online Retail needs InvoiceNo, StockCode, Description",
            failure.Message,
            StringComparison.Ordinal
        );
    }
}
