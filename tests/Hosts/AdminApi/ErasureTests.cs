using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Receipts;
using Recommendation.Domain;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Tests;

public sealed class ErasureTests
{
    [Fact]
    public async Task An_erased_user_is_gone_from_everywhere_and_the_receipt_says_so()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        await api.PostAsync("/v1/interactions", """{"userId":"u3","itemId":""}""");
        var receipt = Parse((await api.DeleteAsync("/v1/users/u3")).Expect(HttpStatusCode.OK));
        Assert.Equal(("u3", 6L, 6L, 1L), (receipt.Receipt.UserId, receipt.Receipt.Removed.InteractionsCounted,
            receipt.Receipt.Removed.InteractionsInLog, receipt.Receipt.Removed.QuarantinedRecords));
        (await api.GetAsync("/v1/users/u3")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await api.GetAsync("/v1/users/u3/export")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(
            "popular",
            (await api.GetAsync("/v1/users/u3/recommendations")).Json["source"]!.GetValue<string>()
        );
        Assert.Null((await api.SendAsync(new VerifyReceipt(receipt))).Problem);
    }

    [Fact]
    public async Task A_receipt_that_was_changed_or_is_of_another_key_is_found_out()
    {
        await using var api = await RunningApi.StartAsync();
        await api.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i1"}""");
        var receipt = Parse(await api.DeleteAsync("/v1/users/ann"));
        Assert.Null((await api.SendAsync(new VerifyReceipt(receipt))).Problem);
        var key = (await api.GetAsync("/v1/receipt-key")).Expect(HttpStatusCode.OK).Json;
        Assert.Null((await api.SendAsync(new VerifyReceipt(receipt, key["publicKey"]!.GetValue<string>()))).Problem);
        Assert.Equal(receipt.Receipt.KeyId, key["keyId"]!.GetValue<string>());

        SignedReceipt[] forged =
        [
            receipt with
            {
                Receipt = receipt.Receipt with { UserId = "bob" },
            },
            receipt with
            {
                Receipt = receipt.Receipt with { Removed = receipt.Receipt.Removed with { InteractionsInLog = 7 } },
            },
            receipt with
            {
                Signature = receipt.Signature[..^4] + "AAAA",
            },
            receipt with
            {
                Signature = "no base64!",
            },
            receipt with
            {
                Algorithm = "none",
            },
        ];
        foreach (var one in forged)
            Assert.NotNull((await api.SendAsync(new VerifyReceipt(one))).Problem);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains(
            "key",
            (await api.SendAsync(new VerifyReceipt(receipt, other.ExportSubjectPublicKeyInfoPem()))).Problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_key_of_receipts_outlives_a_restart()
    {
        using var folder = new TemporaryFolder();
        SignedReceipt receipt;
        await using (var api = await RunningApi.StartAsync(folder: folder.Path))
            receipt = Parse(await api.DeleteAsync("/v1/users/ann"));
        await using var restarted = await RunningApi.StartAsync(folder: folder.Path);
        Assert.Null((await restarted.SendAsync(new VerifyReceipt(receipt))).Problem);
    }

    [Fact]
    public async Task The_next_model_knows_nothing_of_an_erased_user()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        await api.PostAsync(
            "/v1/interactions",
            """[{"userId":"last","itemId":"only-theirs"},{"userId":"last","itemId":"i1"}]"""
        );
        await api.SendAsync(new CatchUpProfiles("local"));
        await api.DeleteAsync("/v1/users/last");
        var model = await api.SendAsync(new TrainModel(Fast: true, Force: true));
        Assert.Equal(Shop.Users, model.Model.Users);
        Assert.Equal(Shop.Items, model.Model.Items);
    }

    [Fact]
    public async Task A_redelivery_of_what_came_before_the_erasure_does_not_bring_the_user_back()
    {
        await using var api = await RunningApi.StartAsync();
        await api.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i1","eventId":"e1"}""");
        await api.SendAsync(new CatchUpProfiles("local"));
        var delivered = await api
            .Services.GetRequiredService<IInteractionLog>()
            .ReadAsync(after: null, CancellationToken.None)
            .ToListAsync();
        await api.DeleteAsync("/v1/users/ann");
        await api.SendAsync(new UpdateProfiles(delivered, []));
        (await api.GetAsync("/v1/users/ann")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await api.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i2"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            1,
            (await api.GetAsync("/v1/users/ann")).Expect(HttpStatusCode.OK).Json["interactionCount"]!.GetValue<int>()
        );
    }

    [Fact]
    public async Task A_batch_that_is_ranking_the_user_while_they_are_erased_writes_no_list_back()
    {
        RunningApi? running = null;
        var erased = 0;
        await using var api = await RunningApi.StartAsync(replace: services =>
            services.Intercept<IRanker>(ranker => new InterceptedRanker(
                ranker,
                async request =>
                {
                    if (
                        request.Users.Any(user => user.UserId.Value == "u5")
                        && request.Users.Count > 1
                        && Interlocked.Increment(ref erased) == 1
                    )
                        (await running!.DeleteAsync("/v1/users/u5")).Expect(HttpStatusCode.OK);
                }
            ))
        );
        running = api;
        await Shop.FillAsync(api);
        Assert.Equal(1, Math.Min(erased, 1));
        Assert.Null(
            await api
                .Services.GetRequiredService<IRecommendationStore>()
                .FindAsync(UserId.Parse("u5"), CancellationToken.None)
        );
        var run = await api.SendAsync(new ShowBatch(BatchRunId.Parse("first")));
        Assert.Equal((Shop.Users, 1), (run.Run.Counts.Active, run.Run.Counts.Skipped));
    }

    [Theory]
    [InlineData("\"receipt\":{", "\"receipt\":{\"note\":\"forged\",")]
    [InlineData("\"removed\":{", "\"removed\":{\"backups\":7,")]
    [InlineData("{\"receipt\":", "{\"approvedBy\":\"forged\",\"receipt\":")]
    [InlineData("\"userId\":", "\"userId\":\"somebody\",\"userId\":")]
    public async Task A_receipt_with_a_member_that_nobody_signed_is_none(string original, string forged)
    {
        await using var api = await RunningApi.StartAsync();
        var receipt = await api.DeleteAsync("/v1/users/ann");
        Parse(receipt);
        Assert.Contains(original, receipt.Body, StringComparison.Ordinal);

        Assert.Throws<JsonException>(() =>
            Parse(receipt with { Body = receipt.Body.Replace(original, forged, StringComparison.Ordinal) })
        );
    }

    [Fact]
    public async Task An_erasure_under_another_clock_takes_the_real_time_and_covers_what_arrived_before_it()
    {
        using var folder = new TemporaryFolder();
        await using (var present = await RunningApi.StartAsync(folder: folder.Path))
            await present.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i1"}""");
        await using (
            var future = await RunningApi.StartAsync(
                options => options.Time = new OtherTime(TimeSpan.FromDays(7000)),
                folder: folder.Path
            )
        )
            await future.PostAsync(
                "/v1/interactions",
                """[{"userId":"ann","itemId":"i2"},{"userId":"bob","itemId":"i2"}]"""
            );
        await using var past = await RunningApi.StartAsync(
            options => options.Time = new OtherTime(TimeSpan.FromDays(-5000)),
            folder: folder.Path
        );
        var before = TimeProvider.System.GetUtcNow();
        var receipt = Parse(await past.DeleteAsync("/v1/users/ann")).Receipt;
        Assert.Equal((true, 2L), (receipt.Found, receipt.Removed.InteractionsInLog));
        Assert.InRange(
            Timestamps.Parse(receipt.ErasedAt)!.Value,
            before.AddMilliseconds(-1),
            TimeProvider.System.GetUtcNow().AddMilliseconds(1)
        );
        Assert.InRange(
            Timestamps.Parse(receipt.IssuedAt)!.Value,
            before.AddMilliseconds(-1),
            TimeProvider.System.GetUtcNow()
        );
        var left = await past
            .Services.GetRequiredService<IInteractionLog>()
            .ReadAsync(after: null, CancellationToken.None)
            .ToListAsync();
        Assert.Equal("bob", Assert.Single(left).UserId.Value);
        (await past.GetAsync("/v1/users/ann")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_delivery_that_was_read_before_the_erasure_and_bears_a_time_of_the_future_does_not_bring_the_user_back()
    {
        await using var api = await RunningApi.StartAsync(options =>
            options.Time = new OtherTime(TimeSpan.FromDays(7000))
        );
        await api.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i1"}""");
        var delivered = await api
            .Services.GetRequiredService<IInteractionLog>()
            .ReadAsync(after: null, CancellationToken.None)
            .ToListAsync();
        await api.DeleteAsync("/v1/users/ann");
        await api.SendAsync(new UpdateProfiles(delivered, []));
        (await api.GetAsync("/v1/users/ann")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_receipt_for_a_user_who_was_never_seen_says_so()
    {
        await using var api = await RunningApi.StartAsync();
        await api.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i1"}""");
        var unseen = await api.DeleteAsync("/v1/users/an");
        Assert.False(unseen.Json["receipt"]!["found"]!.GetValue<bool>());
        Assert.True((await api.DeleteAsync("/v1/users/ann")).Json["receipt"]!["found"]!.GetValue<bool>());
        Assert.False((await api.DeleteAsync("/v1/users/ann")).Json["receipt"]!["found"]!.GetValue<bool>());
        Assert.Null((await api.SendAsync(new VerifyReceipt(Parse(unseen)))).Problem);
    }

    [Fact]
    public async Task A_receipt_of_the_first_form_is_still_genuine()
    {
        await using var api = await RunningApi.StartAsync();
        var keyId = (await api.GetAsync("/v1/receipt-key")).Json["keyId"]!.GetValue<string>();
        const string removed =
            """{"profile":true,"list":true,"interactionsCounted":3,"interactionsInLog":3,"quarantinedRecords":0}""";
        var json =
            $$"""{"version":1,"keyId":"{{keyId}}","userId":"ann","erasedAt":"2026-01-31T12:00:00.000Z","issuedAt":"2026-01-31T12:00:00.001Z","removed":"""
            + removed
            + "}";
        using var key = ECDsa.Create();
        key.ImportFromPem(
            await api.Services.GetRequiredService<IReceiptKeys>().PrivateKeyAsync(CancellationToken.None)
        );
        var signature = Base64Url.EncodeToString(key.SignData(Encoding.UTF8.GetBytes(json), HashAlgorithmName.SHA256));
        var receipt = JsonSerializer.Deserialize(
            $$"""{"receipt":{{json}},"algorithm":"ES256","signature":"{{signature}}"}""",
            ReceiptJson.Default.SignedReceipt
        )!;
        Assert.Null((await api.SendAsync(new VerifyReceipt(receipt))).Problem);
        Assert.NotNull(
            (
                await api.SendAsync(new VerifyReceipt(receipt with { Receipt = receipt.Receipt with { Found = true } }))
            ).Problem
        );
    }

    private sealed class OtherTime(TimeSpan shift) : ShiftedTimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }

    private static SignedReceipt Parse(Answer answer) =>
        JsonSerializer.Deserialize(answer.Expect(HttpStatusCode.OK).Body, ReceiptJson.Default.SignedReceipt)!;
}
