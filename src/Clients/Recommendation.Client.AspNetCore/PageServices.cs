using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recommendation.Client.AspNetCore.Visits;

namespace Recommendation.Client.AspNetCore;

/// <summary>Registers what the pages of a shop need.</summary>
public static class PageServices
{
    /// <summary>
    /// Adds <see cref="Visitors"/> and <see cref="PageLists"/>. The client itself is added by
    /// <see cref="ClientServices.AddRecommendationClient(IServiceCollection, Action{RecommendationClientOptions})"/>.
    /// </summary>
    /// <param name="configure">Sets options; null for the defaults.</param>
    public static IServiceCollection AddRecommendationPages(
        this IServiceCollection services, Action<RecommendationPageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<RecommendationPageOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RecommendationPageOptions>, PageOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ApiPause>();
        services.TryAddSingleton<Merges>();
        services.TryAddSingleton<Visitors>();
        services.TryAddSingleton<PageLists>();
        return services;
    }

    /// <summary>
    /// Merges the visitor's id into the user who is logged in, once for each login. Call it after
    /// <c>UseAuthentication</c>, and after <c>UseCookiePolicy</c> if the shop asks for consent.
    /// </summary>
    public static IApplicationBuilder UseRecommendationVisitors(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<Visitors>() is null)
            throw new InvalidOperationException("Call services.AddRecommendationPages() before this.");
        return app.UseMiddleware<VisitorMiddleware>();
    }
}
