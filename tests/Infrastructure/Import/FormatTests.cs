using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Tests;

/// <summary>
/// Tiny files in the public formats that people bring; the names and values are made up, the columns and forms are
/// those of the format.
/// </summary>
public sealed class FormatTests
{
    /// <summary>
    /// File, preset, interactions, skipped rows, users, items, first and last time, types in the order of their names.
    /// </summary>
    public static TheoryData<string, string?, int, int, string, string, string?, string?, string> Formats { get; } =
        new()
        {
            {
                "retailrocket-events.csv",
                null,
                5,
                0,
                "121688 257597 599528 992329",
                "15335 248676 355908 356475",
                "2015-06-01T21:18:20.981Z",
                "2015-06-02T05:50:14.164Z",
                "addtocart transaction view"
            },
            {
                "retailrocket-events.csv",
                "retailrocket",
                5,
                0,
                "121688 257597 599528 992329",
                "15335 248676 355908 356475",
                "2015-06-01T21:18:20.981Z",
                "2015-06-02T05:50:14.164Z",
                "addtocart transaction view"
            },
            {
                "rees46-events.csv",
                null,
                4,
                0,
                "541312140 554748717",
                "3900821 44600062",
                "2019-10-01T00:00:00.000Z",
                "2019-10-01T00:00:07.000Z",
                "cart purchase remove_from_cart view"
            },
            {
                "rees46-events.csv",
                "rees46",
                4,
                0,
                "541312140 554748717",
                "3900821 44600062",
                "2019-10-01T00:00:00.000Z",
                "2019-10-01T00:00:07.000Z",
                "cart purchase remove_from_cart view"
            },
            {
                "movielens-ratings.dat",
                "movielens",
                3,
                0,
                "1 2",
                "1193 661",
                "2000-12-31T21:33:33.000Z",
                "2000-12-31T22:35:09.000Z",
                "view"
            },
            {
                "movielens-ratings.csv",
                null,
                3,
                0,
                "1 2",
                "1 3 318",
                "2000-07-30T18:20:47.000Z",
                "2015-10-24T19:27:15.000Z",
                "view"
            },
            {
                "movielens-ratings.csv",
                "movielens",
                3,
                0,
                "1 2",
                "1 3 318",
                "2000-07-30T18:20:47.000Z",
                "2015-10-24T19:27:15.000Z",
                "view"
            },
            {
                "movielens-u.data",
                "movielens",
                3,
                0,
                "186 196 22",
                "242 302 377",
                "1997-11-07T07:18:36.000Z",
                "1998-04-04T19:22:22.000Z",
                "view"
            },
            {
                "amazon-reviews-2014.jsonl",
                null,
                2,
                0,
                "A14VAT5EAX3D9S A2SUAM1J3GNN3B",
                "0000013714 1384719342",
                "2009-09-13T00:00:00.000Z",
                "2013-03-16T00:00:00.000Z",
                "view"
            },
            {
                "amazon-reviews-2023.jsonl",
                null,
                2,
                0,
                "AGKHLEW2SOWHNMFQIJGBECAF7INQ",
                "B00YQ6X8EO B081TJ8YS3",
                "2020-05-04T18:10:55.070Z",
                "2020-05-05T14:08:48.923Z",
                "view"
            },
            {
                "amazon-reviews-2023.jsonl",
                "amazon",
                2,
                0,
                "AGKHLEW2SOWHNMFQIJGBECAF7INQ",
                "B00YQ6X8EO B081TJ8YS3",
                "2020-05-04T18:10:55.070Z",
                "2020-05-05T14:08:48.923Z",
                "view"
            },
            {
                "amazon-ratings-2014.csv",
                "amazon",
                2,
                0,
                "A2CX7LUOHB2NDG A2NWSAGRHCP8N5",
                "0321732944 0439886341",
                "2012-07-01T00:00:00.000Z",
                "2013-04-29T00:00:00.000Z",
                "view"
            },
            {
                "amazon-ratings-2018.csv",
                "amazon",
                2,
                0,
                "A1GKBC5CS4S1EJ A2NWSAGRHCP8N5",
                "0449819906 B001QFZMCO",
                "2014-07-07T00:00:00.000Z",
                "2015-01-09T00:00:00.000Z",
                "view"
            },
            {
                "lastfm-360k.tsv",
                "lastfm",
                3,
                0,
                "00000c289a1829a808ac09c00daf10bc3c4e223b 00001411dc427966b17297bf4d69e7e193135d89",
                "3bd73256-3905-4f3a-97e2-8b341527f805 die arzte",
                null,
                null,
                "view"
            },
            {
                "lastfm-1k.tsv",
                "lastfm",
                3,
                0,
                "user_000001 user_000002",
                "5a9a9f0c-0000-4000-8000-000000000001 Summer Mix",
                "2009-05-04T13:52:04.000Z",
                "2009-05-04T23:08:57.000Z",
                "view"
            },
            { "lastfm-user-artists.dat", "lastfm", 3, 0, "2 3", "51 52", null, null, "view" },
            {
                "yoochoose-clicks.dat",
                "yoochoose",
                3,
                0,
                "1 2",
                "214536500 214536502 214662742",
                "2014-04-07T10:51:09.277Z",
                "2014-04-07T13:56:37.614Z",
                "click"
            },
            {
                "yoochoose-buys.dat",
                "yoochoose",
                2,
                0,
                "420374",
                "214537850 214537888",
                "2014-04-06T18:44:58.314Z",
                "2014-04-06T18:44:58.325Z",
                "purchase"
            },
            { "instacart-joined.csv", "instacart", 3, 0, "1", "14084 196", null, null, "purchase" },
            {
                "shopify-orders.csv",
                "shopify",
                3,
                3,
                "ann@example.com cid@example.com",
                "MUG-B MUG-R Tea",
                "2019-11-30T12:00:00.000Z",
                "2019-12-03T14:00:00.000Z",
                "purchase"
            },
            {
                "woocommerce-orders.csv",
                "woocommerce",
                3,
                1,
                "7 guest@example.com",
                "HAT SCARF",
                "2021-03-04T10:15:00.000Z",
                "2021-03-05T11:00:00.000Z",
                "purchase"
            },
            {
                "ga4-bigquery.jsonl",
                "ga4",
                3,
                1,
                "1026454.4271112504 ann",
                "SKU_1 SKU_2",
                "2023-01-15T00:00:00.000Z",
                "2023-01-15T00:01:40.000Z",
                "purchase view"
            },
            {
                "ga4-items.csv",
                "ga4",
                3,
                0,
                "1026454.4271112504",
                "SKU_1 SKU_2",
                "2023-01-15T00:00:00.000Z",
                "2023-01-15T00:01:40.000Z",
                "add_to_cart purchase"
            },
            {
                "segment-track.jsonl",
                "segment",
                3,
                1,
                "ann anon-1",
                "P1 P2",
                "2022-06-01T10:00:00.000Z",
                "2022-06-01T10:05:00.000Z",
                "purchase view"
            },
            {
                "online-retail-uci.csv",
                null,
                3,
                2,
                "15998 17850",
                "71053 84077 85123A",
                "2010-12-01T08:26:00.000Z",
                "2010-12-13T09:07:00.000Z",
                "purchase"
            },
            {
                "online-retail-pandas.csv",
                null,
                3,
                0,
                "15998 17850",
                "71053 84077 85123A",
                "2010-12-01T08:26:00.000Z",
                "2010-12-13T09:07:00.000Z",
                "purchase"
            },
            {
                "online-retail-ii.csv",
                null,
                2,
                0,
                "13078 13085",
                "22350 85048",
                "2009-12-01T07:45:00.000Z",
                "2009-12-01T07:46:00.000Z",
                "purchase"
            },
            {
                "recbole.inter",
                null,
                2,
                0,
                "186 196",
                "242 302",
                "1997-12-04T15:55:49.000Z",
                "1998-04-04T19:22:22.000Z",
                "view"
            },
            {
                "clickstream.csv",
                null,
                2,
                0,
                "ann bob",
                "tea",
                "2024-02-29T18:29:59.000Z",
                "2024-03-01T08:00:00.123Z",
                "purchase view"
            },
            {
                "array.json",
                null,
                2,
                0,
                "1 2",
                "jam, \"red\" tea",
                "2023-11-14T22:13:20.000Z",
                "2023-11-14T22:15:00.500Z",
                "purchase view"
            },
            {
                "duckdb-zstd.parquet",
                null,
                3,
                0,
                "15998 17850",
                "jam tea",
                "2024-01-02T03:04:05.678Z",
                "2024-02-29T18:29:59.500Z",
                "purchase view"
            },
            {
                "events.json",
                null,
                3,
                0,
                "ann bob",
                "jam tea",
                "2024-01-02T03:04:05.000Z",
                "2026-01-31T12:00:00.000Z",
                "purchase view"
            },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_public_format_is_read_whole(
        string name,
        string? preset,
        int count,
        int skipped,
        string users,
        string items,
        string? first,
        string? last,
        string types
    )
    {
        var options = new ReadOptions { Preset = preset };
        using var file = InteractionFile.Open(Path.Combine(AppContext.BaseDirectory, "Formats", name), options);
        var rows = file.Rows(CancellationToken.None).ToList();
        var read = rows.Where(row => row.Kind == ImportRowKind.Event).Select(row => Validated(name, row)).ToList();

        Assert.Empty(rows.Where(row => row.Kind == ImportRowKind.Rejected).Select(row => row.Rejection!.Message));
        Assert.Equal((count, skipped), (read.Count, rows.Count(row => row.Kind == ImportRowKind.Skipped)));
        Assert.Equal(users, Sorted(read.Select(interaction => interaction.UserId.Value)));
        Assert.Equal(items, Sorted(read.Select(interaction => interaction.ItemId.Value)));
        Assert.Equal(
            types,
            Sorted(
                rows.Where(row => row.Kind == ImportRowKind.Event).Select(row => row.Event.InteractionType ?? "view")
            )
        );
        Assert.Equal(
            (first ?? Arrival, last ?? Arrival),
            (
                Domain.Timestamps.Format(read.Min(one => one.OccurredAt)),
                Domain.Timestamps.Format(read.Max(one => one.OccurredAt))
            )
        );
        var ids = read.Where(interaction => interaction.EventId is not null)
            .Select(interaction => (interaction.UserId, interaction.EventId))
            .ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static string Arrival => Domain.Timestamps.Format(Given.Arrival);

    private static Interaction Validated(string name, ImportRow row)
    {
        var validated = Interaction.Validate(row.Event, Given.Arrival);
        Assert.True(validated.IsAccepted, $"{name}, line {row.Line}: {validated.Rejected?.Message}");
        return validated.Accepted;
    }

    private static string Sorted(IEnumerable<string> texts) =>
        string.Join(' ', texts.Distinct().Order(StringComparer.Ordinal));
}
