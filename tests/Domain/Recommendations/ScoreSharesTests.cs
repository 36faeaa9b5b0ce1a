using FsCheck;
using FsCheck.Fluent;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests.Recommendations;

/// <summary>What is shown adds up to what is shown.</summary>
public sealed class ScoreSharesTests
{
    [Fact]
    public void Thirds_add_up()
    {
        Assert.Equal(
            [0.033334m, 0.033333m, 0.033333m],
            ScoreShares.Of(Score.Of(0.1), [0.1 / 3, 0.1 / 3, 0.1 / 3]).Select(share => Math.Round(share, 6))
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.00123456)]
    [InlineData(-7.5)]
    [InlineData(1234567)]
    [InlineData(3.21e-15)]
    public void Whatever_the_magnitude_the_shares_add_up_to_the_score_and_stay_close_to_the_parts(double magnitude) =>
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                ArbMap.Default.ArbFor<int[]>().Filter(parts => parts.Length > 0),
                parts =>
                {
                    var amounts = parts.Select(part => magnitude * part / 64.0 / 3).ToArray();
                    var score = Score.Of((float)amounts.Sum());
                    var shares = ScoreShares.Of(score, amounts);
                    return shares.Sum() == (decimal)score.Value
                        && shares
                            .Zip(amounts)
                            .All(pair =>
                                Math.Abs((double)pair.First - pair.Second)
                                <= 2e-5 * (Math.Abs(score.Value) + amounts.Max(Math.Abs)) + 1e-20
                            );
                }
            )
        );
}
