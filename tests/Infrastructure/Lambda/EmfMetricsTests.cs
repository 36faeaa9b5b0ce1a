using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Recommendation.Application.Pipeline;
using Recommendation.Lambda.Metrics;

namespace Recommendation.Lambda.Tests;

[Collection("One meter")]
public sealed class EmfMetricsTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 7, 1, 2, 3, 4, TimeSpan.Zero);

    private readonly Lines _lines = new();
    private readonly Meter _meter = new(Telemetry.Name);
    private readonly EmfMetrics _metrics;

    public EmfMetricsTests() => _metrics = new EmfMetrics("shop", _lines.Output, new FakeTimeProvider(s_now));

    public void Dispose()
    {
        _metrics.Dispose();
        _meter.Dispose();
        _lines.Dispose();
    }

    [Fact]
    public void A_counter_is_one_sum_without_dimensions()
    {
        var counter = _meter.CreateCounter<long>("sold", "{piece}");
        counter.Add(2);
        counter.Add(3);

        _metrics.Flush("request-1");

        Assert.Equal(
            """{"_aws":{"Timestamp":1782871384000,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"sold","Unit":"Count"}]}]},"requestId":"request-1","sold":5}""",
            Assert.Single(_lines.Read()).GetRawText());
    }

    [Fact]
    public void A_histogram_is_its_values_and_how_often_each_came()
    {
        var histogram = _meter.CreateHistogram<double>("took", "ms");
        foreach (var value in new[] { 12.34, 12.31, 5, 0, 1234.5 })
            histogram.Record(value);

        _metrics.Flush(null);

        var line = Assert.Single(_lines.Read());
        Assert.Equal("""{"Values":[12.3,5,0,1230],"Counts":[2,1,1,1]}""", line.GetProperty("took").GetRawText());
        Assert.Equal("Milliseconds", Directive(line).GetProperty("Metrics")[0].GetProperty("Unit").GetString());
    }

    [Fact]
    public void Metrics_with_the_same_tags_share_a_line_and_others_have_their_own()
    {
        var (sold, returned) = (_meter.CreateCounter<long>("sold"), _meter.CreateCounter<int>("returned"));
        sold.Add(1, new KeyValuePair<string, object?>("shop", "a"));
        returned.Add(2, new KeyValuePair<string, object?>("shop", "a"));
        sold.Add(4, new KeyValuePair<string, object?>("shop", "b"));

        _metrics.Flush(null);

        var lines = _lines.Read();
        Assert.Equal(2, lines.Count);
        Assert.Equal("""[["shop"]]""", Directive(lines[0]).GetProperty("Dimensions").GetRawText());
        Assert.Equal(
            ("a", 1, 2),
            (
                lines[0].GetProperty("shop").GetString(),
                lines[0].GetProperty("sold").GetInt32(),
                lines[0].GetProperty("returned").GetInt32()
            )
        );
        Assert.Equal(("b", 4), (lines[1].GetProperty("shop").GetString(), lines[1].GetProperty("sold").GetInt32()));
    }

    [Fact]
    public void More_values_than_a_line_takes_go_on_in_the_next_and_none_is_lost()
    {
        var (histogram, counter) = (_meter.CreateHistogram<double>("took", "s"), _meter.CreateCounter<long>("sold"));
        for (var value = 100; value < 350; value++)
            histogram.Record(value);
        counter.Add(1);

        _metrics.Flush(null);

        var lines = _lines.Read();
        Assert.Equal(
            [100, 100, 50],
            lines.Select(line => line.GetProperty("took").GetProperty("Values").GetArrayLength())
        );
        Assert.Single(lines, line => line.TryGetProperty("sold", out _));
    }

    [Fact]
    public void What_was_written_is_not_written_again()
    {
        var counter = _meter.CreateCounter<long>("sold");
        counter.Add(2);
        _metrics.Flush(null);
        _metrics.Flush(null);

        Assert.Single(_lines.Read());
    }

    [Fact]
    public void A_gauge_is_asked_when_the_invocation_ends()
    {
        _meter.CreateObservableGauge("open", () => 7);

        _metrics.Flush(null);

        Assert.Equal(7, Assert.Single(_lines.Read()).GetProperty("open").GetInt32());
    }

    [Fact]
    public void Other_meters_are_not_listened_to()
    {
        using var other = new Meter("Other");
        other.CreateCounter<long>("sold").Add(1);

        _metrics.Flush(null);

        Assert.Empty(_lines.Read());
    }

    private static JsonElement Directive(JsonElement line) =>
        line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
}
