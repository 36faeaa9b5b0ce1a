using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Models;

/// <summary>Of a log that is kept by groups of users no more is read than is needed, and whole users each.</summary>
public sealed class PartedLogTests : IAsyncLifetime
{
    private const int Users = 400;
    private readonly World _world = World.Open(replace: services => services.AddSingleton<IUserLog>(
        provider => new PartedLog(provider.GetRequiredService<IInteractionLog>())));

    private PartedLog Log => (PartedLog)_world.Services.GetRequiredService<IUserLog>();

    public Task InitializeAsync()
    {
        _world.Evaluator.Quality[1] = (0.25, 0.5);
        return _world.Log.AppendAsync(
            [.. from day in Enumerable.Range(0, 10)
                from user in Enumerable.Range(0, Users)
                let at = Some.Noon.AddDays(day - 10).AddSeconds(user)
                select Some.Interaction((day * Users) + user + 1, Some.User(user), $"i{day}", at: at, arrived: at)],
            CancellationToken.None);
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_training_that_may_hold_little_takes_a_sample_of_whole_users_and_says_so()
    {
        var trained = await _world.SendAsync(new TrainModel(MaximumInteractions: 2000));

        var users = _world.Trainer.Refitted.GroupBy(one => one.UserId).ToList();
        Assert.InRange(users.Count, 50, Users / 2);
        Assert.All(users, user => Assert.Equal(10, user.Count()));
        Assert.Contains(trained.Verdict.Reasons, reason => reason.Contains("a sample of", StringComparison.Ordinal));
        // What was measured is of the sample, too: of nobody else is known what the model could have learnt.
        Assert.All(
            _world.Evaluator.Measured[1],
            user => Assert.Contains(user.User!.Value, users.Select(one => one.Key))
        );
    }

    [Fact]
    public async Task A_window_leaves_out_what_is_older()
    {
        await _world.SendAsync(new TrainModel(Window: TimeSpan.FromDays(5.5)));
        Assert.Equal(
            ["i5", "i6", "i7", "i8", "i9"],
            _world.Trainer.Refitted.Select(one => one.ItemId.Value).Distinct().Order()
        );
    }

    [Fact]
    public async Task A_training_of_everything_reads_all_parts()
    {
        var trained = await _world.SendAsync(new TrainModel());
        Assert.Equal(Users * 10, _world.Trainer.Refitted.Count);
        Assert.DoesNotContain(trained.Verdict.Reasons, reason => reason.Contains("sample", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gate_reads_the_new_of_all_parts_and_of_the_old_only_the_parts_that_it_measures()
    {
        using var artefact = new MemoryStream([1]);
        var known = _world.Time.GetUtcNow().AddDays(-2);
        await _world.Models.PutAsync(
            FakeTrainer.Describe("m1") with
            {
                TrainedThrough = known,
                IsCandidate = false,
            },
            artefact,
            CancellationToken.None
        );

        var gated = await _world.SendAsync(new GateModel(ModelVersion.Parse("m1")));

        Assert.True(gated.Verdict.Passed, string.Join(' ', gated.Verdict.Reasons));
        Assert.All(Log.Read.SkipLast(1), parts => Assert.NotNull(parts.ArrivedFrom));
        Assert.Equal(UserBucket.Count, Log.Read.SkipLast(1).Sum(parts => parts.Count));
        Assert.InRange(Log.Read.Count, 2, 12);
    }

    [Fact]
    public async Task Profiles_are_rebuilt_in_parts_that_hold_about_as_many_users_as_may_be_held()
    {
        var rebuilt = await _world.SendAsync(new RebuildProfiles(UsersAtOnce: 100));
        Assert.Equal((Users, Users), (rebuilt.Users, rebuilt.Written));
        Assert.InRange(Log.Read.Count, 4, 20);
        await CleanPass.AssertAsync(_world, await _world.LoggedAsync());
    }

    [Fact]
    public async Task An_export_reads_the_part_of_the_user()
    {
        await _world.SendAsync(new RebuildProfiles());
        Log.Read.Clear();
        var exported = await _world.SendAsync(new ExportUser(Some.User(7)));
        Assert.Equal(10, exported.Interactions.Count);
        Assert.Equal(new LogParts(UserBucket.Of(Some.User(7)), 1), Assert.Single(Log.Read));
    }
}
