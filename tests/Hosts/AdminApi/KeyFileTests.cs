using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// What opens a server without a key: only that there never were any, and a caller on the machine itself.
/// </summary>
public sealed class KeyFileTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"version":1,"keys":[]}""")]
    [InlineData("not a file of keys")]
    public async Task A_file_of_keys_that_is_removed_emptied_or_damaged_opens_nothing(string? content)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys.json");
        await using (var api = await RunningApi.StartAsync(folder: folder.Path))
        {
            var (key, _) = api.Keys.Create(Role.Operator, name: null);
            await WaitForKeysAsync(api, key);
            if (content is null)
                File.Delete(file);
            else
                await File.WriteAllTextAsync(file, content);
            await UntilAsync(async () =>
            {
                (await api.GetAsync("/v1/models")).ExpectProblem(HttpStatusCode.Unauthorized, "key-needed");
                return api
                    .Logs.Above(Microsoft.Extensions.Logging.LogLevel.Warning)
                    .Any(line => line.Contains("keys.json", StringComparison.Ordinal));
            });
            (await api.DeleteAsync("/v1/users/ann")).ExpectProblem(HttpStatusCode.Unauthorized, "key-needed");
            (await api.GetAsync("/v1/models")).ExpectProblem(HttpStatusCode.Unauthorized, "key-needed");
        }
        var refusal = Assert.ThrowsAny<Exception>(() =>
            AdminApiHost.Build(new AdminApiOptions { Folder = folder.Path })
        );
        Assert.True(refusal is RefusedException or StoredFormatException, refusal.ToString());
        Assert.Contains("recommend keys create", refusal.Message, StringComparison.Ordinal);

        File.Delete(file);
        var (anew, _) = new ApiKeys(folder.Path, TimeProvider.System).Create(Role.Operator, name: null);
        await using var restarted = await RunningApi.StartAsync(folder: folder.Path);
        (await restarted.GetAsync("/v1/models")).ExpectProblem(HttpStatusCode.Unauthorized, "key-needed");
        (await restarted.GetAsync("/v1/models", ("Authorization", $"Bearer {anew}"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_folder_of_an_older_version_is_remembered_to_have_keys_when_a_server_starts_on_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys.json");
        new ApiKeys(folder.Path, TimeProvider.System).Create(Role.Reader, name: null);
        File.Delete(Path.Combine(folder.Path, "recommendation.db"));
        await using (await RunningApi.StartAsync(folder: folder.Path))
            Assert.True(File.Exists(file));
        File.Delete(file);
        Assert.Throws<RefusedException>(() => AdminApiHost.Build(new AdminApiOptions { Folder = folder.Path }));
    }

    [Theory]
    [InlineData("192.0.2.1", null)]
    [InlineData(null, null)]
    [InlineData("127.0.0.1", "X-Forwarded-For")]
    [InlineData("::1", "Forwarded")]
    public async Task The_host_header_is_no_proof_of_loopback(string? remote, string? header)
    {
        await using var api = await FromAsync(remote is null ? null : IPAddress.Parse(remote));
        (string, string)[] headers = header is null ? [] : [(header, "203.0.113.7")];
        (await api.GetAsync("/v1/models", headers)).ExpectProblem(HttpStatusCode.Forbidden, "not-local");
        (await api.PostAsync("/v1/models/rollback", "{}", headers)).ExpectProblem(
            HttpStatusCode.Forbidden,
            "not-local"
        );
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("127.0.0.2")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task Each_address_of_loopback_is_this_machine(string remote)
    {
        await using var api = await FromAsync(IPAddress.Parse(remote));
        (await api.GetAsync("/v1/models")).Expect(HttpStatusCode.OK);
    }

    private static Task<RunningApi> FromAsync(IPAddress? remote) =>
        RunningApi.StartAsync(replace: services => services.AddSingleton<IStartupFilter>(new From(remote)));

    /// <summary>Lets requests look as if they came from an address.</summary>
    private sealed class From(IPAddress? remote) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = remote;
                return following(context);
            });
            next(app);
        };
    }

    /// <summary>A running server looks at the file once a second.</summary>
    private static Task WaitForKeysAsync(RunningApi api, string key) =>
        UntilAsync(async () =>
            (await api.GetAsync("/v1/items?id=x", ("Authorization", $"Bearer {key}"))).Status == HttpStatusCode.OK
            && (await api.GetAsync("/v1/items?id=x")).Status == HttpStatusCode.Unauthorized
        );

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (await condition())
                return;
            await Task.Delay(50);
        }
        Assert.Fail("It did not come about within ten seconds.");
    }
}
