using System.Net;
using System.Text;
using System.Text.Json;
using Recommendation.Client.Calls;

namespace Recommendation.Client;

/// <summary>What is kept of users, and erasing it.</summary>
public sealed class UsersClient
{
    private readonly ApiCalls _calls;

    internal UsersClient(ApiCalls calls) => _calls = calls;

    /// <summary>What is kept of a user.</summary>
    /// <exception cref="RecommendationApiException">With the code <c>not-found</c> if nothing is.</exception>
    public Task<UserProfile> GetAsync(string userId, CancellationToken cancellationToken = default) => _calls.GetAsync(
        "getUser", $"v1/users/{ApiPath.Segment(userId)}", ClientJson.Default.UserProfile, cancellationToken);

    /// <summary>The attributes of a user.</summary>
    public async Task<IReadOnlyDictionary<string, AttributeValue>> GetAttributesAsync(
        string userId, CancellationToken cancellationToken = default)
    {
        var found = await _calls.GetAsync(
            "getUserAttributes", AttributesOf(userId), ClientJson.Default.UserAttributes, cancellationToken);
        return found.Attributes;
    }

    /// <summary>Replaces the attributes of a user: at most 32, and 4 KB.</summary>
    public Task<IReadOnlyDictionary<string, AttributeValue>> PutAttributesAsync(
        string userId, IReadOnlyDictionary<string, AttributeValue> attributes,
        CancellationToken cancellationToken = default) =>
        ChangeAsync(
            "putUserAttributes", HttpMethod.Put, userId,
            attributes.ToDictionary(one => one.Key, one => (AttributeValue?)one.Value, StringComparer.Ordinal),
            cancellationToken);

    /// <summary>Changes attributes of a user; null removes one, and the others stay.</summary>
    public Task<IReadOnlyDictionary<string, AttributeValue>> PatchAttributesAsync(
        string userId, IReadOnlyDictionary<string, AttributeValue?> attributes,
        CancellationToken cancellationToken = default) =>
        ChangeAsync("patchUserAttributes", HttpMethod.Patch, userId, attributes, cancellationToken);

    /// <summary>Removes the attributes of a user.</summary>
    public Task DeleteAttributesAsync(string userId, CancellationToken cancellationToken = default) =>
        _calls.BytesAsync(
            "deleteUserAttributes", HttpMethod.Delete, AttributesOf(userId), body: null, cancellationToken);

    /// <summary>
    /// Merges an anonymous id into a user, as at a login: both are one person from then on.
    /// To repeat it changes nothing.
    /// </summary>
    /// <param name="anonymousId">The id that the visitor had.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RecommendationApiException">With the code <c>refused</c> if the ids can't be one person, since
    /// one of them is merged elsewhere or is being erased.</exception>
    public Task MergeAsync(string anonymousId, string userId, CancellationToken cancellationToken = default) =>
        _calls.BytesAsync(
            "mergeUsers", HttpMethod.Post, $"v1/users/{ApiPath.Segment(anonymousId)}/merge",
            JsonSerializer.SerializeToUtf8Bytes(new MergeTarget(userId), ClientJson.Default.MergeTarget),
            cancellationToken);

    /// <summary>Erases everything that is kept of a user. It needs the role operator.</summary>
    public async Task<UserErasure> EraseAsync(string userId, CancellationToken cancellationToken = default)
    {
        var answer = await _calls.BytesAsync(
            "eraseUser", HttpMethod.Delete, $"v1/users/{ApiPath.Segment(userId)}", body: null, cancellationToken);
        return answer.Status == HttpStatusCode.Accepted
            ? new UserErasure(IsFinished: false, Receipt: null, answer.Location)
            : new UserErasure(IsFinished: true, Encoding.UTF8.GetString(answer.Body), Status: null);
    }

    private async Task<IReadOnlyDictionary<string, AttributeValue>> ChangeAsync(
        string operation, HttpMethod method, string userId, IReadOnlyDictionary<string, AttributeValue?> attributes,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            attributes, ClientJson.Default.IReadOnlyDictionaryStringAttributeValue);
        var changed = await _calls.CallAsync(
            operation, method, AttributesOf(userId), body, ClientJson.Default.UserAttributes, cancellationToken);
        return changed.Attributes;
    }

    private static string AttributesOf(string userId) => $"v1/users/{ApiPath.Segment(userId)}/attributes";
}
