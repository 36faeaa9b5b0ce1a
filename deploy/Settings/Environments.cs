namespace Recommendation.Deploy.Settings;

/// <summary>
/// The two kinds of environment. Single settings are overridden by context; see <see cref="SettingsTable"/>.
/// </summary>
internal static class Environments
{
    internal const string Dev = "dev";
    internal const string Prod = "prod";

    /// <exception cref="SettingsException">There is no such kind.</exception>
    internal static StackSettings Of(string kind, string suffix) => kind switch
    {
        Dev => ForDevelopment(suffix),
        Prod => ForProduction(suffix),
        _ => throw new SettingsException([$"environment is '{kind}'; give '{Dev}' or '{Prod}'."]),
    };

    /// <summary>
    /// The reference's values, but for the table, which pays per request: 5 units are so few that the first events wait
    /// for minutes. Small, cheap when idle, gone with the stack.
    /// </summary>
    private static StackSettings ForDevelopment(string suffix) => new()
    {
        Suffix = suffix,
        IsProtected = false,
        Stream = new() { ArchiveSeconds = 60 },
        Table = new() { Billing = TableSettings.PayPerRequest },
        Bucket = new() { OldVersionDays = 1, BatchRunDays = 14, QuarantineDays = 30 },
        Functions = new(),
        Api = new() { RequestsPerSecond = 50, Burst = 100 },
        Model = new() { MaximumInstances = 1, TrainingInstanceType = "ml.m5.xlarge", TrainingHours = 1 },
        Alarms = new(),
    };

    private static StackSettings ForProduction(string suffix) => new()
    {
        Suffix = suffix,
        IsProtected = true,
        Stream = new(),
        Table = new(),
        Bucket = new(),
        Functions = new() { LogDays = 30 },
        Api = new(),
        Model = new() { MinimumInstances = 2 },
        Alarms = new(),
    };
}
