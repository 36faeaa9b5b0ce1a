using Recommendation.Application.Ports;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// The folder that the workers of a training share: the plan (<c>plan.json</c>, <c>plan.bin</c>) and the rows
/// (<c>rows-FROM-TO.bin</c>). A file gets its name when it is complete, so a worker that is killed leaves nothing that
/// counts, and repeating it replaces its file.
/// </summary>
internal sealed class RowFolder(string path)
{
    private const string PlanName = "plan.json";
    private const string ArraysName = "plan.bin";
    private const string Unfinished = ".unfinished-";
    private const string Again = "Make the plan again with `recommend train plan`.";

    /// <summary>Writes a plan. Rows of an earlier one are deleted.</summary>
    public async Task SaveAsync(RowPlanDocument plan, RowPlan arrays, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        File.Delete(Path.Combine(path, PlanName));
        foreach (var old in Directory.GetFiles(path, "rows-*").Concat(Directory.GetFiles(path, $"*{Unfinished}*")))
            File.Delete(old);
        var (factors, sha256) = (arrays.Factors?.Factors, "");
        await WriteAsync(ArraysName, async writer =>
        {
            await writer.WriteAsync<float>(arrays.LowRank?.Values ?? [], cancellationToken);
            foreach (var plane in (float[][])[.. factors?.Sources ?? [], .. factors?.Targets ?? []])
                await writer.WriteAsync<float>(plane, cancellationToken);
            sha256 = Convert.ToHexStringLower(await writer.EndAsync(cancellationToken));
        });
        plan = plan with
        {
            Greatest = arrays.Greatest,
            Factor = arrays.Factors?.Factor ?? 0,
            Rank = arrays.LowRank?.Rank ?? 0,
            Planes = factors?.Sources.Length ?? 0,
            Sha256 = sha256,
        };
        await WriteAsync(PlanName, writer => writer.WriteAsync<byte>(plan.ToBytes(), cancellationToken));
    }

    /// <summary>Reads the plan without its arrays.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    /// <exception cref="StoredFormatException">It is damaged, or of another version.</exception>
    public async Task<RowPlanDocument> ReadPlanAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(path, PlanName);
        if (!File.Exists(file))
            throw new RefusedException($"'{path}' holds no plan. Make one with `recommend train plan`.");
        return RowPlanDocument.Read(await File.ReadAllBytesAsync(file, cancellationToken))
            ?? throw new StoredFormatException($"'{file}' is damaged or of another version. {Again}");
    }

    /// <summary>Reads what rows need.</summary>
    /// <exception cref="StoredFormatException">It is damaged.</exception>
    public async Task<(LowRank? LowRank, RowFactors? Factors)> ReadArraysAsync(
        RowPlanDocument plan, CancellationToken cancellationToken)
    {
        var file = Path.Combine(path, ArraysName);
        try
        {
            await using var stream = File.OpenRead(file);
            using var reader = new CheckedReader(stream);
            var lowRank = await reader.ReadAsync<float>((long)plan.Items * plan.Rank, cancellationToken);
            var planes = new float[2 * plan.Planes][];
            for (var plane = 0; plane < planes.Length; plane++)
                planes[plane] = await reader.ReadAsync<float>((long)plan.Items * BlockProduct.Width, cancellationToken);
            if (!await reader.EndsAsync(plan.Sha256, cancellationToken))
                throw new EndOfStreamException();
            return (
                plan.Rank == 0 ? null : new LowRank(plan.Rank, lowRank),
                plan.Planes == 0 ? null : new RowFactors(
                    new ItemFactors(planes[..plan.Planes], planes[plan.Planes..]), plan.Factor));
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or OverflowException)
        {
            throw new StoredFormatException($"'{file}' is damaged. {Again}", problem);
        }
    }

    /// <summary>Writes the rows of a range.</summary>
    public Task WriteAsync(
        RowPlanDocument plan, RowBlock weights, RowBlock? transitions, CancellationToken cancellationToken) =>
        WriteAsync(
            RowFile.NameOf(weights),
            writer => RowFile.WriteAsync(writer, plan.Id, weights, transitions, cancellationToken));

    /// <summary>
    /// Reads all rows in order. Files may overlap: the rows of a plan are the same in each of them.
    /// </summary>
    /// <exception cref="RefusedException">Rows are missing, or of another plan.</exception>
    /// <exception cref="StoredFormatException">A file is damaged.</exception>
    public async Task<(List<RowBlock> Weights, List<RowBlock> Transitions)> ReadRowsAsync(
        RowPlanDocument plan, CancellationToken cancellationToken)
    {
        var (weights, transitions, next) = (new List<RowBlock>(), new List<RowBlock>(), 0);
        foreach (var file in Directory.GetFiles(path, "rows-*.bin").Order(StringComparer.Ordinal))
        {
            var (own, moves) = await RowFile.ReadAsync(file, plan.Id, cancellationToken);
            if (own.From > next)
                throw Missing(next, own.From);
            if (own.To <= next)
                continue;
            weights.Add(own.After(next));
            if (moves is not null)
                transitions.Add(moves.After(next));
            next = own.To;
        }
        return next == plan.Items ? (weights, transitions) : throw Missing(next, plan.Items);
    }

    private RefusedException Missing(int from, int to) => new(
        $"Rows {from}..{to} are missing in '{path}'. Make them with `recommend train rows --rows {from}..{to}`.");

    /// <summary>Writes a file under a name of its own, and gives it its name when it is complete.</summary>
    private async Task WriteAsync(string name, Func<CheckedWriter, Task> write)
    {
        var target = Path.Combine(path, name);
        var unfinished = $"{target}{Unfinished}{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                using var writer = new CheckedWriter(file);
                await write(writer);
                file.Flush(flushToDisk: true);
            }
#pragma warning disable RS0030 // A file that a loss of power takes away is reported by the merge and made again.
            File.Move(unfinished, target, overwrite: true);
#pragma warning restore RS0030
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
