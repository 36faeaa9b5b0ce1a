using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>The form of a request, which is also the form of the answer.</summary>
internal enum RankRequestForm
{
    /// <summary><c>{"users":[…]}</c>.</summary>
    Many,

    /// <summary>One of the users of that form by itself.</summary>
    One,

    /// <summary>The reference system's: <c>{"userId","interactionCount","lastItemId"}</c>.</summary>
    Reference,
}

/// <summary>A request to rank items for users.</summary>
internal readonly record struct RankRequest(RankRequestForm Form, IReadOnlyList<RankUser> Users);
