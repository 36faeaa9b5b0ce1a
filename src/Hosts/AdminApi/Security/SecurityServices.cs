using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Recommendation.AdminApi.Security;

/// <summary>Who may call, and from where: ASP.NET Core's authentication, authorization and CORS.</summary>
internal static class SecurityServices
{
    /// <summary>The CORS policy of the routes for pages.</summary>
    internal const string Pages = "pages";

    private const string Any = "caller";

    internal static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddAuthentication(Any)
            .AddPolicyScheme(Any, displayName: null, any => any.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, LocalHandler>(LocalHandler.Name, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyHandler.Name, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, BrowserKeyHandler>(BrowserKeyHandler.Name, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, IamHandler>(IamHandler.Name, configureOptions: null);
        services.AddAuthorization();
        // For the origins that browser keys name. While there is no such key no page of another site can read an
        // answer, and of the other routes none ever can.
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<KeyRing>((cors, keys) => cors.AddPolicy(Pages, pages => pages
            .SetIsOriginAllowed(keys.KnowsOrigin)
            .WithMethods(HttpMethods.Post)
            .WithHeaders("Content-Type")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
    }

    /// <summary>After the routing, which says what a request needs.</summary>
    internal static void UseSecurity(this IApplicationBuilder app)
    {
        app.UseCors();
        app.UseMiddleware<SameSite>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<RateLimit>();
    }

    private static string SchemeOf(HttpContext context)
    {
        var services = context.RequestServices;
        if (NeededRole.Of(context) == Role.Browser)
            return BrowserKeyHandler.Name;
        if (services.GetRequiredService<AdminApiOptions>().IsBehindAuthorizer)
            return IamHandler.Name;
        return services.GetRequiredService<KeyRing>().IsRequired ? KeyHandler.Name : LocalHandler.Name;
    }
}
