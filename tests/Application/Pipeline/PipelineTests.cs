using System.Diagnostics;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;

namespace Recommendation.Application.Tests.Pipeline;

/// <summary>Every request is traced and measured, and refused before its handler if it is wrong.</summary>
public sealed class PipelineTests : InWorld
{
    [Fact]
    public void Telemetry_is_outermost_then_validation()
    {
        var behaviours = World.Services.GetServices<IPipelineBehavior<Recommend, ShownList>>();

        Assert.Equal(
            [typeof(TelemetryBehaviour<Recommend, ShownList>), typeof(ValidationBehaviour<Recommend, ShownList>)],
            behaviours.Select(behaviour => behaviour.GetType())
        );
    }

    [Fact]
    public async Task A_request_that_is_refused_is_measured_as_failed_and_its_handler_is_not_reached()
    {
        using var measured = new Measurements();

        var problem = await Assert.ThrowsAsync<ValidationException>(() => World.SendAsync(new Recommend(Some.Ann, 0)));

        Assert.Equal("Ask for 1–1000 items.", problem.Message);
        Assert.Equal(1, measured.Count("recommendation.request.duration"));
        Assert.Empty(World.Profiles.Loads);
    }

    [Fact]
    public async Task Its_duration_is_measured_by_request_and_outcome()
    {
        using var measured = new Measurements();
        World.Profiles.Loading = _ =>
        {
            World.Time.Advance(TimeSpan.FromMilliseconds(20));
            return Task.CompletedTask;
        };
        await World.SendAsync(new GetProfile(Some.Ann));
        World.Profiles.Loading = _ =>
        {
            World.Time.Advance(TimeSpan.FromMilliseconds(30));
            return Fault.Throw(Fault.StoreDown);
        };
        await Record.ExceptionAsync(() => World.SendAsync(new GetProfile(Some.Ann)));

        Assert.Equal(20, measured.Sum("recommendation.request.duration", "request=GetProfile outcome=done"));
        Assert.Equal(30, measured.Sum("recommendation.request.duration", "request=GetProfile outcome=failed"));
    }

    [Fact]
    public async Task It_is_an_activity_that_says_how_it_failed()
    {
        using var mine = new Activity("test").Start();
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, Telemetry.Activities),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == mine.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        World.Profiles.Loading = _ => Fault.Throw(Fault.StoreDown);

        await Record.ExceptionAsync(() => World.SendAsync(new GetProfile(Some.Ann)));

        var activity = Assert.Single(ended);
        Assert.Equal(("GetProfile", ActivityStatusCode.Error, "The store does not answer."),
            (activity.OperationName, activity.Status, activity.StatusDescription));
    }
}
