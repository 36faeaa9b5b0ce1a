using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Receipts;
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
        Assert.Equal("popular", (await api.GetAsync("/v1/users/u3/recommendations")).Json["source"]!.GetValue<string>());
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
            receipt with { Receipt = receipt.Receipt with { UserId = "bob" } },
            receipt with { Receipt = receipt.Receipt with { Removed = receipt.Receipt.Removed with { InteractionsInLog = 7 } } },
            receipt with { Signature = receipt.Signature[..^4] + "AAAA" },
            receipt with { Signature = "no base64!" },
            receipt with { Algorithm = "none" },
        ];
        foreach (var one in forged)
            Assert.NotNull((await api.SendAsync(new VerifyReceipt(one))).Problem);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains("key", (await api.SendAsync(new VerifyReceipt(receipt, other.ExportSubjectPublicKeyInfoPem()))).Problem, StringComparison.Ordinal);
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
        await api.PostAsync("/v1/interactions", """[{"userId":"last","itemId":"only-theirs"},{"userId":"last","itemId":"i1"}]""");
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
        var delivered = await api.Services.GetRequiredService<IInteractionLog>().ReadAsync(after: null, CancellationToken.None).ToListAsync();
        await api.DeleteAsync("/v1/users/ann");
        await api.SendAsync(new UpdateProfiles(delivered, []));
        (await api.GetAsync("/v1/users/ann")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await api.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i2"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(1, (await api.GetAsync("/v1/users/ann")).Expect(HttpStatusCode.OK).Json["interactionCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_batch_that_is_ranking_the_user_while_they_are_erased_writes_no_list_back()
    {
        RunningApi? running = null;
        var erased = 0;
        await using var api = await RunningApi.StartAsync(replace: services => services.Intercept<IRanker>(ranker => new InterceptedRanker(ranker, async request =>
        {
            if (request.Users.Any(user => user.UserId.Value == "u5") && request.Users.Count > 1 && Interlocked.Increment(ref erased) == 1)
                (await running!.DeleteAsync("/v1/users/u5")).Expect(HttpStatusCode.OK);
        })));
        running = api;
        await Shop.FillAsync(api);
        Assert.Equal(1, Math.Min(erased, 1));
        Assert.Null(await api.Services.GetRequiredService<IRecommendationStore>().FindAsync(UserId.Parse("u5"), CancellationToken.None));
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

        Assert.Throws<JsonException>(() => Parse(receipt with { Body = receipt.Body.Replace(original, forged, StringComparison.Ordinal) }));
    }

    private static SignedReceipt Parse(Answer answer) =>
        JsonSerializer.Deserialize(answer.Expect(HttpStatusCode.OK).Body, ReceiptJson.Default.SignedReceipt)!;
}
