using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Recommendation.Client.AspNetCore;

/// <summary>Lists for pages, which must not fail or wait for long because of them.</summary>
public sealed class PageLists
{
    private readonly IServiceProvider _services;
    private readonly Visitors _visitors;
    private readonly ApiPause _pause;
    private readonly IOptions<RecommendationPageOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Use <see cref="PageServices.AddRecommendationPages"/>.</summary>
    public PageLists(IServiceProvider services, ILogger<PageLists> logger)
    {
        ArgumentNullException.ThrowIfNull(services);
        (_services, _logger) = (services, logger);
        _visitors = services.GetRequiredService<Visitors>();
        _pause = services.GetRequiredService<ApiPause>();
        _options = services.GetRequiredService<IOptions<RecommendationPageOptions>>();
        _time = services.GetRequiredService<TimeProvider>();
    }

    /// <summary>
    /// A list of a scenario. Without a user and a history it is the visitor's, and counts what
    /// <c>recommendation.js</c> reports.
    /// </summary>
    /// <returns>Null if the API refuses, fails or does not answer in time, which is logged.</returns>
    public async Task<RecommendationList?> FindAsync(
        HttpContext context, ListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var asked = request.UserId is null && request.History is null ? For(_visitors.IdOf(context), request) : request;
        if (_pause.IsOn)
            return null;
        using var patience = new CancellationTokenSource(_options.Value.Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            patience.Token, cancellationToken, context.RequestAborted);
        try
        {
            var client = _services.GetRequiredService<RecommendationClient>();
            return await client.Lists.RequestAsync(asked, either.Token);
        }
        catch (RecommendationApiException problem)
        {
            Failed(request, problem.Message, ApiPause.IsAway(problem));
            return null;
        }
        catch (OperationCanceledException) when (
            patience.IsCancellationRequested
            && !cancellationToken.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            Failed(request, $"The API did not answer within {_options.Value.Patience}.", isAway: true);
            return null;
        }
    }

    private void Failed(ListRequest request, string problem, bool isAway)
    {
        if (isAway)
            _pause.Begin();
        _logger.LogWarning(
            "The page has no list of the scenario {Scenario}: {Problem}", request.Scenario ?? "default", problem);
    }

    private static ListRequest For(string visitor, ListRequest request) => new()
    {
        UserId = visitor,
        Scenario = request.Scenario,
        Basket = request.Basket,
        Candidates = request.Candidates,
        Exclude = request.Exclude,
        Context = request.Context,
        Fields = request.Fields,
        Count = request.Count,
    };
}
