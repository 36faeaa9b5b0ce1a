using Microsoft.Extensions.Options;

namespace Recommendation.Client;

/// <summary>Checks what the attributes of the options say.</summary>
[OptionsValidator]
internal sealed partial class ClientOptionsValidator : IValidateOptions<RecommendationClientOptions>;

/// <summary>Checks what attributes can't say.</summary>
internal sealed class ClientOptionsRules : IValidateOptions<RecommendationClientOptions>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, RecommendationClientOptions options)
    {
        var problems = new List<string>();
        if (options.BaseAddress is { } address && !IsHttp(address))
            problems.Add($"BaseAddress is '{address}'; give an absolute http or https address.");
        if (options.ApiKey is { } key && (key.Length == 0 || key.Any(one => one is <= ' ' or > '~')))
            problems.Add("ApiKey is empty, or is no key; give what `recommend keys create` printed.");
        RequireTime(problems, "Timeout", options.Timeout);
        RequireTime(problems, "AttemptTimeout", options.AttemptTimeout);
        if (options.AttemptTimeout > options.Timeout)
            problems.Add("AttemptTimeout is longer than Timeout; make it shorter.");
        if (options.Events is { } events)
        {
            RequireTime(problems, "Events.MaximumDelay", events.MaximumDelay);
            RequireTime(problems, "Events.StopTimeout", events.StopTimeout);
        }
        if (options.Events?.SpillFolder is { } folder && string.IsNullOrWhiteSpace(folder))
            problems.Add("Events.SpillFolder is empty; name a folder, or leave it out.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsHttp(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    private static void RequireTime(List<string> problems, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > s_longest)
            problems.Add($"{name} is {value}; give more than 0 and at most one hour.");
    }
}
