using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Scenarios;

namespace Recommendation.AdminApi.Scenarios;

/// <summary>Which lists are asked for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class RecommendUsersBody
{
    /// <summary>The scenario; absent for <c>default</c>.</summary>
    public string Scenario { get; set; } = "default";

    /// <summary>The users; 1–200.</summary>
    public required IReadOnlyList<string> Users { get; set; }

    /// <summary>Items to leave out; at most 500.</summary>
    public IReadOnlyList<string>? Exclude { get; set; }

    /// <summary>What conditions know as <c>context</c>: texts, numbers, and true or false by name.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Context { get; set; }

    /// <summary>Properties and attributes of the catalogue to give with each item; at most 32 names.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>How many items to give at most for each user; absent for what the scenario says.</summary>
    public int? N { get; set; }

    internal RecommendForUsers ToRequest() => new(
        PathIds.Read(ScenarioName.Parse, Scenario), [.. Users.Select(user => user ?? "")])
    {
        Count = N,
        Filter = new ListFilter(RecommendBody.ItemsOf(Exclude)?.ToHashSet()),
        Context = RecommendBody.ContextOf(Context),
    };
}

/// <summary>The lists of several users.</summary>
/// <param name="Lists">One for each user, in the order in which they were given.</param>
internal sealed record UserListsDocument(IReadOnlyList<UserListDocument> Lists);

/// <summary>The list of one of several users, or why there is none.</summary>
/// <param name="UserId">The id as it was given.</param>
/// <param name="List">The list; left out if it could not be made.</param>
/// <param name="Error">Why not; left out otherwise.</param>
internal sealed record UserListDocument(
    string UserId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ListDocument? List,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UserListError? Error)
{
    internal static UserListDocument From(RecommendedList one, ListFields? fields, string scenario) => new(
        one.User,
        one.List is { } list ? ListDocument.From(list, fields: fields) with { Scenario = scenario } : null,
        one.Failure is { } failure ? UserListError.From(ProblemAnswers.Explain(failure)) : null);
}

/// <summary>Why a list could not be made.</summary>
/// <param name="Code">As in the errors of requests for one list, such as <c>invalid</c> or <c>unavailable</c>.</param>
/// <param name="Detail">What happened, and what to do.</param>
internal sealed record UserListError(string Code, string Detail)
{
    internal static UserListError From(ApiProblem problem) => new(problem.Code, problem.Message);
}
