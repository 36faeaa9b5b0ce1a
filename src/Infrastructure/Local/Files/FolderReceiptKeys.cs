using System.Security.Cryptography;
using System.Text;
using Recommendation.Application.Ports;

namespace Recommendation.Local.Files;

/// <summary><c>receipt-key.pem</c>, which only its owner may read.</summary>
internal sealed class FolderReceiptKeys(string folder, TimeProvider time) : IReceiptKeys
{
    internal const string FileName = "receipt-key.pem";

    private readonly string _path = Path.Combine(Path.GetFullPath(folder), FileName);

    public Task<string> PrivateKeyAsync(CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            folder,
            async () =>
            {
                if (!File.Exists(_path))
                    await MakeAsync(cancellationToken);
                return await File.ReadAllTextAsync(_path, cancellationToken);
            }
        );

    public async Task<string?> PublicKeyAsync(CancellationToken cancellationToken)
    {
        var pem = await PrivateKeyAsync(cancellationToken);
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.ExportSubjectPublicKeyInfoPem();
        }
        catch (Exception damaged) when (damaged is ArgumentException or CryptographicException)
        {
            throw new StoredFormatException(
                $"The key that signs receipts, '{_path}', is damaged: restore it from a backup.",
                damaged
            );
        }
    }

    /// <summary>
    /// Of two processes that begin at once, one makes the key and both use it. A move that must not overwrite would not
    /// see to that: it looks first, and renames then.
    /// </summary>
    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        using var guard = await new FolderGuard(
            Path.Combine(Path.GetDirectoryName(_path)!, ".receipt-key.lock"),
            time
        ).EnterAsync(cancellationToken);
        if (File.Exists(_path))
            return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await WriteAsync(temporary, key.ExportPkcs8PrivateKeyPem(), cancellationToken);
            DurableMove.File(temporary, _path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task WriteAsync(string path, string pem, CancellationToken cancellationToken)
    {
        await using var file = PrivateFiles.Open(path, FileMode.CreateNew);
        await file.WriteAsync(Encoding.ASCII.GetBytes(pem), cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
