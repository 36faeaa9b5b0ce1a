using System.Collections.Concurrent;
using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.S3;

/// <summary>
/// <c>list-configurations/{number}.json</c>, the number as eight hexadecimal digits; whoever puts a number first has
/// it. Objects never change, so each is read once in a process.
/// </summary>
internal sealed class S3ListConfigurations(Bucket bucket) : IListConfigurations
{
    private const string Prefix = "list-configurations/";

    private readonly ConcurrentDictionary<uint, ListConfiguration> _known = new();

    public async Task<uint> NumberAsync(ListConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var body = S3Json.Write(
            ListConfigurationDocument.From(configuration), S3Json.Default.ListConfigurationDocument);
        for (var attempt = 0; ; attempt++)
        {
            var number = configuration.NumberOf(attempt);
            // A put whose object is there already, with the same content, counts as done.
            if (
                await FindAsync(number, cancellationToken) is { } other
                    ? other == configuration
                    : await bucket.PutAsync(KeyOf(number), body, PutCondition.Absent, cancellationToken) is not null)
                return number;
        }
    }

    public async Task<IReadOnlyDictionary<uint, ListConfiguration>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<uint, ListConfiguration>();
        await foreach (var key in bucket.KeysAsync(Prefix, cancellationToken))
        {
            if (NumberOf(key) is { } number && await FindAsync(number, cancellationToken) is { } configuration)
                all[number] = configuration;
        }
        return all;
    }

    private async Task<ListConfiguration?> FindAsync(uint number, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(number, out var known))
            return known;
        var key = KeyOf(number);
        if (await bucket.FindAsync(key, cancellationToken) is not { } stored)
            return null;
        return _known[number] = S3Json.Read(stored.Body, S3Json.Default.ListConfigurationDocument, key)
            .ToConfiguration(key);
    }

    private static string KeyOf(uint number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:x8}.json");

    private static uint? NumberOf(string key) =>
        key.EndsWith(".json", StringComparison.Ordinal)
        && uint.TryParse(
            key.AsSpan(Prefix.Length..^".json".Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var number)
            ? number : null;
}

/// <summary>What lists are made with.</summary>
internal sealed record ListConfigurationDocument(
    int FormatVersion, string Scenario, string? Model = null, string? Experiment = null, string? Variant = null)
    : IStoredDocument
{
    internal static ListConfigurationDocument From(ListConfiguration configuration) =>
        new(
            S3Json.Format,
            configuration.Scenario,
            configuration.Model?.Value,
            configuration.Experiment?.Value,
            configuration.Variant?.Value);

    /// <exception cref="StoredFormatException">A name in it is none.</exception>
    internal ListConfiguration ToConfiguration(string key)
    {
        try
        {
            return new ListConfiguration(
                Scenario,
                Model is { } model ? ModelVersion.Parse(model) : null,
                Experiment is { } experiment ? ExperimentName.Parse(experiment) : null,
                Variant is { } variant ? ExperimentName.Parse(variant) : null);
        }
        catch (Exception damaged) when (damaged is FormatException or ArgumentException)
        {
            throw new StoredFormatException($"Object '{key}' is damaged: {damaged.Message}", damaged);
        }
    }
}
