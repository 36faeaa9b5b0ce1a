using Parquet;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Export.Tests;

public sealed class ParquetListFilesTests
{
    private static readonly string[] s_columns =
    [
        "userId",
        "rank",
        "itemId",
        "score",
        "because",
        "itemSource",
        "source",
        "modelVersion",
        "runId",
        "lastUpdated",
        "profileVersion",
    ];

    private readonly ParquetListFiles _files = new();

    [Fact]
    public async Task A_file_has_a_row_for_each_item_of_each_list()
    {
        var content = await _files.WriteAsync(
            [ListOf("ann"), ListOf("bob"), ListOf("cid") with { Items = RankedItems.None }],
            CancellationToken.None
        );

        Assert.Equal(s_columns, (await OpenAsync(content)).Schema.DataFields.Select(field => field.Name));
        Assert.Equal(["ann", "ann", "bob", "bob"], await TextsAsync(content, "userId"));
        Assert.Equal(["tea", "jam", "tea", "jam"], await TextsAsync(content, "itemId"));
        Assert.Equal(["[\"pot\",\"cup\"]", null, "[\"pot\",\"cup\"]", null], await TextsAsync(content, "because"));
        Assert.Equal([null, "popular", null, "popular"], await TextsAsync(content, "itemSource"));
        Assert.Equal(["r1", "r1", "r1", "r1"], await TextsAsync(content, "runId"));
    }

    [Fact]
    public async Task The_same_lists_give_the_same_bytes() =>
        Assert.Equal(
            await _files.WriteAsync([ListOf("ann"), ListOf("bob")], CancellationToken.None),
            await _files.WriteAsync([ListOf("ann"), ListOf("bob")], CancellationToken.None)
        );

    [Fact]
    public async Task Without_a_user_a_file_is_what_it_would_have_been()
    {
        var content = await _files.WriteAsync([ListOf("ann"), ListOf("bob"), ListOf("ann2")], CancellationToken.None);

        var rest = (await _files.WithoutAsync(content, UserId.Parse("ann"), CancellationToken.None))!;

        Assert.Equal(["bob", "bob", "ann2", "ann2"], await TextsAsync(rest, "userId"));
        Assert.Equal(await _files.WriteAsync([ListOf("bob"), ListOf("ann2")], CancellationToken.None), rest);
        Assert.Null(await _files.WithoutAsync(rest, UserId.Parse("ann"), CancellationToken.None));
        var one = await _files.WriteAsync([ListOf("ann")], CancellationToken.None);
        Assert.Empty(
            await TextsAsync((await _files.WithoutAsync(one, UserId.Parse("ann"), CancellationToken.None))!, "userId")
        );
        Assert.Null(
            await _files.WithoutAsync(
                await _files.WriteAsync([], CancellationToken.None),
                UserId.Parse("ann"),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task A_damaged_file_is_told_as_one()
    {
        var content = await _files.WriteAsync([ListOf("ann")], CancellationToken.None);
        await Assert.ThrowsAsync<StoredFormatException>(() =>
            _files.WithoutAsync(content.AsMemory(..^5), UserId.Parse("ann"), CancellationToken.None)
        );
        await Assert.ThrowsAsync<StoredFormatException>(() =>
            _files.WithoutAsync("no Parquet"u8.ToArray(), UserId.Parse("ann"), CancellationToken.None)
        );
    }

    private static RecommendationList ListOf(string user) => new()
    {
        UserId = UserId.Parse(user),
        Items = RankedItems.From(
            [
                new RankedItem(Some.Item("tea"), Score.Of(2.5), [Some.Item("pot"), Some.Item("cup")]),
                new RankedItem(Some.Item("jam"), Score.Of(0.25)) { Source = ListSource.Popular },
            ],
            limit: 10),
        Source = ListSource.Batch,
        UpdatedAt = Some.Noon,
        ModelVersion = ModelVersion.Parse("20260314T120000Z-0123abcd"),
        RunId = BatchRunId.Parse("r1"),
        ProfileVersion = 3,
    };

    private static Task<ParquetReader> OpenAsync(byte[] content) =>
        ParquetReader.CreateAsync(new MemoryStream(content));

    private static async Task<List<string?>> TextsAsync(byte[] content, string column)
    {
        var texts = new List<string?>();
        await using var reader = await OpenAsync(content);
        for (var i = 0; i < reader.RowGroupCount; i++)
            texts.AddRange(
                await Internals.CopiedColumn.TextsAsync(
                    reader.OpenRowGroupReader(i),
                    reader.Schema.FindDataField(column),
                    CancellationToken.None
                )
            );
        return texts;
    }
}
