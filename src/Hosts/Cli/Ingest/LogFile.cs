using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Import;

namespace Recommendation.Cli.Ingest;

/// <summary>The interactions of a file, validated as if they arrived now, without a log behind them.</summary>
internal sealed class LogFile(string path, ReadOptions options, EventTypeSettings types, DateTimeOffset arrivedAt)
{
    /// <summary>How many rows can't be used.</summary>
    internal long Rejected { get; private set; }

    /// <summary>Why the first of them can't.</summary>
    internal string? FirstRejection { get; private set; }

    /// <summary>What the file says of its items; complete once it was read.</summary>
    internal List<CatalogItem> Items { get; } = [];

    /// <exception cref="InputException">The file can't be read.</exception>
    /// <exception cref="RefusedException">It holds no interaction.</exception>
    internal async IAsyncEnumerable<Interaction> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var file = InteractionFile.Open(path, options);
        var count = 0L;
        foreach (var row in file.Rows(cancellationToken))
        {
            if (row.Item is { } item)
                Items.Add(item);
            if (row.Kind is ImportRowKind.Item or ImportRowKind.Skipped)
                continue;
            var result = row.Rejection is { } problem
                ? ValidationResult.Of(problem)
                : Interaction.Validate(row.Event, arrivedAt, default, types);
            if (result.Accepted is { } interaction)
            {
                count++;
                yield return interaction;
                continue;
            }
            Rejected++;
            FirstRejection ??= $"line {row.Line}: {result.Rejected!.Message}";
        }
        if (count == 0)
            throw new RefusedException(
                $"'{path}' holds no interaction{(FirstRejection is { } first ? $"; {first}" : "")}."
            );
    }
}
