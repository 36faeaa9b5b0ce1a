using Recommendation.Application.Erasures;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Tests.Quarantine;

/// <summary>What is not to be sent again is dismissed, by name or by reason and age.</summary>
public sealed class DismissQuarantineTests : InWorld
{
    private const string Good = """{"userId":"ann","itemId":"i1"}""";

    [Fact]
    public async Task A_dismissed_record_is_not_listed_not_counted_and_not_redriven_and_erased_with_its_user()
    {
        await GivenAsync(Some.Poison(1, Good), Some.Poison(2, Good));

        var dismissed = await World.SendAsync(
            new DismissQuarantine(new HashSet<Position> { Some.At(1), Some.At(99) })
        );
        var redriven = await World.SendAsync(new RedriveQuarantine());
        var named = await World.SendAsync(new RedriveQuarantine(new HashSet<Position> { Some.At(1) }));

        Assert.Equal(1, dismissed.Records);
        Assert.Equal((1, 0), (redriven.Records, named.Records));
        Assert.Empty((await World.SendAsync(new ListQuarantine())).Records);
        Assert.Equal(Some.Noon, (await World.QuarantinedAsync())[0].DismissedAt);
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.SendAsync(new ForgetUser(Some.Ann));
        Assert.Empty(await World.QuarantinedAsync());
    }

    [Fact]
    public async Task Records_are_chosen_by_reason_and_age_and_may_be_counted_first()
    {
        await GivenAsync(
            [.. Enumerable.Range(1, 1_200).Select(n => Some.Poison(n, Good) with
            {
                ArrivedAt = Some.Noon.AddDays(-n),
                Rejection = new(n % 2 == 0 ? RejectionCode.InvalidTime : RejectionCode.Malformed, "Wrong."),
            })]);
        var old = new DismissQuarantine
        {
            Reason = RejectionCode.InvalidTime,
            OlderThan = TimeSpan.FromDays(100),
        };

        Assert.Equal(550, (await World.SendAsync(old with { DryRun = true })).Records);
        Assert.Equal(1_200, (await World.QuarantinedAsync(includeSettled: false)).Count);
        Assert.Equal(550, (await World.SendAsync(old)).Records);
        Assert.Equal(650, (await World.QuarantinedAsync(includeSettled: false)).Count);
        Assert.Equal(0, (await World.SendAsync(old)).Records);
    }

    [Fact]
    public async Task A_request_that_would_dismiss_everything_is_refused() =>
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() =>
            World.SendAsync(new DismissQuarantine())
        );

    [Fact]
    public async Task A_reason_that_there_is_not_is_refused() =>
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() =>
            World.SendAsync(new DismissQuarantine { Reason = new RejectionCode("invalid-tme") })
        );

    private Task GivenAsync(params QuarantinedRecord[] records) =>
        World.Quarantine.AddAsync(records, CancellationToken.None);
}
