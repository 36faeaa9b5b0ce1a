using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Batches;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// A data folder of which one part is missing, damaged, or of another moment: it is told in a sentence or mended, and
/// nobody who was erased comes back.
/// </summary>
public sealed class TornRestoreTests(TornRestoreTests.TwoMoments moments)
    : IClassFixture<TornRestoreTests.TwoMoments>,
        IDisposable
{
    private const string Canary = "canary-user-3b9d";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Damage> Parts
    {
        get
        {
            var parts = new TheoryData<string, Damage>();
            foreach (
                var part in new[]
                {
                    "recommendation.db",
                    "models",
                    "models/current.json",
                    "batch-runs",
                    "batch-runs/first/run.json",
                    "batch-results",
                    "receipt-key.pem",
                    "erasures",
                }
            )
            {
                parts.Add(part, Damage.Missing);
                parts.Add(part, Damage.Old);
                parts.Add(part, Damage.Unreadable);
            }
            return parts;
        }
    }

    public enum Damage
    {
        Missing,
        Old,
        Unreadable,
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_part_of_another_moment_is_told_or_mended_and_nobody_erased_comes_back(
        string part,
        Damage damage
    )
    {
        TwoMoments.Copy(moments.Now, _folder.Path);
        Change(Path.Combine(_folder.Path, part), Path.Combine(moments.Old, part), damage);
        RunningApi api;
        try
        {
            api = await RunningApi.StartAsync(folder: _folder.Path);
        }
        catch (Exception refusal) when (refusal is StoredFormatException or UnavailableException)
        {
            Assert.Contains("restore", refusal.Message, StringComparison.OrdinalIgnoreCase);
            return;
        }
        await using (api)
        {
            if (await ContinueAsync(api) is { } problem)
            {
                Assert.Contains("restore", problem, StringComparison.OrdinalIgnoreCase);
                return;
            }
            await AskAsync(api);
            await AssertErasedAsync(api);
        }
    }

    [Fact]
    public async Task A_signing_key_that_is_lost_is_not_made_anew_but_by_a_request_that_says_so()
    {
        TwoMoments.Copy(moments.Now, _folder.Path);
        var path = Path.Combine(_folder.Path, "receipt-key.pem");
        var before = await File.ReadAllTextAsync(path);
        File.Delete(path);
        await using var api = await RunningApi.StartAsync(folder: _folder.Path);
        var refused = await api.DeleteAsync("/v1/users/u3");
        Assert.Equal((HttpStatusCode.InternalServerError, "format"), (refused.Status, refused.Code));
        Assert.Contains("receipt new-key", refused.Body, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        (await api.GetAsync("/v1/users/u3")).Expect(HttpStatusCode.OK);

        await api.SendAsync(new Application.Receipts.ReplaceReceiptKey());
        (await api.DeleteAsync("/v1/users/u3")).Expect(HttpStatusCode.OK);

        // The old file is back: it is not the key of the folder any more.
        await File.WriteAllTextAsync(path, before);
        refused = await api.DeleteAsync("/v1/users/u4");
        Assert.Equal((HttpStatusCode.InternalServerError, "format"), (refused.Status, refused.Code));
        Assert.Contains("the same moment", refused.Body, StringComparison.Ordinal);
    }

    /// <returns>Why nothing goes on; null if it does.</returns>
    private static async Task<string?> ContinueAsync(RunningApi api)
    {
        try
        {
            await api.SendAsync(new CatchUpProfiles("local"));
            return null;
        }
        catch (Exception refusal) when (refusal is StoredFormatException or UnavailableException)
        {
            return refusal.Message;
        }
    }

    /// <summary>Whatever a route answers, it is no defect.</summary>
    private static async Task AskAsync(RunningApi api)
    {
        foreach (
            var path in new[]
            {
                "/v1/users/u1",
                "/v1/users/u1/recommendations",
                "/v1/models",
                "/v1/batch-runs",
                "/v1/batch-runs/first",
                "/v1/erasures",
                "/v1/overview",
            }
        )
            NoDefect(await api.GetAsync(path), path);
        var erased = await api.DeleteAsync("/v1/users/u2");
        NoDefect(erased, "DELETE");
        if (erased.Status is not HttpStatusCode.OK)
            Assert.Matches("(?i)restore|delete it", erased.Body);
        try
        {
            await api.SendAsync(new RunBatch(BatchRunId.Parse("next")));
        }
        catch (Exception refusal)
            when (refusal is StoredFormatException or UnavailableException or RefusedException)
        {
            Assert.NotEqual("", refusal.Message);
        }
        Assert.DoesNotContain(
            "unexpected",
            string.Join('\n', api.Logs.Above(Microsoft.Extensions.Logging.LogLevel.Warning)),
            StringComparison.Ordinal
        );
    }

    private async Task AssertErasedAsync(RunningApi api)
    {
        await api.SendAsync(new ResumeErasures());
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"/v1/users/{Canary}")).Status);
        await foreach (
            var interaction in api
                .Services.GetRequiredService<IInteractionLog>()
                .ReadAsync(after: null, CancellationToken.None)
        )
            Assert.NotEqual(Canary, interaction.UserId.Value);
        foreach (var folder in new[] { "batch-runs", "batch-results", "models" })
            Assert.Empty(FilesThatHold(Path.Combine(_folder.Path, folder), Canary));
        var open = await api.SendAsync(new ListErasures());
        Assert.All(open.Erasures, erasure => Assert.NotNull(erasure.Problem));
    }

    private static void NoDefect(Answer answer, string route)
    {
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
            Assert.True(answer.IsProblem && answer.Code is not "unexpected", $"{route}: {answer.Body}");
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
    }

    private static void Change(string path, string old, Damage damage)
    {
        string[] files = Directory.Exists(path)
            ? Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            : File.Exists(path) ? [path] : [];
        if (damage == Damage.Unreadable)
        {
            foreach (var file in files)
                File.WriteAllText(file, "no longer what it was");
            return;
        }
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        File.Delete(path);
        if (damage == Damage.Old && Directory.Exists(old))
            TwoMoments.Copy(old, path);
        else if (damage == Damage.Old && File.Exists(old))
            File.Copy(old, path);
    }

    private static List<string> FilesThatHold(string folder, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => File.ReadAllBytes(path).AsSpan().IndexOf(wanted) >= 0)]
            : [];
    }

    /// <summary>A data folder before a user was erased, and after it.</summary>
    public sealed class TwoMoments : IAsyncLifetime
    {
        private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("recommendation-");

        internal string Old => Path.Combine(_root.FullName, "old");

        internal string Now => Path.Combine(_root.FullName, "now");

        public async Task InitializeAsync()
        {
            var data = Path.Combine(_root.FullName, "data");
            await using (var api = await RunningApi.StartAsync(folder: data))
            {
                await api.PostAsync(
                    "/v1/interactions",
                    $$"""[{"userId":"{{Canary}}","itemId":"i1"},{"userId":"{{Canary}}","itemId":"i3"},{"userId":"bob","itemId":"i1"}]"""
                );
                await Shop.FillAsync(api);
                (await api.DeleteAsync("/v1/users/bob")).Expect(HttpStatusCode.OK);
            }
            Copy(data, Old);
            await using (var api = await RunningApi.StartAsync(folder: data))
            {
                (await api.DeleteAsync($"/v1/users/{Canary}")).Expect(HttpStatusCode.OK);
                await api.PostAsync("/v1/interactions", """[{"userId":"u1","itemId":"i7"}]""");
                await api.SendAsync(new CatchUpProfiles("local"));
                await api.SendAsync(new RunBatch(BatchRunId.Parse("second")));
            }
            Copy(data, Now);
        }

        public Task DisposeAsync()
        {
            _root.Delete(recursive: true);
            return Task.CompletedTask;
        }

        internal static void Copy(string from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var copy = File.Create(target);
                source.CopyTo(copy);
            }
        }
    }
}
