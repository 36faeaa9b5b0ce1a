using System.Text;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class StoredAnswerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(60_000)]
    public void An_answer_of_any_length_is_read_as_it_was_written(int length)
    {
        var body = Encoding.UTF8.GetBytes(new string('{', length));
        var stored = StoredAnswer.Pack(body).ToArray();
        Assert.True(stored.Length <= Math.Max(1_024, length / 10), $"{length} bytes are stored in {stored.Length}.");
        Assert.Equal(body, StoredAnswer.Unpack(stored));
    }

    [Fact]
    public void A_long_answer_of_an_earlier_version_is_read()
    {
        var body = Encoding.UTF8.GetBytes($"[{new string(' ', 5_000)}]");
        Assert.Equal(body, StoredAnswer.Unpack(body));
    }
}
