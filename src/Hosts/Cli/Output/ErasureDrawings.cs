using Recommendation.Application.Erasures;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Erasures on the terminal.</summary>
internal static partial class Drawings
{
    internal static void Draw(IAnsiConsole output, ForgottenDocument forgotten)
    {
        if (forgotten.State is not "finished")
        {
            output.Line(
                $"Erasure {forgotten.ErasureId} of user [bold]{forgotten.UserId}[/] has begun and is not finished: "
                    + $"{forgotten.Problem ?? "late deliveries are still to be swept."}"
            );
            output.MarkupLine(
                "It goes on by itself; `recommend forget --resume` continues it here, and "
                    + "`recommend forget --status` shows it."
            );
            return;
        }
        if (!forgotten.Found)
            output.Line(
                $"Nothing was kept of user [bold]{forgotten.UserId}[/]: never seen under this id, or erased "
                    + $"before. What arrived before {forgotten.ErasedAt} will not count."
            );
        else
            output.Line(
                $"User [bold]{forgotten.UserId}[/] is erased as of {forgotten.ErasedAt}: "
                    + $"{forgotten.InteractionsRemoved:n0} interactions left the log, "
                    + $"{forgotten.QuarantinedRemoved:n0} records left quarantine. The next model is trained "
                    + $"without them."
            );
    }

    internal static void Draw(IAnsiConsole output, ErasuresDocument erasures)
    {
        var table = NewTable("Erasure", "User", "Requested", "State", "Places done", "Problem");
        foreach (var erasure in erasures.Erasures)
        {
            table.AddRow(
                erasure.ErasureId,
                Markup.Escape(erasure.UserId),
                erasure.RequestedAt,
                erasure.State,
                string.Join(", ", erasure.PlacesDone),
                Markup.Escape(erasure.Problem ?? "")
            );
        }
        WriteOr(output, table, "No user was erased.");
    }
}
