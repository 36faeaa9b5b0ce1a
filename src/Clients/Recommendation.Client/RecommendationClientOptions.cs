using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recommendation.Client;

/// <summary>How the API is called.</summary>
public sealed class RecommendationClientOptions
{
    /// <summary>The address of the API; default <c>http://127.0.0.1:5080</c>, as of <c>recommend serve</c>.</summary>
    [Required]
    public Uri? BaseAddress { get; set; } = new("http://127.0.0.1:5080");

    /// <summary>
    /// A key of <c>recommend keys create</c>; null while the API has no keys. Events and items need the role writer,
    /// lists reader, erasure operator.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>How long a call may take with all its attempts; default 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt may take; default 30 s. Erasing a user takes up to 20 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a call is repeated if the API does not answer, or answers 408, 429 or 5xx; default 3. A
    /// <c>Retry-After</c> is honoured.
    /// </summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 3;

    /// <summary>How <see cref="IEventWriter"/> works.</summary>
    [Required, ValidateObjectMembers]
    public EventWriterOptions Events { get; set; } = new();
}
