using System.Text.RegularExpressions;

namespace Recommendation.Deploy.Settings;

/// <summary>
/// What can be deployed. CloudFormation would find most of it too, but late, one at a time, and in other words.
/// </summary>
internal static partial class SettingsRules
{
    private static readonly int[] s_logDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

    internal static IEnumerable<string> Problems(StackSettings settings) =>
        [
            .. OfNames(settings),
            .. OfStream(settings.Stream),
            .. OfTable(settings),
            .. OfFunctions(settings.Functions),
            .. OfModel(settings.Model),
            .. OfRest(settings),
        ];

    private static IEnumerable<string> OfNames(StackSettings settings)
    {
        if (!Suffix().IsMatch(settings.Suffix))
            yield return $"environmentSuffix is '{settings.Suffix}'; give 1–16 of a–z, 0–9 and '-', beginning and "
                + "ending with a letter or digit: it is part of the bucket's name.";
    }

    private static IEnumerable<string> OfStream(StreamSettings stream)
    {
        foreach (
            var problem in Ranges(
                ("stream.shards", stream.Shards, 1, 500),
                ("stream.retentionHours", stream.RetentionHours, 24, 8760),
                ("stream.batchSize", stream.BatchSize, 1, 10_000),
                ("stream.batchWindowSeconds", stream.BatchWindowSeconds, 0, 300),
                ("stream.parallelization", stream.Parallelization, 1, 10),
                ("stream.retries", stream.Retries ?? 0, 0, 10_000),
                ("stream.archiveSeconds", stream.ArchiveSeconds, 60, 900)
            )
        )
            yield return problem;
        if (stream.RetentionHours > 169)
            yield return $"stream.retentionHours is {stream.RetentionHours}; give at most 169: a batch is given up "
                + "an hour before the stream drops it, and a mapping counts ages up to 7 days.";
        if (stream.Parallelization > 1 && !stream.PartitionKeyIsUser)
            yield return $"stream.parallelization is {stream.Parallelization}; set stream.partitionKeyIsUser=true as "
                + "well, or a user's events may be applied out of order.";
        if (stream.ReservedConcurrency != 0 && stream.ReservedConcurrency < stream.UsableConcurrency)
            yield return $"stream.concurrency is {stream.ReservedConcurrency}; give at least shards × "
                + $"parallelization = {stream.UsableConcurrency}, or batches are throttled; 0 reserves none.";
        if (stream.StartingPosition is not ("TRIM_HORIZON" or "LATEST"))
            yield return $"stream.startingPosition is '{stream.StartingPosition}'; give 'TRIM_HORIZON' or 'LATEST'.";
    }

    private static IEnumerable<string> OfTable(StackSettings settings)
    {
        var table = settings.Table;
        foreach (
            var problem in Ranges(
                ("table.minimumCapacity", table.MinimumCapacity, 1, 1_000_000),
                ("table.maximumCapacity", table.MaximumCapacity, 1, 1_000_000),
                ("table.targetUtilization", table.TargetUtilization, 20, 90),
                ("table.indexSplits", table.IndexSplits, 1, 16)
            )
        )
            yield return problem;
        if (table.Billing is not (TableSettings.PayPerRequest or TableSettings.Provisioned))
            yield return $"profiles.billing is '{table.Billing}'; give '{TableSettings.PayPerRequest}' or "
                + $"'{TableSettings.Provisioned}'.";
        if (table.MaximumCapacity < table.MinimumCapacity)
            yield return $"table.maximumCapacity is {table.MaximumCapacity}; give at least table.minimumCapacity, "
                + $"{table.MinimumCapacity}.";
        if (table.ProfileDays is { } days && days * 24 < settings.Stream.RetentionHours + 24)
            yield return $"table.profileDays is {days}; give at least the stream's retention and a day, or a "
                + "redelivery would count anew.";
    }

    private static IEnumerable<string> OfFunctions(FunctionSettings functions)
    {
        foreach (
            var problem in Ranges(
                ("functions.streamMemory", functions.StreamMemory, 128, 10_240),
                ("functions.archiverMemory", functions.ArchiverMemory, 128, 10_240),
                ("functions.batchMemory", functions.BatchMemory, 128, 10_240),
                ("functions.apiMemory", functions.ApiMemory, 128, 10_240)
            )
        )
            yield return problem;
        if (functions.Architecture is not ("x86_64" or "arm64"))
            yield return $"functions.architecture is '{functions.Architecture}'; give 'x86_64' or 'arm64'.";
        if (!s_logDays.Contains(functions.LogDays))
            yield return $"functions.logDays is {functions.LogDays}; CloudWatch offers {string.Join(", ", s_logDays)}.";
    }

    private static IEnumerable<string> OfModel(ModelSettings model)
    {
        foreach (
            var problem in Ranges(
                ("model.minimumInstances", model.MinimumInstances, 1, 100),
                ("model.maximumInstances", model.MaximumInstances, 1, 100),
                ("model.trainingHours", model.TrainingHours, 1, 24),
                ("model.trainingDays", model.TrainingDays, 0, 36_500),
                ("model.trainingUserPercent", model.TrainingUserPercent, 1, 100)
            )
        )
            yield return problem;
        if (model.Image is { } image && !Image().IsMatch(image))
            yield return $"model.image is '{image}'; give an image in ECR, such as "
                + "123456789012.dkr.ecr.eu-west-1.amazonaws.com/recommendation-model:1.0.";
        if (model.Artefact is { } artefact && !Artefact().IsMatch(artefact))
            yield return $"model.artefact is '{artefact}'; give s3://BUCKET/…/model.tar.gz.";
        if (model is { Artefact: not null, Image: null })
            yield return "model.artefact is given without model.image; an endpoint needs both.";
        if (model.MaximumInstances < model.MinimumInstances)
            yield return $"model.maximumInstances is {model.MaximumInstances}; give at least model.minimumInstances, "
                + $"{model.MinimumInstances}.";
    }

    private static IEnumerable<string> OfRest(StackSettings settings)
    {
        foreach (
            var problem in Ranges(
                ("bucket.oldVersionDays", settings.Bucket.OldVersionDays, 1, 3650),
                ("bucket.batchRunDays", settings.Bucket.BatchRunDays, 2, 3650),
                ("bucket.quarantineDays", settings.Bucket.QuarantineDays, 1, 3650),
                ("batch.concurrency", settings.Batch.Concurrency, 1, 1000),
                ("batch.feedbackMinutes", settings.Batch.FeedbackMinutes, 15, 1440),
                ("api.requestsPerSecond", settings.Api.RequestsPerSecond, 1, 10_000),
                ("api.burst", settings.Api.Burst, 1, 5_000),
                ("alarms.rejectedRecords", settings.Alarms.RejectedRecords, 1, int.MaxValue),
                ("alarms.fallbackPercent", settings.Alarms.FallbackPercent, 1, 100),
                ("alarms.listsNdcg", settings.Alarms.ListsNdcg, 0, 1000),
                ("alarms.endpointLatency", settings.Alarms.EndpointLatency, 1, 60_000)
            )
        )
            yield return problem;
        foreach (
            var entry in (settings.Api.Callers ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(entry => !ApiCaller().IsMatch(entry))
        )
            yield return $"api.callers holds '{entry}'; give ACCOUNT:role/NAME=ROLE or ACCOUNT:user/NAME=ROLE, and "
                + "as ROLE reader, writer or operator.";
        if (settings.IsProtected && settings.Alarms.Email is null)
            yield return "alarms.email is not set, so nobody would hear of an alarm of this production stack; give "
                + "-c alarms.email=TEAM@EXAMPLE.COM.";
        if (settings.Alarms.Email is { } email && !Email().IsMatch(email))
            yield return $"alarms.email is '{email}'; give one mail address.";
    }

    private static IEnumerable<string> Ranges(params (string Key, int Value, int Least, int Most)[] ranges) =>
        from range in ranges
        where range.Value < range.Least || range.Value > range.Most
        select $"{range.Key} is {range.Value}; give {range.Least}–{range.Most}.";

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();

    [GeneratedRegex(
        @"^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/[a-z0-9/_.-]+(:[\w.-]+|@sha256:[0-9a-f]{64})$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Image();

    [GeneratedRegex(@"^s3://[a-z0-9.-]{3,63}/.+\.tar\.gz$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Artefact();

    [GeneratedRegex(@"^\d{12}:(role|user)/[\w+=,.@-]+=(reader|writer|operator)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ApiCaller();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();
}
