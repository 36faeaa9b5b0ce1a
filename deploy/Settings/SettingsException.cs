namespace Recommendation.Deploy.Settings;

/// <summary>Settings that can't be deployed; each problem is a sentence that says what to give instead.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    internal IReadOnlyList<string> Problems => problems;
}
