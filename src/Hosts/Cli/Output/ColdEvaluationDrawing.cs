using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Draws how items without interactions are found.</summary>
internal static class ColdEvaluationDrawing
{
    internal static void Draw(IAnsiConsole output, ColdEvaluationDocument cold)
    {
        var table = Drawings.NewTable("Lists", "Users", $"Recall@{cold.K}", $"NDCG@{cold.K}", "Hit rate");
        Add("hidden items by content", cold.Content);
        Add("hidden items, newest first", cold.NewestFirst);
        Add("hidden items in random order", cold.Random);
        Add("hidden items among all items", cold.AmongAll);
        Add("other items, with content", cold.Warm);
        Add("other items, without content", cold.WarmWithout);
        output.Write(table);
        output.Line(
            $"{cold.Placed:n0} of {cold.HiddenItems:n0} hidden items placed by their content. Trained in "
                + $"{cold.TrainSeconds:0.0} s. NDCG gain for the other items: "
                + $"{cold.WarmGain[0]:+0.0000;-0.0000}–{cold.WarmGain[1]:+0.0000;-0.0000}, with 95 % confidence.");
        if (cold.Kinds.Count == 0)
            output.Line($"Content says nothing of what users come to, so it is not used.");
        else
            output.Line(
                $"What says how much: {string.Join(' ', cold.Kinds.Select(kind => $"{kind.Key}={kind.Value:0.00}"))}");

        void Add(string name, ColdFiguresDocument figures) =>
            table.AddRow(
                name, $"{figures.Users:n0}", $"{figures.Recall:0.0000}", $"{figures.Ndcg:0.0000}",
                $"{figures.HitRate:0.0000}");
    }
}
