using System.Text;

namespace Recommendation.Simulator.Scripts;

/// <summary>
/// What happens in a history. Steps begin in their order; how their calls interleave, the schedule decides.
/// </summary>
/// <param name="Schedule">Seed of the schedule: which call ends next, and which fails.</param>
/// <param name="IsStream">Whether the log is a stream with shards and an archive, or that of one machine.</param>
/// <param name="FaultsPerThousand">How many calls fail, besides those of outages.</param>
/// <param name="Steps">The steps.</param>
public sealed record Script(ulong Schedule, bool IsStream, int FaultsPerThousand, IReadOnlyList<ScriptStep> Steps)
{
    /// <summary>How many processes there are.</summary>
    public const int Nodes = 3;

    /// <summary>The ids that producers gave, by the time of the event, which no other has.</summary>
    internal IReadOnlyDictionary<DateTimeOffset, string> GivenIds() => Steps
        .SelectMany(step => step switch
        {
            ScriptStep.Send send => send.Events,
            ScriptStep.Put put => put.Events,
            _ =>
            []
        })
        .Where(sent => sent.Id is not null).DistinctBy(sent => sent.At)
        .ToDictionary(sent => Names.Start + sent.At, sent => sent.Id!);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"{(IsStream ? "Stream" : "One machine")}, schedule {Schedule}, {FaultsPerThousand} of 1000 calls fail:"
        );
        foreach (var (number, step) in Steps.Index())
            text.AppendLine($"  {number + 1}. {step}");
        return text.ToString();
    }
}
