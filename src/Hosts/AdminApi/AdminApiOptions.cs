using System.Globalization;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi;

/// <summary>Where the data are that the API works on.</summary>
public enum AdminPlatform
{
    /// <summary>The data folder of this machine.</summary>
    Local,

    /// <summary>The deployed stack, named by TABLE_NAME, BUCKET_NAME, STREAM_NAME and STATE_MACHINE_ARN.</summary>
    Aws,
}

/// <summary>How the API is started.</summary>
public sealed class AdminApiOptions
{
    /// <summary>Where it listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>How many requests a second a key may make unless told otherwise.</summary>
    public const int DefaultRequestsPerSecond = 1000;

    public AdminPlatform Platform { get; set; } = AdminPlatform.Local;

    /// <summary>
    /// The data folder: database, models, results; keys and receipt key on either platform. Default <c>./data</c>.
    /// </summary>
    public string Folder { get; set; } = "./data";

    /// <summary>
    /// The settings file; default (null): what RECOMMENDATION_SETTINGS holds, else <c>recommendation.json</c> in the
    /// data folder if it is there.
    /// </summary>
    public string? SettingsFile { get; set; }

    /// <summary>Where to listen; port 0 takes a free one. Default <see cref="DefaultUrl"/>.</summary>
    public IReadOnlyList<string> Urls { get; set; } = [DefaultUrl];

    /// <summary>What counts as now.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>How long ranking on request may take before the stored list is shown; default 150 ms.</summary>
    public TimeSpan RealtimeBudget { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long ranking on request may take for a user without a stored list; default 1 s.</summary>
    public TimeSpan FirstListBudget { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the stream delivers a record again; null on one machine, whose log keeps records for ever.
    /// </summary>
    public TimeSpan? LogRetention { get; set; }

    /// <summary>
    /// Whether the nightly run of 02:00 UTC starts in here; the deployed stack has a schedule of its own.
    /// </summary>
    public bool NightlyRun { get; set; } = true;

    /// <summary>
    /// How many requests a second a caller may make; 0 for any number. Default (null):
    /// <see cref="DefaultRequestsPerSecond"/> for a key, any number for this machine itself.
    /// </summary>
    public int? RequestsPerSecond { get; set; }

    /// <summary>
    /// Whether something in front has let the caller in already (an HTTP API with IAM authorization).
    /// </summary>
    public bool IsBehindAuthorizer { get; set; }

    /// <summary>Who the callers are whom IAM let in, and what they may do.</summary>
    internal Security.IamCallers IamCallers { get; set; } = Security.IamCallers.Parse(list: null);

    /// <summary>The largest request body in bytes; default 2 MiB.</summary>
    public long MaximumBodyBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>
    /// How many connections may be open at once. Default (null): as many as the process's file handles leave room for,
    /// at most 1,024.
    /// </summary>
    public int? MaximumConnections { get; set; }

    /// <summary>
    /// The settings of the environment: with <c>TABLE_NAME</c> the stack, else the folder <c>DATA_FOLDER</c>;
    /// <c>URLS</c>, divided by semicolons; <c>STREAM_RETENTION_HOURS</c>. On Lambda the authorizer in front decides who
    /// may call, and <c>API_CALLERS</c> what each may do: entries such as <c>123456789012:role/shop=writer</c>, divided
    /// by spaces.
    /// </summary>
    /// <exception cref="RefusedException">A setting can't be used; the message says which.</exception>
    public static AdminApiOptions FromEnvironment()
    {
        var options = new AdminApiOptions();
        if (Environment.GetEnvironmentVariable("TABLE_NAME") is { Length: > 0 })
            options.Platform = AdminPlatform.Aws;
        options.IsBehindAuthorizer = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 };
        options.IamCallers = Security.IamCallers.Parse(Environment.GetEnvironmentVariable(Security.IamCallers.Setting));
        if (Environment.GetEnvironmentVariable("STREAM_RETENTION_HOURS") is { Length: > 0 } hours)
            options.LogRetention = int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? TimeSpan.FromHours(number)
                : throw new RefusedException($"STREAM_RETENTION_HOURS is '{hours}'; give a whole number of hours.");
        if (Environment.GetEnvironmentVariable("DATA_FOLDER") is { Length: > 0 } folder)
            options.Folder = folder;
        if (Environment.GetEnvironmentVariable("URLS") is { Length: > 0 } urls)
            options.Urls = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return options;
    }
}
