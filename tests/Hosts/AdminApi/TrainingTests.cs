using System.Net;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Tests;

/// <summary>Trainings are listed, and can be stopped.</summary>
public sealed class TrainingTests
{
    [Fact]
    public async Task Trainings_are_listed_and_one_that_goes_can_be_cancelled()
    {
        HeldTrainer? trainer = null;
        await using var api = await RunningApi.StartAsync(
            replace: services => services.Intercept<IModelTrainer>(inner => trainer = new HeldTrainer(inner)));
        await Shop.FillAsync(api);
        Assert.Empty((await api.GetAsync("/v1/trainings")).Expect(HttpStatusCode.OK).Json["trainings"]!.AsArray());
        var current = (await api.GetAsync("/v1/models")).Json["current"]!.GetValue<string>();

        trainer!.IsHeld = true;
        var location = (await api.PostAsync("/v1/models", """{"fast":true,"force":true}"""))
            .Expect(HttpStatusCode.Accepted)
            .Headers["Location"];
        await trainer.Entered;
        var cancelled = (await api.PostAsync($"{location}/cancel")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("cancelled", cancelled["state"]!.GetValue<string>());
        Assert.NotNull(cancelled["finishedAt"]);
        Assert.Null(cancelled["problem"]);
        (await api.PostAsync($"{location}/cancel")).ExpectProblem(HttpStatusCode.Conflict, "refused");
        (await api.PostAsync("/v1/trainings/none/cancel")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(current, (await api.GetAsync("/v1/models")).Json["current"]!.GetValue<string>());

        trainer.IsHeld = false;
        var second = (await api.PostAsync("/v1/models", """{"fast":true,"force":true}"""))
            .Expect(HttpStatusCode.Accepted)
            .Json["id"]!.GetValue<string>();
        var listed = (await api.GetAsync("/v1/trainings")).Json["trainings"]!.AsArray();
        Assert.Equal(
            [second, cancelled["id"]!.GetValue<string>()],
            listed.Select(one => one!["id"]!.GetValue<string>())
        );
    }

    /// <summary>Trains nothing while it is held, until it is told to stop.</summary>
    private sealed class HeldTrainer(IModelTrainer inner) : IModelTrainer
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal bool IsHeld { get; set; }

        internal Task Entered => _entered.Task;

        public async Task<TrainedModel> TrainAsync(
            IAsyncEnumerable<Interaction> interactions,
            TrainingOptions options,
            IProgress<TrainingProgress>? progress,
            CancellationToken cancellationToken
        )
        {
            if (IsHeld)
            {
                _entered.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            return await inner.TrainAsync(interactions, options, progress, cancellationToken);
        }

        public Task<TrainedModel> RefitAsync(
            ModelDescription measured,
            RefitSource source,
            IAsyncEnumerable<Interaction> interactions,
            TrainingOptions options,
            IProgress<TrainingProgress>? progress,
            CancellationToken cancellationToken
        ) => inner.RefitAsync(measured, source, interactions, options, progress, cancellationToken);
    }
}
