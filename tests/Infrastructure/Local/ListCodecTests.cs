using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class ListCodecTests
{
    /// <summary>A list as format 1 stored it. It never changes: what was stored must be read for ever.</summary>
    private const string Format1 =
        "010180D8BDC39D670C32303236303331342D616263147363686564756C65642D323032362D30332D31340E01066974656D2D31465D6BEF"
        + "5355D53F02067365656E2D31067365656E2D31";

    /// <summary>The same as format 2 stores it: with a byte for the source of the item.</summary>
    private const string Format2 =
        "020180D8BDC39D670C32303236303331342D616263147363686564756C65642D323032362D30332D31340E01066974656D2D31465D6BEF"
        + "5355D53F02067365656E2D31067365656E2D3100";

    [Theory]
    [InlineData(Format1)]
    [InlineData(Format2)]
    public void A_list_stored_in_an_older_format_is_still_read(string stored)
    {
        var expected = Some.RecommendationsFor(items: 1);
        Assert.Equal(Format2, Convert.ToHexString(Write()));
        Assert.Equal(expected, ListCodec.Read(expected.UserId, Convert.FromHexString(stored)));
    }

    [Fact]
    public void A_source_that_there_is_not_is_damage_found_when_the_list_is_read()
    {
        var bytes = Write();
        bytes[^1] = 5;
        Assert.Throws<StoredFormatException>(() => ListCodec.Read(Some.User(), bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void An_unknown_format_is_refused_with_a_sentence(byte format)
    {
        var bytes = Write();
        bytes[0] = format;
        var refusal = Assert.Throws<StoredFormatException>(() => ListCodec.Read(Some.User(), bytes));
        Assert.Contains($"format {format}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_was_cut_off_anywhere_is_damaged()
    {
        var bytes = Write();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<StoredFormatException>(() => ListCodec.Read(Some.User(), bytes.AsSpan(0, length)));
    }

    [Fact]
    public void A_score_that_is_no_number_is_damage_found_when_the_list_is_read()
    {
        var bytes = Write();
        var score = bytes.AsSpan().IndexOf("item-1"u8) + "item-1".Length;
        BitConverter.TryWriteBytes(bytes.AsSpan(score), double.NaN);
        Assert.Throws<StoredFormatException>(() => ListCodec.Read(Some.User(), bytes));
    }

    [Fact]
    public void Items_are_the_same_however_often_and_in_whatever_order_they_are_asked_for()
    {
        var list = Some.RecommendationsFor(items: 30);
        var blob = new BlobWriter();
        ListCodec.Write(blob, list);
        var read = ListCodec.Read(list.UserId, blob.Written.Span);
        for (var i = read.Items.Count - 1; i >= 0; i--)
            Assert.Equal(list.Items[i], read.Items[i]);
        Assert.Equal(list.Items, read.Items);
        Assert.Equal(list.Items.Where(_ => true, 10), read.Items.First(10));
    }

    private static byte[] Write()
    {
        var blob = new BlobWriter();
        ListCodec.Write(blob, Some.RecommendationsFor(items: 1));
        return blob.Written.ToArray();
    }
}
