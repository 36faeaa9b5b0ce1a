using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests.Recommendations;

public sealed class RecommendationIdTests
{
    private static readonly RecommendationIdKey s_key = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    private static RecommendationId Signed(UserId? user = null, RecommendationIdKey? key = null) =>
        (key ?? s_key).Sign(new RecommendationId
        {
            Key = 0,
            Configuration = 0xfeedbeef,
            Source = ServedSource.Batch,
            Minute = RecommendationId.MinuteOf(Some.Noon),
            UserHash = RecommendationId.HashOf(user),
            Nonce = 7,
        });

    [Fact]
    public void An_id_is_read_back_as_it_was_written()
    {
        var id = Signed(Some.User);
        var text = id.ToString();
        Assert.Equal(RecommendationId.Length, text.Length);
        Assert.All(text, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        Assert.Equal(id, RecommendationId.Read(text).Id);
        Assert.Equal(id, RecommendationId.FromStored(text));
        Assert.Equal(Some.Noon, id.ServedAt);
        Assert.Null(s_key.ProblemOf(id, Some.User));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Other_texts_are_malformed(string text) =>
        Assert.Equal(RecommendationIdProblem.Malformed, RecommendationId.Read(text).Problem);

    [Fact]
    public void An_id_has_one_text()
    {
        var text = Signed().ToString();
        // 26 bytes leave two bits of the last character unused.
        var other = text[..^1] + (char)(text[^1] + 1);
        Assert.Equal(RecommendationIdProblem.Malformed, RecommendationId.Read(other).Problem);
    }

    [Fact]
    public void A_later_format_and_an_unknown_source_are_told_from_damage()
    {
        var text = Signed().ToString();
        Assert.Equal(RecommendationIdProblem.UnknownFormat, RecommendationId.Read("8" + text[1..]).Problem);
        var unknown = (Signed() with { Source = (ServedSource)99 }).ToString();
        Assert.Equal(RecommendationIdProblem.UnknownFormat, RecommendationId.Read(unknown).Problem);
    }

    [Fact]
    public void Whatever_is_changed_breaks_the_signature()
    {
        var id = Signed(Some.User);
        RecommendationId[] changed =
        [
            id with { Configuration = 1 }, id with { Source = ServedSource.Stale }, id with { Minute = id.Minute + 1 },
            id with { Nonce = 8 }, id with { UserHash = 0 }, id with { Signature = id.Signature ^ 1 },
        ];
        Assert.All(changed, one => Assert.Equal(RecommendationIdProblem.BadSignature, s_key.ProblemOf(one, Some.User)));
    }

    [Fact]
    public void An_id_belongs_to_its_user_and_that_of_nobody_to_everybody()
    {
        Assert.Equal(RecommendationIdProblem.OtherUser, s_key.ProblemOf(Signed(Some.User), UserId.Parse("bob")));
        Assert.Null(s_key.ProblemOf(Signed(), UserId.Parse("bob")));
    }

    [Fact]
    public void An_id_of_another_key_is_not_ours()
    {
        var other = new RecommendationIdKey(Enumerable.Range(0, 32).Select(i => (byte)(i + 1)).ToArray());
        Assert.NotEqual(s_key.Number, other.Number);
        Assert.Equal(RecommendationIdProblem.UnknownKey, s_key.ProblemOf(Signed(key: other), Some.User));
        Assert.Throws<ArgumentException>(() => new RecommendationIdKey([1, 2, 3]));
    }

    [Fact]
    public void Configurations_have_numbers_of_their_own_in_every_process()
    {
        var plain = new ListConfiguration("default", ModelVersion.Parse("m1"));
        var variant = plain with { Experiment = ExperimentName.Parse("home"), Variant = ExperimentName.Parse("b") };
        Assert.Equal(0xc527efa3u, plain.NumberOf(0));
        Assert.NotEqual(plain.NumberOf(0), variant.NumberOf(0));
        Assert.Equal(plain.NumberOf(0) + 1, plain.NumberOf(1));
    }
}
