using System.CommandLine;
using Recommendation.Aws.Migration;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class MigrateCommand
{
    private static readonly Option<string> s_from = new("--from")
    {
        Description = "The table to read: keyed by userId alone, as the reference system's is. It is never written.",
        HelpName = "TABLE",
        Required = true,
    };

    private static readonly Option<string> s_to = new("--to")
    {
        Description = "The table to write.",
        HelpName = "TABLE",
        Required = true,
    };

    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Count, and write nothing." };

    internal static Command Create() =>
        new Verb(
            "migrate",
            "Bring the profiles and lists of an older table into a new one. Stopped at any point, it goes on when it "
                + "is started again.",
            "recommend migrate --from old-user-profiles --to new-user-profiles --dry-run --platform aws"
        )
        {
            s_from,
            s_to,
            s_dryRun,
        }.Runs(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var tables = new MigrationTables(parse.GetRequiredValue(s_from), parse.GetRequiredValue(s_to));
        var dryRun = parse.GetValue(s_dryRun);
        var migration = session.Part<TableMigration>();
        var migrated = await session.Terminal.WithProgressAsync(
            "Migrating",
            report =>
                migration.RunAsync(
                    tables,
                    dryRun,
                    new Reports<MigratedTable>(table => report(0, $"{table.Items:n0} items")),
                    cancellationToken
                )
        );
        var document = new MigrationDocument(
            tables.From,
            tables.To,
            dryRun,
            migrated.Items,
            migrated.Written,
            migrated.AlreadyThere,
            migrated.Behind,
            migrated.Rejected,
            migrated.Incomplete,
            migrated.Lists,
            migrated.SourceInteractions,
            migrated.TargetInteractions,
            migrated.IsComplete,
            migrated.Examples
        );
        session.Terminal.Answer(document, CliJson.Default.MigrationDocument, output => Drawings.Draw(output, document));
        return migrated.IsComplete || (dryRun && migrated.Rejected + migrated.Behind == 0)
            ? ExitCodes.Done
            : ExitCodes.Failed;
    }
}
