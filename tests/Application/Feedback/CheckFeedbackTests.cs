using Recommendation.Application.Experiments;
using Recommendation.Application.Feedback;
using Recommendation.Application.Interactions;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Feedback;

/// <summary>What the nightly check finds, and that it finds nothing where all is well.</summary>
public sealed class CheckFeedbackTests
{
    [Fact]
    public async Task Impressions_without_lists_and_a_lower_click_through_rate_are_found()
    {
        await using var world = World.Open();
        Assert.Empty((await world.SendAsync(new CheckFeedback())).Alarms);
        await SeeAsync(world, hasList: true, Some.Noon.AddDays(-10), clickEvery: 2);
        await SeeAsync(world, hasList: true, Some.Noon.AddDays(-3), clickEvery: 2);
        Assert.Empty((await world.SendAsync(new CheckFeedback())).Alarms);

        world.Time.Advance(TimeSpan.FromDays(7));
        await SeeAsync(world, hasList: true, Some.Noon.AddDays(4), clickEvery: 8);
        var dropped = Assert.Single((await world.SendAsync(new CheckFeedback())).Alarms);
        Assert.Equal("ctr-drop", dropped.Code);
        Assert.Contains("75 % below the 50.00 %", dropped.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Runbook: docs/operations.md#ctr-drop", dropped.Message, StringComparison.Ordinal);

        await SeeAsync(world, hasList: false, Some.Noon.AddDays(3), clickEvery: 8);
        Assert.Contains(
            (await world.SendAsync(new CheckFeedback())).Alarms, alarm => alarm.Code == "impressions-without-lists");
    }

    [Fact]
    public async Task A_lower_conversion_rate_is_found_by_itself()
    {
        await using var world = World.Open();
        await SeeAsync(world, hasList: true, Some.Noon, clickEvery: 2, "purchase");
        world.Time.Advance(TimeSpan.FromDays(7));
        await SeeAsync(world, hasList: true, Some.Noon.AddDays(7), clickEvery: 6, "purchase");
        Assert.Empty((await world.SendAsync(new CheckFeedback())).Alarms);
        world.Time.Advance(TimeSpan.FromDays(1));
        var dropped = Assert.Single((await world.SendAsync(new CheckFeedback())).Alarms);
        Assert.Equal("conversion-drop", dropped.Code);
        Assert.Contains("conversion rate of the last 7 days", dropped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variant_that_breaks_a_guardrail_is_stopped_and_a_skewed_one_is_reported()
    {
        await using var world = World.Open();
        await world.PointAtAsync(ModelVersion.Parse("other"));
        await world.PointAtAsync(Some.Model);
        var users = await world.GivenActiveAsync(1200);
        var b = ExperimentName.Parse("b");
        var experiment = await world.SendAsync(
            new StartExperiment(ExperimentName.Parse("home"), [new(b, 0.5, ModelVersion.Parse("other"))], "to see",
                "ann")
            {
                Guardrails = [new Guardrail(ExperimentMetric.Conversion, 0.02)],
                Effect = 0.5,
            });
        var events = new List<IncomingEvent>();
        foreach (var (index, user) in users.Index())
        {
            var id = (await world.SendAsync(new Recommend(user))).Id!.Value.ToString();
            var every = experiment.VariantOf(user)!.Value.Name == b ? 8 : 2;
            events.Add(Event(user, "impression", Some.Noon, id));
            if (index % every == 0)
                events.Add(Event(user, "purchase", Some.Noon, id));
        }
        await world.SendAsync(new AppendInteractions([.. events]));

        var alarm = Assert.Single((await world.SendAsync(new CheckFeedback())).Alarms);
        Assert.Equal("guardrail", alarm.Code);
        var ended = Assert.Single((await world.SendAsync(new ListExperiments())).Experiments);
        Assert.Equal((ExperimentState.Stopped, CheckFeedback.Guardrail), (ended.State, ended.Changes[^1].By));
        Assert.Empty((await world.SendAsync(new CheckFeedback())).Alarms);
    }

    private static async Task SeeAsync(
        World world, bool hasList, DateTimeOffset at, int clickEvery, string type = "click")
    {
        var list = hasList ? (await world.SendAsync(new PopularItems())).Id!.Value.ToString() : null;
        var events = new List<IncomingEvent>();
        for (var user = 1; user <= 600; user++)
        {
            foreach (var item in (string[])["a", "b"])
            {
                events.Add(Event(Some.User(user), "impression", at, list, item));
                if (user % clickEvery == 0)
                    events.Add(Event(Some.User(user), type, at, list, item));
            }
        }
        await world.SendAsync(new AppendInteractions([.. events]));
    }

    private static IncomingEvent Event(UserId user, string type, DateTimeOffset at, string? list, string item = "a") =>
        new()
        {
            Event = new RawInteraction
            {
                UserId = user.Value,
                ItemId = item,
                InteractionType = type,
                Timestamp = Timestamps.Format(at),
                RecommendationId = list,
                EventId = $"{type} {Timestamps.Format(at)} {item} {list}",
            },
            Source = new Position("test", SequenceNumber.From(0)),
        };
}
