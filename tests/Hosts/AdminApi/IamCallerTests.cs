using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

/// <summary>Behind an authorizer that checks signatures of IAM, every principal is a caller of its own.</summary>
public sealed class IamCallerTests
{
    private const string Shop = "arn:aws:sts::123456789012:assumed-role/shop/instance-1";
    private const string OtherSession = "arn:aws:sts::123456789012:assumed-role/shop/instance-2";
    private const string Eve = "arn:aws:iam::123456789012:user/team/a/eve";
    private const string OtherAccount = "arn:aws:sts::999999999999:assumed-role/shop/instance-1";

    [Fact]
    public async Task Each_principal_has_the_rate_that_its_sessions_share()
    {
        await using var api = await StartAsync(callers: null, perSecond: 1);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, Shop));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, OtherSession));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(api, Shop));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, Eve));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, OtherAccount));
    }

    [Fact]
    public async Task Without_a_list_whoever_may_call_the_API_may_do_everything()
    {
        await using var api = await StartAsync(callers: null);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, Shop, "/v1/quarantine"));
    }

    [Fact]
    public async Task A_list_gives_principals_their_roles_and_refuses_others()
    {
        await using var api = await StartAsync("123456789012:role/shop=reader  123456789012:user/eve=operator");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, Shop));
        (await api.GetAsync("/v1/quarantine", ("X-Test-Arn", Shop))).ExpectProblem(
            HttpStatusCode.Forbidden,
            "role-needed"
        );
        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, Eve, "/v1/quarantine"));
        var unknown = (await api.GetAsync("/v1/models", ("X-Test-Arn", OtherAccount))).ExpectProblem(
            HttpStatusCode.Forbidden,
            "unknown-caller"
        );
        Assert.Contains("'999999999999:role/shop'", unknown.Json["detail"]!.ToString(), StringComparison.Ordinal);
        (await api.GetAsync("/v1/models")).ExpectProblem(HttpStatusCode.Forbidden, "unknown-caller");
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/healthz")).Status);
    }

    [Theory]
    [InlineData("shop=reader")]
    [InlineData("123456789012:role/shop=admin")]
    [InlineData("123456789012:role/shop")]
    [InlineData("123456789012:group/shop=reader")]
    public void An_entry_that_can_not_be_read_is_refused_by_name(string entry)
    {
        var refused = Assert.Throws<RefusedException>(() => IamCallers.Parse($"123456789012:role/a=reader {entry}"));
        Assert.Contains($"'{entry}'; give ACCOUNT:role/NAME=ROLE", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(RunningApi api, string arn, string path = "/v1/models") =>
        (await api.GetAsync(path, ("X-Test-Arn", arn))).Status;

    private static Task<RunningApi> StartAsync(string? callers, int? perSecond = null) => RunningApi.StartAsync(
        options =>
        {
            options.IsBehindAuthorizer = true;
            options.IamCallers = IamCallers.Parse(callers);
            options.RequestsPerSecond = perSecond;
        },
        services => services.AddSingleton<IStartupFilter, SignedBy>());

    /// <summary>Stands for the authorizer: whom a request names has signed it.</summary>
    private sealed class SignedBy : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                if (context.Request.Headers["X-Test-Arn"].ToString() is { Length: > 0 } arn)
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, arn)],
                        "AWS_IAM"));
                return following(context);
            });
            next(app);
        };
    }
}
