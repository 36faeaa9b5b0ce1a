using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Receipts;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// Plants names that occur nowhere else in every place, erases the user, and searches every byte of the data folder.
/// </summary>
public sealed class CompleteErasureTests
{
    private const string User = "canary-user-7f3a";
    private const string Item = "canary-item-7f3a";
    private const string Event = "canary-event-7f3a";
    private const string Text = "canary-text-7f3a";

    [Fact]
    public async Task After_an_erasure_no_byte_of_the_folder_names_the_user_but_the_tombstone_and_the_record_of_the_erasure()
    {
        using var folder = new TemporaryFolder();
        SignedReceipt receipt;
        await using (var api = await RunningApi.StartAsync(folder: folder.Path))
        {
            await Shop.FillAsync(api);
            await PlantAsync(api);
            foreach (var planted in new[] { User, Item, Event, Text })
                Assert.NotEqual([], FilesThatHold(folder.Path, planted));
            receipt = JsonSerializer.Deserialize(
                (await api.DeleteAsync($"/v1/users/{User}")).Expect(HttpStatusCode.OK).Body,
                ReceiptJson.Default.SignedReceipt
            )!;
            Assert.DoesNotContain(
                User,
                string.Join('\n', api.Logs.Above(Microsoft.Extensions.Logging.LogLevel.Debug)),
                StringComparison.Ordinal
            );
            foreach (var planted in new[] { Item, Event, Text })
                Assert.Equal([], FilesThatHold(folder.Path, planted));
            foreach (var answer in new[] { "k-events", "k-what-if" })
                await ReplayedAsync(api, answer);
        }
        Assert.Equal(
            Application
                .Erasures.PersonalDataPlaces.ErasedOn(Application.Erasures.DataPlatform.OneMachine)
                .Select(place => place.Key)
                .Order(StringComparer.Ordinal),
            receipt.Receipt.Places!.Order(StringComparer.Ordinal)
        );
        foreach (var planted in new[] { Item, Event, Text })
            Assert.Equal([], FilesThatHold(folder.Path, planted));
        // What is kept on purpose is two rows: without them, nothing is left.
        KeptRows.Delete(folder.Path, User);
        var left = FilesThatHold(folder.Path, User);
        Assert.True(left.Count == 0, string.Join('\n', left));
    }

    private static async Task PlantAsync(RunningApi api)
    {
        var user = UserId.Parse(User);
        // A history that a writer left that died before its profile named it.
        await api
            .Services.GetRequiredService<IHistoryStore>()
            .PutAsync(
                [new(new(user, Domain.Profiles.HistoryKey.New(0, 7)), Domain.Profiles.StoredHistory.Empty)],
                CancellationToken.None
            );
        var events = string.Join(
            ',',
            Enumerable
                .Range(0, 150)
                .Select(i =>
                    $$"""{"userId":"{{User}}","itemId":"{{Item}}-{{i}}","eventId":"{{Event}}-{{i}}","interactionType":"purchase"}"""
                )
        );
        (await api.PostAsync("/v1/interactions", $"[{events}]", ("Idempotency-Key", "k-events"))).Expect(
            HttpStatusCode.OK
        );
        await api.SendAsync(new CatchUpProfiles("local"));
        (
            await api.PostAsync(
                $"/v1/users/{User}/what-if",
                $$"""{"itemId":"{{Item}}-1"}""",
                ("Idempotency-Key", "k-what-if")
            )
        ).Expect(HttpStatusCode.OK);
        // Rejected: of the user, and of nobody since the id is invalid or in the wrong place.
        await api.PostAsync("/v1/interactions", $$"""{"userId":"{{User}}","itemId":"","note":"{{Text}}"}""");
        await api.PostAsync("/v1/interactions", $$"""{"userId":"{{User}}\u0001","itemId":"i1","note":"{{Text}}"}""");
        await api.PostAsync("/v1/interactions", $$"""[{"user":"{{User}}","note":"{{Text}}"}]""");
        await api.Services.GetRequiredService<IQuarantine>().AddAsync(
            [new QuarantinedRecord
            {
                Position = new Position("file:x", SequenceNumber.From(1)),
                ArrivedAt = TimeProvider.System.GetUtcNow(),
                Rejection = new Rejection(RejectionCode.Malformed, $"'{User}' is in a row that is no row."),
                Raw = Encoding.UTF8.GetBytes($"{User};{Text}"),
            }],
            CancellationToken.None);
        (await api.PutAsync($"/v1/users/{User}/attributes", $$"""{"note":"{{Text}}"}""")).Expect(HttpStatusCode.OK);
        // Runs: one that is completed and gave the user a list, one of which only the segments are there.
        await api.SendAsync(new RunBatch(BatchRunId.Parse("canary-run")));
        await api.SendAsync(new PlanBatch(BatchRunId.Parse("planned-run"), Users: [user, UserId.Parse("u1")]));
        Assert.NotNull(
            await api.Services.GetRequiredService<IRecommendationStore>().FindAsync(user, CancellationToken.None)
        );
    }

    private static async Task ReplayedAsync(RunningApi api, string key)
    {
        var again = key is "k-what-if"
            ? await api.PostAsync(
                $"/v1/users/{User}/what-if",
                $$"""{"itemId":"{{Item}}-1"}""",
                ("Idempotency-Key", key)
            )
            : await api.PostAsync("/v1/interactions", """[{"userId":"u1","itemId":"i1"}]""", ("Idempotency-Key", key));
        Assert.DoesNotContain("Idempotency-Replayed", again.Headers.Keys);
    }

    private static List<string> FilesThatHold(string folder, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // The holder of a lease keeps an empty file locked.
            if (new FileInfo(path).Length == 0)
                continue;
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            var all = bytes.ToArray();
            if (all.AsSpan().IndexOf(wanted) is >= 0 and var at)
                found.Add(
                    $"{Path.GetRelativePath(folder, path)}, byte {at}: "
                        + Encoding.Latin1.GetString(all[Math.Max(0, at - 60)..Math.Min(all.Length, at + 140)])
                );
        }
        return found;
    }
}
