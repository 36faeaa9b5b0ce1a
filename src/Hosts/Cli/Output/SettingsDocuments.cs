using Recommendation.Settings;

namespace Recommendation.Cli.Output;

internal sealed record SettingsDocument(IReadOnlyList<SettingDocument> Settings);

/// <param name="From">Where the value comes from: <c>default</c>, <c>file</c> or <c>environment</c>.</param>
internal sealed record SettingDocument(string Path, string Value, string From)
{
    internal static SettingDocument FromValue(SettingValue value) =>
        new(value.Path, value.Value, value.Source.ToString().ToLowerInvariant());
}

internal sealed record CheckedSettingsDocument(string File, IReadOnlyList<string> Problems);
