using System.Text;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Writes <c>model.bin</c>; see <see cref="BinaryHeader"/> for the layout.</summary>
internal sealed class ModelBinaryWriter(Stream stream) : IDisposable
{
    private readonly CheckedWriter _writer = new(stream);

    /// <returns>The SHA-256 that ends the file: the checksum of everything before it.</returns>
    public async Task<byte[]> WriteAsync(ModelContent content, CancellationToken cancellationToken)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Models are written and read on little-endian machines only.");
        var ids = Array.ConvertAll(content.ItemIds, Encoding.UTF8.GetBytes);
        var weights = content.Weights;
        var header = new byte[BinaryHeader.Length];
        new BinaryHeader(ids.Length, weights.Columns.Length, ids.Sum(id => (long)id.Length), weights.Scale).WriteTo(
            header
        );

        await _writer.WriteAsync<byte>(header, cancellationToken);
        await _writer.WriteAsync<ushort>(Array.ConvertAll(ids, id => (ushort)id.Length), cancellationToken);
        await _writer.WriteAsync<byte>(Join(ids), cancellationToken);
        await _writer.WriteAsync<int>(weights.Offsets, cancellationToken);
        await _writer.WriteAsync<int>(weights.Columns, cancellationToken);
        await _writer.WriteAsync<Half>(weights.Values, cancellationToken);
        await _writer.WriteAsync<float>(content.Popularity, cancellationToken);
        return await _writer.EndAsync(cancellationToken);
    }

    public void Dispose() => _writer.Dispose();

    private static byte[] Join(byte[][] ids)
    {
        var joined = new byte[ids.Sum(id => id.Length)];
        var at = 0;
        foreach (var id in ids)
        {
            id.CopyTo(joined, at);
            at += id.Length;
        }
        return joined;
    }
}
