using Parquet;

namespace Recommendation.Import.Tests;

/// <summary>Measures the memory of the whole process, so nothing else runs beside it.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
[Collection("Memory")]
public sealed class ParquetMemoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_row_group_is_in_memory_at_a_time()
    {
        const int Groups = 40, Rows = 20_000;
        var user = Enumerable.Range(0, Rows).Select(i => $"user-with-a-long-name-{i}").ToArray();
        var columns = (ParquetColumnGiven[])[ParquetGiven.Texts("userId", user), ParquetGiven.Texts("itemId", user)];
        var path = Path.Combine(_folder, "large.parquet");
        await File.WriteAllBytesAsync(
            path,
            await ParquetGiven.FileAsync(CompressionMethod.Snappy, [.. Enumerable.Repeat(columns, Groups)])
        );
        using var file = InteractionFile.Open(path);
        long count = 0, most = 0, before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var row in file.Rows(CancellationToken.None))
        {
            if (++count % (Rows * 4) == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(Groups * Rows, count);
        Assert.InRange(most, 0, 24 << 20); // All groups at once would take more than 100 MiB.
        Assert.Equal(file.Length, file.BytesRead);
    }
}
