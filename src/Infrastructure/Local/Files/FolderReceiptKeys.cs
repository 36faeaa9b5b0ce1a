using System.Security.Cryptography;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Application.Receipts;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Files;

/// <summary>
/// <c>receipt-key.pem</c>, which only its owner may read. The database knows the id of the key that is in use, so a
/// file that is lost, or of another moment, is noticed.
/// </summary>
internal sealed class FolderReceiptKeys(string folder, ReceiptKeyRows rows, TimeProvider time) : IReceiptKeys
{
    internal const string FileName = "receipt-key.pem";

    private readonly string _path = Path.Combine(Path.GetFullPath(folder), FileName);

    public Task<string> PrivateKeyAsync(CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            folder,
            async () =>
            {
                var used = await rows.InUseAsync(cancellationToken);
                if (!File.Exists(_path))
                    await MakeAsync(used is null ? null : Missing(used), cancellationToken);
                return await CheckedAsync(used, cancellationToken);
            }
        );

    public async Task<string?> PublicKeyAsync(CancellationToken cancellationToken)
    {
        using var key = Import(await PrivateKeyAsync(cancellationToken)) ?? throw Damaged();
        return key.ExportSubjectPublicKeyInfoPem();
    }

    public Task<string> ReplaceLostAsync(CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            folder,
            async () =>
            {
                var present = new RefusedException(
                    $"There is a key for receipts: '{_path}'. If it is damaged or of another folder, move it away "
                        + "first."
                );
                if (File.Exists(_path))
                    throw present;
                var made = await MakeAsync(unlessMade: null, cancellationToken);
                return made ?? throw present;
            }
        );

    /// <summary>
    /// Of two processes that begin at once, one makes the key and both use it. A move that must not overwrite would not
    /// see to that: it looks first, and renames then.
    /// </summary>
    /// <param name="unlessMade">Why no key may be made; null if one may.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The key; null if another process made one.</returns>
    private async Task<string?> MakeAsync(StoredFormatException? unlessMade, CancellationToken cancellationToken)
    {
        using var guard = await new FolderGuard(
            Path.Combine(Path.GetDirectoryName(_path)!, ".receipt-key.lock"),
            time
        ).EnterAsync(cancellationToken);
        if (File.Exists(_path))
            return null;
        if (unlessMade is not null)
            throw unlessMade;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();
        await AtomicFile.WriteAsync(_path, Encoding.ASCII.GetBytes(pem), cancellationToken);
        await rows.UseAsync(ReceiptKey.IdOf(key), cancellationToken);
        return pem;
    }

    /// <summary>
    /// The key of the file, if it is the one in use. A damaged one is given as it is: its user says so.
    /// </summary>
    private async Task<string> CheckedAsync(string? used, CancellationToken cancellationToken)
    {
        var pem = await File.ReadAllTextAsync(_path, cancellationToken);
        using var key = Import(pem);
        if (key is null || ReceiptKey.IdOf(key) is var id && string.Equals(id, used, StringComparison.Ordinal))
            return pem;
        // Another process may have made it since.
        if (used is not null && !string.Equals(id, await rows.InUseAsync(cancellationToken), StringComparison.Ordinal))
            throw new StoredFormatException(
                $"'{_path}' holds the key {id}, and receipts of this folder are signed with the key {used}. Restore "
                    + $"{FileName} and the database of the same moment. If the right key is lost, move this file away "
                    + "and make another key with `recommend receipt new-key`."
            );
        if (used is null)
            await rows.UseAsync(id, cancellationToken);
        return pem;
    }

    private StoredFormatException Missing(string used) =>
        new(
            $"The key {used}, which signed the receipts of this folder, is missing: restore '{_path}' from a backup. "
                + "If it is lost, `recommend receipt new-key` makes another one; receipts of before can then be "
                + "verified only with a copy of the old public key."
        );

    private StoredFormatException Damaged() =>
        new($"The key that signs receipts, '{_path}', is damaged: restore it from a backup.");

    private static ECDsa? Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception damaged) when (damaged is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
