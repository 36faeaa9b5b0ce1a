using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Statistics;

namespace Recommendation.Domain.Tests.Experiments;

public sealed class ExperimentTests
{
    private static readonly ExperimentName s_a = ExperimentName.Parse("a");
    private static readonly ExperimentName s_b = ExperimentName.Parse("b");

    private static IEnumerable<UserId> Users(int count) => Enumerable.Range(0, count)
        .Select(i => UserId.Parse($"user-{i}"));

    private static Experiment Given(
        double control = 0.45, double treated = 0.5, double holdOut = 0.05, string salt = "s") =>
        new()
        {
            Name = ExperimentName.Parse("home"),
            Layer = ExperimentName.Parse("default"),
            Salt = salt,
            Scenario = "default",
            Variants = [new(s_a, control), new(s_b, treated, ModelVersion.Parse("m2"))],
            HoldOut = holdOut,
            Slot = LayerSlot.All,
            Metric = ExperimentMetric.Ctr,
            Changes = [new(ExperimentState.Running, Some.Noon, "ann", "to see")],
        };

    [Fact]
    public void The_fraction_is_the_first_32_bits_of_the_hash()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("salt\0layer\0zoë"));
        var expected = (hash[0] * 16777216d + hash[1] * 65536 + hash[2] * 256 + hash[3]) / 4294967296d;
        Assert.Equal(expected, Assignment.Fraction("salt", ExperimentName.Parse("layer"), UserId.Parse("zoë")), 0d);
    }

    [Fact]
    public void Users_get_their_shares_and_keep_their_variant()
    {
        var experiment = Given();
        var counts = Users(40_000).GroupBy(user => experiment.VariantOf(user)!.Value.Name.Value)
            .ToDictionary(group => group.Key, group => group.LongCount());
        Assert.False(SampleRatioTest.IsSkewed([counts["a"], counts["b"], counts["hold-out"]], [0.45, 0.5, 0.05]));
        Assert.All(Users(100), user => Assert.Equal(experiment.VariantOf(user), Given().VariantOf(user)));
        Assert.Null(Users(1000).Select(user => experiment.VariantOf(user)!.Value).First(
            one => one.Name.Value == "hold-out").Variant);
    }

    [Fact]
    public void Another_salt_assigns_independently()
    {
        var (one, two) = (Given(0.5, 0.5, 0), Given(0.5, 0.5, 0, salt: "t"));
        var both = Users(20_000).Count(user => one.VariantOf(user)!.Value.Name == s_b
            && two.VariantOf(user)!.Value.Name == s_b);
        Assert.False(SampleRatioTest.IsSkewed([both, 20_000 - both], [0.25, 0.75]));
    }

    [Fact]
    public void Experiments_of_a_layer_share_no_user_and_fill_it()
    {
        var first = Given() with { Slot = LayerSlot.FirstFree(0.3, [])!.Value };
        var second = Given(salt: "t") with { Slot = LayerSlot.FirstFree(0.7, [first.Slot])!.Value };
        Assert.All(Users(5_000), user => Assert.True(first.VariantOf(user) is null ^ second.VariantOf(user) is null));
        Assert.Null(LayerSlot.FirstFree(0.1, [first.Slot, second.Slot]));
        Assert.Equal(new LayerSlot(0.25, 0.75), LayerSlot.FirstFree(0.5, [new(0.75, 0.9), new(0, 0.25)]));
    }

    [Fact]
    public void An_override_gives_a_variant_and_does_not_count()
    {
        var experiment = Given() with
        {
            Slot = new LayerSlot(0, 1e-9),
            Overrides = new Dictionary<UserId, ExperimentName> { [Some.User] = s_b },
        };
        Assert.Equal(new AssignedVariant(s_b, experiment.Variants[1], IsOverride: true), experiment.VariantOf(
            Some.User));
        Assert.Null(experiment.VariantOf(UserId.Parse("bob")));
    }

    [Fact]
    public void What_is_wrong_with_an_experiment_is_said()
    {
        Assert.Empty(ExperimentProblems.Of(Given()));
        var wrong = Given(control: 0, treated: 1.2, holdOut: 0.6) with
        {
            Effect = 0,
            Guardrails = [new(ExperimentMetric.Revenue, 1)],
            Overrides = new Dictionary<UserId, ExperimentName> { [Some.User] = ExperimentName.Parse("c") },
            Slot = new LayerSlot(0, 0),
            Changes = [new(ExperimentState.Running, Some.Noon, "ann", " ")],
        };
        Assert.Equal(9, ExperimentProblems.Of(wrong).Count());
        Assert.Contains(ExperimentProblems.CurrencyNeeded, ExperimentProblems.Of(wrong));
        Assert.Contains("called 'a'", ExperimentProblems.Of(Given() with { Variants = [new(s_a, 0.5), new(s_a, 0.45)] })
            .Single(),
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ExperimentName.Parse("Home"));
    }

    [Fact]
    public void The_result_is_a_decision_with_a_sentence()
    {
        var even = Result(4, 4);
        Assert.Equal(ExperimentDecision.Undecided, even.Decision);
        Assert.Contains("Nothing is decided yet in ctr: 'b' +0.0 %", even.Verdict, StringComparison.Ordinal);

        var gain = Result(4, 3);
        Assert.Equal((ExperimentDecision.Promote, s_b), (gain.Decision, gain.Variant));
        Assert.Contains("'b' is better in ctr: +33.3 %", gain.Verdict, StringComparison.Ordinal);

        Assert.Equal(ExperimentDecision.KeepControl, Result(3, 4).Decision);
        Assert.Equal(ExperimentDecision.Undecided, Result(3, 4, users: 50).Decision);
        Assert.Equal(ExperimentDecision.Invalid, Result(4, 3, treatedUsers: 30_000).Decision);
    }

    [Fact]
    public void A_broken_guardrail_stops_a_variant_that_wins()
    {
        var result = Result(4, 3, conversionEvery: 2, Given(0.5, 0.5, 0) with
        {
            Guardrails = [new(ExperimentMetric.Conversion, 0.02)],
        });
        Assert.Equal((ExperimentDecision.StopForGuardrail, s_b), (result.Decision, result.Variant));
        Assert.Contains("harms conversion: -50.0 %", result.Verdict, StringComparison.Ordinal);
    }

    private static ExperimentResult Result(
        int control, int treated, int conversionEvery = 1, Experiment? experiment = null, int users = 40_000,
        int? treatedUsers = null) =>
        ExperimentResult.Of(
            experiment ?? Given(0.5, 0.5, 0),
            [Moments(users, control, 1), Moments(treatedUsers ?? users, treated, conversionEvery)]);

    private static MetricMoments Moments(int users, int clickEvery, int conversionEvery)
    {
        MetricMoments moments = default;
        for (var i = 0; i < users; i++)
            moments = moments.With(new UserTotals(
                1, 1, i % clickEvery == 0 ? 1 : 0, i % (4 * conversionEvery) == 0 ? 1 : 0, 0));
        return moments;
    }
}
