using Recommendation.Application.Batches;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Batches;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>The answers as people read them.</summary>
internal static partial class Drawings
{
    internal static void Draw(IAnsiConsole output, IngestDocument ingest)
    {
        output.Line(
            $"{ingest.Rows:n0} rows: [bold]{ingest.Appended:n0} new interactions[/], {ingest.Duplicates:n0} already "
                + $"known, {ingest.Rejected:n0} rejected"
        );
        foreach (var (reason, count) in ingest.Skipped)
            output.Line($"  {count:n0} rows skipped: {reason}");
        if (ingest.UnnamedTypes.Count > 0)
        {
            var types = string.Join(", ", ingest.UnnamedTypes.Select(one => $"{one.Key} ({one.Value:n0})"));
            output.Line(
                $"  [yellow]Types that the settings do not name:[/] {types}. They are counted and say nothing about "
                    + $"taste; see docs/settings.md."
            );
        }
        foreach (var example in ingest.Examples)
            output.Line($"  [yellow]{example.Position}[/] {example.Reason}: {example.Message}");
        foreach (var note in ingest.Notes)
            output.Line($"  [yellow]{note}[/]");
        if (ingest.Rejected > 0)
            output.MarkupLine("  The rejected records are in quarantine: see `recommend quarantine list`.");
    }

    internal static void Draw(IAnsiConsole output, BatchRun run)
    {
        output.Line(
            $"Run [bold]{run.Id}[/] {run.State.ToText()}, model {run.ModelVersion?.Value ?? "none (popular items)"}"
        );
        output.Line(
            $"  {run.Counts.Active:n0} active = [bold]{run.Counts.Ranked:n0} ranked[/] + {run.Counts.Fallback:n0} "
                + $"fallback + {run.Counts.Failed:n0} failed + {run.Counts.Skipped:n0} skipped; "
                + $"{run.Recommendations:n0} recommendations"
        );
        if (run.Note is not null)
            output.Line($"  [yellow]{run.Note}[/]");
    }

    internal static void Draw(IAnsiConsole output, ListedBatches listed)
    {
        var table = NewTable("Run", "State", "Started", "Model", "Active", "Ranked", "Fallback", "Failed", "Skipped");
        foreach (var run in listed.Runs)
        {
            table.AddRow(
                run.Id.Value,
                run.State.ToText(),
                Timestamps.Format(run.StartedAt),
                run.ModelVersion?.Value ?? "-",
                $"{run.Counts.Active:n0}",
                $"{run.Counts.Ranked:n0}",
                $"{run.Counts.Fallback:n0}",
                $"{run.Counts.Failed:n0}",
                $"{run.Counts.Skipped:n0}"
            );
        }
        WriteOr(output, table, "There was no run yet; start one with `recommend batch run`.");
    }

    internal static void Draw(IAnsiConsole output, ShownBatch shown)
    {
        Draw(output, shown.Run);
        var table = NewTable("Segment", "Ranked", "Fallback", "Failed", "Skipped", "First error");
        foreach (var segment in shown.Segments)
        {
            table.AddRow(
                $"{segment.Number}",
                $"{segment.Counts.Ranked:n0}",
                $"{segment.Counts.Fallback:n0}",
                $"{segment.Counts.Failed:n0}",
                $"{segment.Counts.Skipped:n0}",
                Markup.Escape(segment.FirstError ?? "")
            );
        }
        WriteOr(output, table, "No segment has a result yet.");
    }

    internal static void Draw(IAnsiConsole output, ShownList list, string title)
    {
        var table = NewTable("#", "Item", "Title", "Score", "Because of");
        table.Title = new TableTitle(
            Markup.Escape($"{title} ({list.Source.ToText()}, model {list.Model?.Value ?? "none"})")
        );
        var place = 0;
        foreach (var item in list.Items)
        {
            table.AddRow(
                $"{++place}",
                Markup.Escape(item.ItemId.Value),
                Markup.Escape(item.Title ?? ""),
                $"{item.Score.Value:0.####}",
                Markup.Escape(
                    item.Source is { } source && item.Because.Count == 0
                        ? $"({source.ToText()})"
                        : string.Join(", ", item.Because.Take(2).Select(reason => reason.Title ?? reason.ItemId.Value))
                )
            );
        }
        WriteOr(
            output,
            table,
            "No item is eligible. If nothing was ingested yet: ingest interactions, then `recommend train`."
        );
    }

    internal static void Draw(IAnsiConsole output, ProfileDocument profile, int count)
    {
        output.Line(
            $"User [bold]{profile.UserId}[/]: {profile.InteractionCount:n0} interactions from "
                + $"{profile.FirstInteraction} to {profile.LastInteraction}"
        );
        output.Line(
            $"  {string.Join(", ", profile.Counts.Select(type => $"{type.Key} {type.Value:n0}"))}"
        );
        if (!profile.HistoryIsComplete)
            output.MarkupLine(
                "  [yellow]The history is incomplete[/]: items of older interactions may be recommended again. Run "
                    + "`recommend rebuild` to fill it from the log."
            );
        var table = NewTable("Time", "Type", "Item");
        foreach (var recent in profile.Recent.Take(count))
            table.AddRow(recent.At, recent.Type, Markup.Escape(recent.ItemId));
        output.Write(table);
    }

    internal static void Draw(IAnsiConsole output, QuarantineDocument quarantine)
    {
        var table = NewTable("Position", "Arrived", "Reason", "Message");
        foreach (var record in quarantine.Records)
            table.AddRow(
                Markup.Escape(record.Position),
                record.ArrivedAt,
                record.Reason,
                Markup.Escape(record.Message)
            );
        WriteOr(output, table, "The quarantine is empty.");
        if (quarantine.More)
            output.MarkupLine("There are more; ask for them with -n.");
    }

    internal static void Draw(IAnsiConsole output, RedriveDocument redriven)
    {
        output.Line(
            $"{redriven.Records:n0} records redriven: {redriven.Appended:n0} events appended, {redriven.Dropped:n0} "
                + $"dropped; {redriven.StillRejected.Count:n0} are still rejected"
        );
        foreach (var record in redriven.StillRejected.Take(10))
            output.Line($"  [yellow]{record.Position}[/] {record.Reason}: {record.Message}");
    }

    internal static void Draw(IAnsiConsole output, ImportedItemsDocument items)
    {
        output.Line($"{items.Imported:n0} items imported, {items.Rejected.Count:n0} lines rejected");
        foreach (var line in items.Rejected.Take(10))
            output.Line($"  [yellow]line {line.Line}[/]: {line.Message}");
    }

    internal static void Draw(IAnsiConsole output, RebuildDocument rebuilt)
    {
        output.Line(
            $"{rebuilt.Users:n0} users: {rebuilt.Written:n0} profiles rebuilt, {rebuilt.Unchanged:n0} were right, "
                + $"{rebuilt.Behind:n0} left alone"
        );
        if (rebuilt.Behind > 0)
            output.MarkupLine(
                "  Those left alone changed meanwhile or have applied what the log does not hold; run it again."
            );
    }

    internal static void Draw(IAnsiConsole output, PlatformDocument platform)
    {
        foreach (var part in platform.Parts)
            output.Line($"{part}");
        output.MarkupLine("For development only: the deployed stack also sets scaling, encryption, access and alarms.");
    }

    internal static void Draw(IAnsiConsole output, StreamDocument stream) =>
        output.Line(
            $"{stream.Records:n0} records: [bold]{stream.Counted:n0} interactions counted[/], {stream.Dropped:n0} "
                + $"copies dropped, {stream.Quarantined:n0} quarantined; {stream.ProfilesWritten:n0} profiles written"
        );

    internal static void Draw(IAnsiConsole output, MigrationDocument migration)
    {
        output.Line(
            $"{migration.Items:n0} items of {migration.From}: {migration.Written:n0} profiles and "
                + $"{migration.Lists:n0} lists {(migration.DryRun ? "would be written" : "written")}, "
                + $"{migration.AlreadyThere:n0} were there, {migration.Behind:n0} behind, "
                + $"{migration.Rejected:n0} rejected, {migration.Incomplete:n0} notes"
        );
        output.Line(
            $"  interactions: {migration.SourceInteractions:n0} in the source, {migration.TargetInteractions:n0} in "
                + $"the target"
        );
        foreach (var example in migration.Examples)
            output.Line($"  [yellow]{example}[/]");
    }

    internal static Table NewTable(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
            table.AddColumn(column);
        return table;
    }

    internal static void WriteOr(IAnsiConsole output, Table table, string empty)
    {
        if (table.Rows.Count > 0)
            output.Write(table);
        else
            output.Line($"{empty}");
    }
}
