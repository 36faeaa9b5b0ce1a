using Recommendation.Application.Experiments;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Experiments;

/// <summary>From the start of an experiment over lists and feedback to its end.</summary>
public sealed class ExperimentUseCaseTests
{
    private static readonly ModelVersion s_other = ModelVersion.Parse("other");
    private static readonly ExperimentName s_home = ExperimentName.Parse("home");
    private static readonly ExperimentName s_b = ExperimentName.Parse("b");

    private static StartExperiment Start(string name = "home", double share = 0.5) =>
        new(ExperimentName.Parse(name), [new ExperimentVariant(s_b, share, s_other)], "to see", "ann");

    private static async Task<World> OpenAsync()
    {
        var world = World.Open();
        await world.PointAtAsync(s_other);
        await world.PointAtAsync(Some.Model);
        return world;
    }

    [Fact]
    public async Task Users_of_a_variant_get_lists_of_its_model_and_the_others_what_they_got_before()
    {
        await using var world = await OpenAsync();
        await world.GivenActiveAsync(40);
        var experiment = await world.SendAsync(Start());
        var models = new Dictionary<string, HashSet<ModelVersion?>>();
        foreach (var user in Enumerable.Range(1, 40).Select(Some.User))
        {
            var list = await world.SendAsync(new Recommend(user));
            var variant = experiment.VariantOf(user)!.Value.Name.Value;
            (models.TryGetValue(variant, out var known) ? known : models[variant] = []).Add(list.Model);
        }
        Assert.Equal([s_other], Assert.Contains("b", models).Select(model => model!.Value));
        Assert.Equal([Some.Model], Assert.Contains("control", models).Select(model => model!.Value));
    }

    [Fact]
    public async Task A_stored_list_of_another_model_is_not_shown_to_a_variant()
    {
        await using var world = await OpenAsync();
        var users = await world.GivenActiveAsync(20);
        foreach (var user in users)
            await world.GivenListAsync(user);
        var experiment = await world.SendAsync(Start());
        foreach (var user in users)
        {
            var list = await world.SendAsync(new Recommend(user));
            Assert.Equal(
                experiment.VariantOf(user)!.Value.Name == s_b ? (ListSource.Realtime, s_other)
                    : (ListSource.Batch, Some.Model),
                (list.Source, list.Model!.Value));
        }
    }

    [Fact]
    public async Task What_users_do_with_their_lists_is_in_the_result_of_their_variant()
    {
        await using var world = await OpenAsync();
        var users = await world.GivenActiveAsync(30);
        var experiment = await world.SendAsync(Start() with
        {
            Overrides = new Dictionary<UserId, ExperimentName> { [users[0]] = s_b },
        });
        foreach (var user in users)
        {
            var id = (await world.SendAsync(new Recommend(user))).Id!.Value.ToString();
            await world.SendAsync(new AppendImpressions(
                [new SeenList(id, user.Value, ["x", "y"])], new Position("test", SequenceNumber.From(0))));
            await world.SendAsync(new AppendInteractions(
                [Event(user, "click", id), Event(user, "purchase", id: null)]));
        }

        var shown = await world.SendAsync(new ShowExperiment(s_home));
        // Who was given a variant by name is not measured.
        var counted = users.Skip(1).GroupBy(user => experiment.VariantOf(user)!.Value.Name.Value)
            .ToDictionary(variant => variant.Key, variant => (long)variant.Count());
        Assert.Equal(["control", "b"], shown.Result.Variants.Select(one => one.Variant.Name.Value));
        Assert.All(shown.Result.Variants.Zip(shown.Totals), one =>
        {
            var users = counted[one.First.Variant.Name.Value];
            Assert.Equal(users, one.First.Moments.Users);
            Assert.Equal(new UserTotals(users, 2 * users, users, users, 0), one.Second);
        });
        Assert.Equal(ExperimentDecision.Undecided, shown.Result.Decision);

        world.Time.Advance(TimeSpan.FromDays(130));
        var history = await world.SendAsync(new ShowExperimentHistory(s_home));
        Assert.InRange(history.Days.Count, 40, ShowExperimentHistory.MaximumDays);
        Assert.Equal(DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime), history.Days[^1].Day);
        Assert.Equal(
            shown.Result.Variants.Select(one => one.Moments),
            history.Days[^1].Result.Variants.Select(one => one.Moments));
    }

    [Fact]
    public async Task Held_out_users_get_the_current_model_and_belong_to_no_variant()
    {
        await using var world = await OpenAsync();
        var users = await world.GivenActiveAsync(40);
        var experiment = await world.SendAsync(Start() with { HoldOut = 0.4 });
        var heldOut = users.First(user => experiment.VariantOf(user)!.Value.Name == Experiment.HoldOutName);
        Assert.Equal(Some.Model, (await world.SendAsync(new Recommend(heldOut))).Model);
    }

    [Fact]
    public async Task Promoting_a_variant_makes_its_model_current_and_says_who_and_why()
    {
        await using var world = await OpenAsync();
        await world.SendAsync(Start());
        var ended = await world.SendAsync(new EndExperiment(s_home, "+6 %", "bob", s_b));
        Assert.Equal((ExperimentState.Promoted, "bob", "+6 %"), (
            ended.State, ended.Changes[^1].By, ended.Changes[^1].Why));
        Assert.Equal(s_other, (await world.Models.CurrentAsync(CancellationToken.None)).Version);
        await Assert.ThrowsAsync<RefusedException>(() => world.SendAsync(new EndExperiment(s_home, "again", "bob")));
    }

    [Fact]
    public async Task Stopping_gives_everybody_what_was_before()
    {
        await using var world = await OpenAsync();
        var users = await world.GivenActiveAsync(10);
        await world.SendAsync(Start());
        await world.SendAsync(new EndExperiment(s_home, "enough", "bob"));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var user in users)
            Assert.Equal(Some.Model, (await world.SendAsync(new Recommend(user))).Model);
        Assert.Equal(ExperimentState.Stopped, Assert.Single(
            (await world.SendAsync(new ListExperiments())).Experiments).State);
    }

    [Fact]
    public async Task What_can_not_be_started_is_refused_with_what_to_do()
    {
        await using var world = await OpenAsync();
        await world.SendAsync(Start() with { Traffic = 0.6 });
        await RefusedAsync(world, Start(), "choose another one");
        await RefusedAsync(world, Start("two") with { Traffic = 0.5 }, "or give less traffic");
        await RefusedAsync(world, Start("two") with { Layer = ExperimentName.Parse("other") }, "in the same layer");
        await RefusedAsync(world, Start("two", share: 1) with { Traffic = 0.4 }, "at least 0.1 %");
        await RefusedAsync(
            world,
            Start("two") with
            {
                Variants = [new ExperimentVariant(s_b, 0.5, ModelVersion.Parse("unknown"))],
                Traffic = 0.4
            },
            "There is no model 'unknown'");
        await RefusedAsync(world, Start("two") with { Why = "", Traffic = 0.4 }, "Say why");
        Assert.NotNull(await world.SendAsync(Start("two") with { Traffic = 0.4 }));
        await RefusedAsync(world, new EndExperiment(s_home, "x", "bob", ExperimentName.Parse("c")),
            "has no variant 'c'");
        await RefusedAsync(world, new EndExperiment(s_home, "x", "bob", StartExperiment.ControlName),
            "Stop the experiment instead");
        await RefusedAsync(world, new ShowExperiment(ExperimentName.Parse("none")), "There is no experiment 'none'");
    }

    [Fact]
    public async Task A_plan_needs_figures_and_then_says_how_many_users_and_days()
    {
        await using var world = await OpenAsync();
        Assert.Null((await world.SendAsync(new PlanExperiment())).UsersNeeded);
        var users = await world.GivenActiveAsync(60);
        foreach (var (index, user) in users.Index())
        {
            var id = (await world.SendAsync(new Recommend(user))).Id!.Value.ToString();
            await world.SendAsync(new AppendImpressions(
                [new SeenList(id, user.Value, ["x"])], new Position("test", SequenceNumber.From(0))));
            if (index % 2 == 0)
                await world.SendAsync(new AppendInteractions([Event(user, "click", id)]));
        }
        var plan = await world.SendAsync(new PlanExperiment(Effect: 1));
        Assert.Equal((0.5, 60L), (plan.Value!.Value, plan.Users));
        Assert.InRange(plan.UsersNeeded!.Value, 100, 200);
        Assert.Null(plan.Days);
        Assert.InRange(plan.DetectableLift!.Value, 1, 4);
        Assert.Contains("the last 28 days had 60", ExperimentPlanView.Of(plan).Sentence, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync<T>(World world, MediatR.IRequest<T> request, string hint)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => world.SendAsync(request));
        Assert.Contains(hint, refusal.Message, StringComparison.Ordinal);
    }

    private static IncomingEvent Event(UserId user, string type, string? id) => new()
    {
        Event = new RawInteraction { UserId = user.Value, ItemId = "x", InteractionType = type, RecommendationId = id },
        Source = new Position("test", SequenceNumber.From(0)),
    };
}
