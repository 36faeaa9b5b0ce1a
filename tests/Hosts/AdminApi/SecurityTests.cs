using System.Net;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

public sealed class SecurityTests
{
    /// <summary>Every route and the role it needs: a new route is in here or fails.</summary>
    private static readonly Dictionary<string, Role> s_roles = new(StringComparer.Ordinal)
    {
        ["GET /v1/overview"] = Role.Reader,
        ["POST /v1/interactions"] = Role.Writer,
        ["GET /v1/users/{id}"] = Role.Reader,
        ["DELETE /v1/users/{id}"] = Role.Operator,
        ["GET /v1/metrics"] = Role.Reader,
        ["GET /v1/metrics/items"] = Role.Reader,
        ["GET /v1/items/{id}/metrics"] = Role.Reader,
        ["GET /v1/experiments/{name}/history"] = Role.Reader,
        ["GET /v1/experiments"] = Role.Reader,
        ["POST /v1/experiments"] = Role.Operator,
        ["GET /v1/experiments/{name}"] = Role.Reader,
        ["POST /v1/experiments/{name}/stop"] = Role.Operator,
        ["POST /v1/experiments/{name}/promote"] = Role.Operator,
        ["POST /v1/impressions"] = Role.Writer,
        ["POST /v1/recommendations"] = Role.Reader,
        ["POST /v1/recommendations/batch"] = Role.Reader,
        ["GET /v1/scenarios"] = Role.Reader,
        ["GET /v1/scenarios/{name}"] = Role.Reader,
        ["GET /v1/scenarios/{name}/versions"] = Role.Reader,
        ["PUT /v1/scenarios/{name}"] = Role.Operator,
        ["DELETE /v1/scenarios/{name}"] = Role.Operator,
        ["POST /v1/scenarios/{name}/preview"] = Role.Reader,
        ["GET /v1/users/{id}/recommendations"] = Role.Reader,
        ["GET /v1/users/{id}/explain/{item}"] = Role.Reader,
        ["POST /v1/users/{id}/what-if"] = Role.Reader,
        ["GET /v1/users/{id}/export"] = Role.Operator,
        ["POST /v1/users/{id}/merge"] = Role.Writer,
        ["GET /v1/users/{id}/attributes"] = Role.Reader,
        ["PUT /v1/users/{id}/attributes"] = Role.Writer,
        ["PATCH /v1/users/{id}/attributes"] = Role.Writer,
        ["DELETE /v1/users/{id}/attributes"] = Role.Writer,
        ["GET /v1/items"] = Role.Reader,
        ["PUT /v1/items"] = Role.Writer,
        ["POST /v1/items/preview"] = Role.Reader,
        ["GET /v1/items/popular"] = Role.Reader,
        ["GET /v1/items/{id}"] = Role.Reader,
        ["PATCH /v1/items/{id}"] = Role.Writer,
        ["DELETE /v1/items/{id}"] = Role.Writer,
        ["GET /v1/items/{id}/similar"] = Role.Reader,
        ["POST /v1/items/similar"] = Role.Reader,
        ["GET /v1/batch-runs"] = Role.Reader,
        ["POST /v1/batch-runs"] = Role.Operator,
        ["GET /v1/batch-runs/{id}"] = Role.Reader,
        ["POST /v1/batch-runs/{id}/cancel"] = Role.Operator,
        ["GET /v1/models"] = Role.Reader,
        ["POST /v1/models"] = Role.Operator,
        ["GET /v1/trainings"] = Role.Reader,
        ["GET /v1/trainings/{id}"] = Role.Reader,
        ["POST /v1/trainings/{id}/cancel"] = Role.Operator,
        ["POST /v1/models/{version}/promote"] = Role.Operator,
        ["POST /v1/models/rollback"] = Role.Operator,
        ["GET /v1/quarantine"] = Role.Operator,
        ["POST /v1/quarantine/redrive"] = Role.Operator,
        ["POST /v1/quarantine/dismiss"] = Role.Operator,
        ["GET /v1/erasures"] = Role.Operator,
        ["GET /v1/erasures/{id}"] = Role.Operator,
        ["GET /v1/receipt-key"] = Role.Reader,
        ["POST /v1/browser/events"] = Role.Browser,
        ["POST /v1/browser/recommendations"] = Role.Browser,
    };

    [Fact]
    public void Every_route_names_the_role_that_it_needs()
    {
        using var folder = new TemporaryFolder();
        var routes = RouteTable.Of(AdminApiHost.Build(new AdminApiOptions { Folder = folder.Path }));
        Assert.Equal(
            s_roles.OrderBy(route => route.Key, StringComparer.Ordinal).Select(route => $"{route.Key} {route.Value}"),
            routes.Select(route => $"{route.Method} {route.Pattern} {route.Role}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_key_opens_the_routes_of_its_role_and_no_others()
    {
        await using var api = await RunningApi.StartAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            string[] origins = role == Role.Browser ? ["https://shop.example"] : [];
            var (key, _) = api.Keys.Create(role, name: null, origins);
            await WaitForKeysAsync(api, key);
            foreach (var (route, needed) in s_roles)
            {
                var (method, path) = (
                    route.Split(' ')[0],
                    route
                        .Split(' ')[1]
                        .Replace("{id}", "nobody", StringComparison.Ordinal)
                        .Replace("{version}", "none", StringComparison.Ordinal)
                        .Replace("{item}", "none", StringComparison.Ordinal)
                        + (needed == Role.Browser ? $"?key={key}" : "")
                );
                // No body: whoever is let in gets as far as an answer that has nothing to do with who asks.
                var answer = await api.SendAsync(
                    new HttpMethod(method),
                    path,
                    method is "POST" or "PUT" or "PATCH" ? "7" : null,
                    ("Authorization", $"Bearer {key}"),
                    ("Origin", "https://shop.example")
                );
                var isOpen = needed == Role.Browser ? role == needed : role >= needed;
                Assert.True(
                    answer.Status is HttpStatusCode.Forbidden != isOpen,
                    $"{role} {route}: {answer.Status}"
                );
                Assert.NotEqual(HttpStatusCode.Unauthorized, answer.Status);
            }
        }
    }

    [Fact]
    public async Task Once_there_is_a_key_nothing_answers_without_one()
    {
        await using var api = await RunningApi.StartAsync();
        var (key, description) = api.Keys.Create(Role.Reader, "reports");
        await WaitForKeysAsync(api, key);
        var refused = (await api.GetAsync("/v1/models")).ExpectProblem(HttpStatusCode.Unauthorized, "key-needed");
        Assert.Equal("Bearer", refused.Headers["WWW-Authenticate"]);
        (await api.GetAsync("/v1/models", ("Authorization", $"Bearer {key}x"))).ExpectProblem(
            HttpStatusCode.Unauthorized,
            "key-needed"
        );
        (await api.GetAsync("/v1/models", ("Authorization", "Bearer rk_0_0"))).ExpectProblem(
            HttpStatusCode.Unauthorized,
            "key-needed"
        );
        (await api.GetAsync("/v1/models", ("Authorization", $"Basic {key}"))).ExpectProblem(
            HttpStatusCode.Unauthorized,
            "key-needed"
        );
        (await api.GetAsync("/healthz")).Expect(HttpStatusCode.OK);

        api.Keys.Revoke(description.Id);
        await UntilAsync(async () =>
            (await api.GetAsync("/v1/models", ("Authorization", $"Bearer {key}"))).Status == HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public void A_key_is_stored_hashed_and_readable_by_its_owner_alone()
    {
        using var folder = new TemporaryFolder();
        var keys = new ApiKeys(folder.Path, TimeProvider.System);
        var (key, _) = keys.Create(Role.Writer, "shop");
        var file = Path.Combine(folder.Path, "keys.json");
        Assert.DoesNotContain(key.Split('_', 3)[2], File.ReadAllText(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Keys_that_are_made_and_revoked_at_once_are_all_kept_and_stay_revoked()
    {
        const int writers = 6, rounds = 8;
        using var folder = new TemporaryFolder();

        // Each with an instance of its own, as each process has.
        var revoked = await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(writer =>
                    Task.Run(() =>
                    {
                        var keys = new ApiKeys(folder.Path, TimeProvider.System);
                        return Enumerable
                            .Range(0, rounds)
                            .Select(_ => keys.Revoke(keys.Create(Role.Reader, $"w{writer}").Description.Id).Id)
                            .ToList();
                    })
                )
        );

        var kept = new ApiKeys(folder.Path, TimeProvider.System).Read();
        Assert.Equal(writers * rounds, kept.Count);
        Assert.All(kept, key => Assert.NotNull(key.RevokedAt));
        Assert.Equal(
            revoked.SelectMany(ids => ids).Order(StringComparer.Ordinal),
            kept.Select(key => key.Id).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.0.2.1:0")]
    public void Listening_elsewhere_without_keys_is_refused(string url)
    {
        using var folder = new TemporaryFolder();
        var options = new AdminApiOptions { Folder = folder.Path, Urls = [url] };
        Assert.Contains(
            "keys create",
            Assert.Throws<RefusedException>(() => AdminApiHost.Build(options)).Message,
            StringComparison.Ordinal
        );
        var keys = new ApiKeys(folder.Path, TimeProvider.System);
        var (_, key) = keys.Create(Role.Reader, name: null);
        Assert.NotNull(AdminApiHost.Build(options));
        keys.Revoke(key.Id);
        Assert.Throws<RefusedException>(() => AdminApiHost.Build(options));
    }

    [Fact]
    public async Task While_the_machine_is_the_key_other_names_and_other_sites_are_turned_away()
    {
        await using var api = await RunningApi.StartAsync();
        var rebound = await RawRequest.SendAsync(
            api.Address,
            "GET",
            "/v1/models",
            null,
            host: $"evil.example:{api.Address.Port}"
        );
        rebound.ExpectProblem(HttpStatusCode.MisdirectedRequest, "wrong-host");
        (await RawRequest.SendAsync(api.Address, "GET", "/", null, host: "evil.example")).ExpectProblem(
            HttpStatusCode.MisdirectedRequest,
            "wrong-host"
        );
        (
            await RawRequest.SendAsync(api.Address, "GET", "/healthz", null, host: $"localhost:{api.Address.Port}")
        ).Expect(HttpStatusCode.OK);
        (string, string)[] foreign =
        [
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ];
        foreach (var (name, value) in foreign)
            (await api.PostAsync("/v1/models/rollback", "{}", (name, value))).ExpectProblem(
                HttpStatusCode.Forbidden,
                "foreign-page"
            );
        (
            await api.PostAsync(
                "/v1/models/rollback",
                "{}",
                ("Origin", $"http://{api.Address.Authority}"),
                ("Sec-Fetch-Site", "same-origin")
            )
        ).ExpectProblem(HttpStatusCode.Conflict, "refused");
        // What a form of another page could send without asking the browser.
        (await RawRequest.SendAsync(api.Address, "POST", "/v1/interactions", "{}", "text/plain")).ExpectProblem(
            HttpStatusCode.UnsupportedMediaType,
            "wrong-media-type"
        );
    }

    [Fact]
    public async Task A_caller_who_asks_too_often_is_told_to_wait()
    {
        var time = new ManualTime(Shop.Noon);
        await using var api = await RunningApi.StartAsync(options =>
        {
            options.RequestsPerSecond = 2;
            options.Time = time;
        });
        for (var i = 0; i < 4; i++)
            (await api.GetAsync("/v1/models")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            "1",
            (await api.GetAsync("/v1/models")).ExpectProblem(HttpStatusCode.TooManyRequests, "too-many").Headers[
                "Retry-After"
            ]
        );
        (await api.GetAsync("/healthz")).Expect(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromSeconds(0.5));
        (await api.GetAsync("/v1/models")).Expect(HttpStatusCode.OK);
        (await api.GetAsync("/v1/models")).ExpectProblem(HttpStatusCode.TooManyRequests, "too-many");
    }

    [Fact]
    public async Task No_user_id_is_logged_above_debug()
    {
        await using var api = await RunningApi.StartAsync();
        const string user = "secret-person-4711";
        (
            await api.PostAsync(
                "/v1/interactions",
                $$"""[{"userId":"{{user}}","itemId":"i1"},{"userId":"{{user}}","itemId":""}]"""
            )
        ).Expect(HttpStatusCode.OK);
        await api.GetAsync($"/v1/users/{user}/recommendations?n=0");
        await api.GetAsync($"/v1/users/{user}/recommendations");
        await api.GetAsync($"/v1/users/{user}/nothing");
        await api.PostAsync("/v1/batch-runs", $$"""{"users":["{{user}}"]}""");
        (await api.DeleteAsync($"/v1/users/{user}")).Expect(HttpStatusCode.OK);
        Assert.NotEmpty(api.Logs.Above(Microsoft.Extensions.Logging.LogLevel.Debug));
        Assert.DoesNotContain(
            api.Logs.Above(Microsoft.Extensions.Logging.LogLevel.Debug),
            line => line.Contains(user, StringComparison.Ordinal)
        );
    }

    /// <summary>A running server looks at the file once a second.</summary>
    private static Task WaitForKeysAsync(RunningApi api, string key) =>
        UntilAsync(async () =>
            (await api.GetAsync("/v1/items?id=x", ("Authorization", $"Bearer {key}"))).Status
                is HttpStatusCode.OK or HttpStatusCode.Forbidden
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
