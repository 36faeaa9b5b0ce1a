using System.Text.Json;
using Recommendation.Client.Calls;

namespace Recommendation.Client;

/// <summary>Lists of items.</summary>
public sealed class ListsClient
{
    private readonly ApiCalls _calls;

    internal ListsClient(ApiCalls calls) => _calls = calls;

    /// <summary>What to offer a user now.</summary>
    public Task<RecommendationList> ForUserAsync(
        string userId, UserListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new UserListOptions();
        var path = Of($"v1/users/{ApiPath.Segment(userId)}/recommendations", options)
            .With("scenario", options.Scenario)
            .With("explain", options.Explain)
            .With("preview", options.Preview)
            .With("fields", Joined(options.Fields))
            .With("cursor", options.Cursor);
        return GetAsync("getRecommendations", path, cancellationToken);
    }

    /// <summary>A list of a scenario: for a user, a visitor's session, a basket or candidates.</summary>
    public Task<RecommendationList> RequestAsync(ListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Default.ListRequest);
        return _calls.CallAsync(
            "recommend", HttpMethod.Post, "v1/recommendations", body, ClientJson.Default.RecommendationList,
            cancellationToken);
    }

    /// <summary>What goes with an item.</summary>
    public Task<RecommendationList> SimilarToAsync(
        string itemId, SimilarListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SimilarListOptions();
        var path = Of($"v1/items/{ApiPath.Segment(itemId)}/similar", options)
            .With("by", options.By)
            .With("fields", Joined(options.Fields));
        return GetAsync("getSimilarItems", path, cancellationToken);
    }

    /// <summary>What goes with up to 100 items, such as those of a basket.</summary>
    public Task<RecommendationList> SimilarToAsync(
        IReadOnlyList<string> itemIds, SimilarListOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new SimilarListOptions();
        if (options.Fields.Count > 0)
            throw new ArgumentException("Lists for several items have no fields; leave Fields empty.", nameof(options));
        var request = new SimilarRequest(itemIds, options.Count, options.Exclude, options.Categories, options.By);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Default.SimilarRequest);
        return _calls.CallAsync(
            "findSimilarItems", HttpMethod.Post, "v1/items/similar", body, ClientJson.Default.RecommendationList,
            cancellationToken);
    }

    /// <summary>What is popular.</summary>
    public Task<RecommendationList> PopularAsync(
        PopularListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PopularListOptions();
        var path = Of("v1/items/popular", options)
            .With("window", options.Window)
            .With("fields", Joined(options.Fields));
        return GetAsync("getPopularItems", path, cancellationToken);
    }

    private Task<RecommendationList> GetAsync(string operation, ApiPath path, CancellationToken cancellationToken) =>
        _calls.GetAsync(operation, path.ToString(), ClientJson.Default.RecommendationList, cancellationToken);

    private static ApiPath Of(string path, ListOptions options) => new ApiPath(path)
        .With("n", options.Count)
        .WithIds("exclude", options.Exclude)
        .WithEach("category", options.Categories);

    private static string? Joined(IReadOnlyList<string> fields) => fields.Count == 0 ? null : string.Join(',', fields);
}
