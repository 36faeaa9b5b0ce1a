using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.Migration;

/// <summary>
/// Brings a table of the reference system over into one of this system, since a table's keys can't change. The source
/// is only read. What the target holds already is left alone, so that it can be stopped and started again. Migrate
/// before the stream is switched to the new table.
/// </summary>
public sealed class TableMigration
{
    private const int ChunkSize = 500;

    private readonly DirectDynamoClient _client;
    private readonly AwsOptions _options;
    private readonly Backoff _backoff;
    private readonly ProfilePolicy _policy;
    private readonly TimeProvider _time;

    internal TableMigration(
        DirectDynamoClient client,
        AwsOptions options,
        Backoff backoff,
        ProfilePolicy policy,
        TimeProvider time
    ) => (_client, _options, _backoff, _policy, _time) = (client, options, backoff, policy, time);

    /// <summary>Migrates all items, or says what a migration would do.</summary>
    /// <param name="tables">The source and the target.</param>
    /// <param name="dryRun">Whether to write nothing.</param>
    /// <param name="progress">Told after each chunk what was done so far.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    /// <exception cref="RefusedException">The tables are the same, or one is not of the layout expected.</exception>
    /// <exception cref="StoreUnavailableException">A table did not do what was asked; start again,
    /// and it goes on.</exception>
    public async Task<MigratedTable> RunAsync(
        MigrationTables tables, bool dryRun, IProgress<MigratedTable>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        await CheckAsync(tables, cancellationToken);
        var target = new DynamoTable(_client, _options.For(tables.To), _backoff);
        var profiles = new DynamoProfileStore(target, _options, _policy, _time);
        var lists = new DynamoRecommendationStore(target);
        var total = new MigratedTable();
        await foreach (var page in PagesAsync(tables.From, cancellationToken))
        {
            await MigrateAsync(
                Readable(page, total, _time.GetUtcNow()),
                profiles,
                dryRun ? null : lists,
                total,
                cancellationToken
            );
            progress?.Report(total);
        }
        return total;
    }

    private static List<(UserProfile Profile, RecommendationList? List)> Readable(
        List<Item> page, MigratedTable total, DateTimeOffset now)
    {
        var readable = new List<(UserProfile, RecommendationList?)>(page.Count);
        foreach (var item in page)
        {
            var (profile, problem) = ReferenceItem.ToProfile(item, now);
            if (profile is null)
            {
                total.Reject(problem!);
                continue;
            }
            total.Read(profile.InteractionCount);
            var (list, listProblem) = ReferenceItem.ToList(item, profile, now);
            total.Note(problem);
            total.Note(listProblem);
            readable.Add((profile, list));
        }
        return readable;
    }

    /// <param name="source">What was read.</param>
    /// <param name="profiles">The target's profiles.</param>
    /// <param name="lists">The target's lists; null for a dry run.</param>
    /// <param name="total">Gets what became of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    private static async Task MigrateAsync(
        List<(UserProfile Profile, RecommendationList? List)> source,
        DynamoProfileStore profiles,
        DynamoRecommendationStore? lists,
        MigratedTable total,
        CancellationToken cancellationToken
    )
    {
        var users = source.ConvertAll(pair => pair.Profile.UserId);
        var existing = await profiles.LoadAsync(users, cancellationToken);
        foreach (var (profile, _) in source)
        {
            if (existing.TryGetValue(profile.UserId, out var stored))
                total.Keep(profile.UserId.Value, profile.InteractionCount, stored.InteractionCount);
        }
        var missing = source.FindAll(pair => !existing.ContainsKey(pair.Profile.UserId));
        var withList = missing.Select(pair => pair.List).OfType<RecommendationList>().ToList();
        total.Add(missing.Count, withList.Count);
        if (lists is null || missing.Count == 0)
            return;

        // Lists first: a profile says that its user is done.
        Require(await lists.SaveAsync(withList, cancellationToken));
        Require(
            await profiles.SaveAsync([.. missing.Select(pair => pair.Profile)], checkpoint: null, cancellationToken)
        );
        var written = await profiles.LoadAsync([.. missing.Select(pair => pair.Profile.UserId)], cancellationToken);
        total.Confirm(written.Values.Sum(profile => profile.InteractionCount));
    }

    private static void Require(IReadOnlyList<SaveOutcome> outcomes)
    {
        if (
            outcomes.FirstOrDefault(outcome =>
                outcome.Status is SaveStatus.Failed or SaveStatus.Refused or SaveStatus.Postponed
            ) is
            { Reason: { } reason }
        )
            throw new StoreUnavailableException(
                $"The migration stopped: {reason} What is written stays; start again for the rest."
            );
    }

    private async IAsyncEnumerable<List<Item>> PagesAsync(
        string table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var source = new DynamoTable(_client, _options.For(table), _backoff);
        var request = new ScanRequest { TableName = table, Limit = ChunkSize, ConsistentRead = true };
        do
        {
            var page = await source.GuardAsync(() => _client.ScanAsync(request, cancellationToken), cancellationToken);
            if (page.Items is { Count: > 0 } items)
                yield return items;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private async Task CheckAsync(MigrationTables tables, CancellationToken cancellationToken)
    {
        if (string.Equals(tables.From, tables.To, StringComparison.Ordinal))
            throw new RefusedException(
                "The source and the target are the same table; a table's keys can't change, so give a new one."
            );
        var source = await DescribeAsync(tables.From, cancellationToken);
        if (source.KeySchema is not [{ AttributeName: ProfileTable.UserId }])
            throw new RefusedException(
                $"Table {tables.From} is not keyed by userId alone, as the reference system's is; there is nothing "
                    + "to migrate."
            );
        if (TableDefinition.ProblemOf(await DescribeAsync(tables.To, cancellationToken)) is { } problem)
            throw new RefusedException($"Table {tables.To} can't be the target: {problem}.");
    }

    private async Task<TableDescription> DescribeAsync(string table, CancellationToken cancellationToken)
    {
        var named = new DynamoTable(_client, _options.For(table), _backoff);
        return (
            await named.GuardAsync(() => _client.DescribeTableAsync(table, cancellationToken), cancellationToken)
        ).Table;
    }
}

/// <summary>The tables of a migration.</summary>
/// <param name="From">The reference system's table; only read.</param>
/// <param name="To">A table of this system's layout.</param>
public sealed record MigrationTables(string From, string To);
