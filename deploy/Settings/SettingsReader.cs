namespace Recommendation.Deploy.Settings;

/// <summary>Makes the settings of an environment from CDK context.</summary>
internal static class SettingsReader
{
    private static readonly string[] s_groups =
    [
        .. SettingsTable
            .All.Select(setting => setting.Key[..(setting.Key.IndexOf('.') + 1)])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <param name="suffix">The stack's property; null takes the context's <c>environmentSuffix</c>, else
    /// <c>dev</c>.</param>
    /// <param name="context">What <c>-c key=value</c> and cdk.json give; keys of others are left alone.</param>
    /// <exception cref="SettingsException">Something can't be deployed; all problems are named at once.</exception>
    internal static StackSettings Read(string? suffix, IReadOnlyDictionary<string, string> context)
    {
        suffix ??= context.GetValueOrDefault("environmentSuffix") ?? Environments.Dev;
        var kind =
            context.GetValueOrDefault("environment")
            ?? (suffix is Environments.Prod ? Environments.Prod : Environments.Dev);
        var settings = Environments.Of(kind, suffix);
        var problems = context
            .Keys.Where(IsUnknown)
            .Select(key => $"{key} is no setting; docs/deploy.md lists them.")
            .ToList();
        foreach (var setting in SettingsTable.All)
        {
            if (!context.TryGetValue(setting.Key, out var text))
                continue;
            try
            {
                settings = setting.Apply(settings, text);
            }
            catch (FormatException problem)
            {
                problems.Add($"{setting.Key} is '{text}'; {problem.Message}.");
            }
        }
        if (context.TryGetValue(EngineSettings.Key, out var path))
            settings = settings with { Engine = EngineSettings.Read(path, problems) };
        problems.AddRange(SettingsRules.Problems(settings));
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    private static bool IsUnknown(string key) =>
        s_groups.Any(group => key.StartsWith(group, StringComparison.Ordinal))
        && SettingsTable.All.All(setting => !string.Equals(setting.Key, key, StringComparison.Ordinal));
}
