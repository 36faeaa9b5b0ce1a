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

    public AdminPlatform Platform { get; set; } = AdminPlatform.Local;

    /// <summary>The data folder: database, models, results; keys and receipt key on either platform. Default <c>./data</c>.</summary>
    public string Folder { get; set; } = "./data";

    /// <summary>Where to listen; port 0 takes a free one. Default <see cref="DefaultUrl"/>.</summary>
    public IReadOnlyList<string> Urls { get; set; } = [DefaultUrl];

    /// <summary>What counts as now.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>How long ranking on request may take before the stored list is shown; default 150 ms.</summary>
    public TimeSpan RealtimeBudget { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long ranking on request may take for a user without a stored list; default 1 s.</summary>
    public TimeSpan FirstListBudget { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the stream delivers a record again; null on one machine, whose log keeps records for ever.</summary>
    public TimeSpan? LogRetention { get; set; }

    /// <summary>Whether the nightly run of 02:00 UTC starts in here; the deployed stack has a schedule of its own.</summary>
    public bool NightlyRun { get; set; } = true;

    /// <summary>The largest request body in bytes; default 2 MiB.</summary>
    public long MaximumBodyBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>
    /// The settings of the environment: with <c>TABLE_NAME</c> the stack, else the folder <c>DATA_FOLDER</c>; <c>URLS</c>,
    /// divided by semicolons; <c>STREAM_RETENTION_HOURS</c>.
    /// </summary>
    public static AdminApiOptions FromEnvironment()
    {
        var options = new AdminApiOptions();
        if (Environment.GetEnvironmentVariable("TABLE_NAME") is { Length: > 0 })
            options.Platform = AdminPlatform.Aws;
        if (Environment.GetEnvironmentVariable("DATA_FOLDER") is { Length: > 0 } folder)
            options.Folder = folder;
        if (Environment.GetEnvironmentVariable("URLS") is { Length: > 0 } urls)
            options.Urls = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return options;
    }
}
