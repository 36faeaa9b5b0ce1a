using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>In which form something was asked, and so is answered.</summary>
internal enum QuestionForm
{
    /// <summary><c>{"users":[…]}</c>.</summary>
    Many,

    /// <summary>One of the users of that form by itself.</summary>
    One,

    /// <summary>The reference system's: <c>{"userId","interactionCount","lastItemId"}</c>.</summary>
    Reference,
}

/// <summary>Who is to be ranked for.</summary>
internal readonly record struct Question(QuestionForm Form, IReadOnlyList<RankUser> Users);
