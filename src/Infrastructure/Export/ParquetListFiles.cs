using Parquet;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Export.Internals;

namespace Recommendation.Export;

/// <summary>Lists as Parquet with the columns of <see cref="ExportTables.Lists"/>.</summary>
internal sealed class ParquetListFiles : IListFiles
{
    private const string User = "userId";

    public string Extension => "parquet";

    public async Task<byte[]> WriteAsync(IReadOnlyList<RecommendationList> lists, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await ParquetTableWriter.WriteAsync(
            lists.SelectMany(ListedItem.Of).ToAsyncEnumerable(), ExportTables.Lists, content, cancellationToken);
        return content.ToArray();
    }

    public async Task<byte[]?> WithoutAsync(
        ReadOnlyMemory<byte> content,
        UserId user,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await CopyAsync(content, user, cancellationToken);
        }
        catch (Exception cause) when (cause is not (OperationCanceledException or OutOfMemoryException))
        {
            // The decoders throw whatever damaged bytes lead them to.
            throw new StoredFormatException("The Parquet file is damaged, or was written by another program.", cause);
        }
    }

    private static async Task<byte[]?> CopyAsync(
        ReadOnlyMemory<byte> content,
        UserId user,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await ParquetReader.CreateAsync(
            new MemoryStream(content.ToArray(), writable: false),
            cancellationToken: cancellationToken
        );
        using var copy = new MemoryStream();
        var isFound = false;
        await using (
            var writer = await ParquetWriter.CreateAsync(
                reader.Schema,
                copy,
                ParquetTableWriter.Options,
                append: false,
                cancellationToken
            )
        )
        {
            for (var i = 0; i < reader.RowGroupCount; i++)
            {
                using var group = reader.OpenRowGroupReader(i);
                var users = await CopiedColumn.TextsAsync(group, reader.Schema.FindDataField(User), cancellationToken);
                var kept = Array.ConvertAll(users, text => !string.Equals(text, user.Value, StringComparison.Ordinal));
                isFound |= kept.Contains(false);
                if (!kept.Contains(true))
                    continue;
                using var rest = writer.CreateRowGroup();
                foreach (var field in reader.Schema.DataFields)
                    await CopiedColumn.CopyAsync(group, field, kept, rest, cancellationToken);
            }
        }
        return isFound ? copy.ToArray() : null;
    }
}
