using System.Text;
using Recommendation.Application.Ports;

namespace Recommendation.Contracts;

/// <summary>What every <see cref="IIdempotencyKeys"/> must do.</summary>
public abstract class IdempotencyKeysContract : Contract<IIdempotencyKeys>
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RememberedAnswer s_answer = new(
        202,
        "application/json",
        "/v1/batch-runs/r",
        Encoding.UTF8.GetBytes("""{"a":"é"}""")
    );

    [Fact]
    public async Task The_first_claim_is_granted_and_the_next_is_told_to_wait()
    {
        Assert.Equal(ClaimState.Granted, (await Port.ClaimAsync(Request(), s_now, None)).State);
        Assert.Equal(ClaimState.Busy, (await Port.ClaimAsync(Request(), s_now, None)).State);
        Assert.Equal(ClaimState.Granted, (await Port.ClaimAsync(Request(key: "other"), s_now, None)).State);
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_is_granted()
    {
        var claims = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Port.ClaimAsync(Request(), s_now, None)))
        );
        Assert.Single(claims, claim => claim.State == ClaimState.Granted);
        Assert.Equal(15, claims.Count(claim => claim.State == ClaimState.Busy));
    }

    [Fact]
    public async Task A_settled_key_gives_the_answer_as_it_was()
    {
        await Port.ClaimAsync(Request(), s_now, None);
        await Port.SettleAsync(Request(), s_answer, None);
        var claim = await Port.ClaimAsync(Request(), s_now.AddHours(23), None);
        Assert.Equal(ClaimState.Answered, claim.State);
        Assert.Equal(
            (s_answer.Status, s_answer.MediaType, s_answer.Location),
            (claim.Answer!.Status, claim.Answer.MediaType, claim.Answer.Location)
        );
        Assert.Equal(s_answer.Body.ToArray(), claim.Answer.Body.ToArray());
    }

    [Fact]
    public async Task A_long_answer_is_given_as_it_was()
    {
        var results = Enumerable.Range(0, 500)
            .Select(n => $$"""{"status":"accepted","eventId":"é-{{n * 7919 % 500}}"}""");
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', results)}]");
        await Port.ClaimAsync(Request(), s_now, None);
        await Port.SettleAsync(Request(), s_answer with { Body = body }, None);
        Assert.Equal(body, (await Port.ClaimAsync(Request(), s_now, None)).Answer!.Body.ToArray());
    }

    [Fact]
    public async Task An_answer_without_body_type_or_location_is_kept_too()
    {
        await Port.ClaimAsync(Request(), s_now, None);
        await Port.SettleAsync(Request(), new RememberedAnswer(204, null, null, default), None);
        var answer = (await Port.ClaimAsync(Request(), s_now, None)).Answer!;
        Assert.Equal(
            (204, (string?)null, (string?)null, 0),
            (answer.Status, answer.MediaType, answer.Location, answer.Body.Length)
        );
    }

    [Fact]
    public async Task A_key_stands_for_one_request()
    {
        await Port.ClaimAsync(Request(), s_now, None);
        Assert.Equal(ClaimState.Mismatch, (await Port.ClaimAsync(Request(fingerprint: "another"), s_now, None)).State);
        await Port.SettleAsync(Request(), s_answer, None);
        Assert.Equal(ClaimState.Mismatch, (await Port.ClaimAsync(Request(fingerprint: "another"), s_now, None)).State);
    }

    [Fact]
    public async Task A_claim_that_was_given_up_is_free()
    {
        await Port.ClaimAsync(Request(), s_now, None);
        await Port.GiveUpAsync(Request(), None);
        Assert.Equal(ClaimState.Granted, (await Port.ClaimAsync(Request(), s_now, None)).State);
    }

    [Fact]
    public async Task A_claim_that_nobody_settled_is_free_after_its_time_and_an_answer_after_its_own()
    {
        await Port.ClaimAsync(Request(), s_now, None);
        Assert.Equal(ClaimState.Busy, (await Port.ClaimAsync(Request(), s_now.AddSeconds(59), None)).State);
        Assert.Equal(ClaimState.Granted, (await Port.ClaimAsync(Request(), s_now.AddSeconds(60), None)).State);
        await Port.SettleAsync(Request(), s_answer, None);
        Assert.Equal(ClaimState.Answered, (await Port.ClaimAsync(Request(), s_now.AddMinutes(1439), None)).State);
        Assert.Equal(ClaimState.Granted, (await Port.ClaimAsync(Request(), s_now.AddHours(24), None)).State);
    }

    private static IdempotentRequest Request(string key = "0a1b", string fingerprint = "ffee") =>
        new(key, fingerprint, s_now.AddMinutes(1), s_now.AddHours(24));
}
