using System.Text.Json;
using Recommendation.Application.Erasures;
using Recommendation.Application.Receipts;

namespace Recommendation.Local.Sqlite;

/// <summary>The ids of the keys that signed receipts, the one in use last.</summary>
internal sealed class ReceiptKeyRows(LocalDatabase database)
{
    /// <returns>The id of the key in use; null if no receipt was signed.</returns>
    internal Task<string?> InUseAsync(CancellationToken cancellationToken) =>
        database.Readers.RunAsync(InUse, Faults.OfStore, cancellationToken, isBrief: true);

    internal Task UseAsync(string id, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
                string.Equals(InUse(connection), id, StringComparison.Ordinal) && HasRows(connection)
                    ? 0
                    : connection.Prepare("INSERT INTO receipt_keys(id) VALUES(?1)").Bind(1, id).Run(),
            Faults.OfStore,
            cancellationToken
        );

    private static bool HasRows(Connection connection) =>
        connection.Number("SELECT count(*) FROM receipt_keys") > 0;

    private static string? InUse(Connection connection)
    {
        var select = connection.Prepare("SELECT id FROM receipt_keys ORDER BY number DESC LIMIT 1");
        string? id = null;
        while (select.Step())
            id = select.Text(0);
        return id ?? OfLastReceipt(connection);
    }

    /// <summary>Databases of earlier versions know it of their receipts alone.</summary>
    private static string? OfLastReceipt(Connection connection)
    {
        var select = connection.Prepare(
            "SELECT body FROM erasures WHERE finished <> 0 ORDER BY number DESC LIMIT 1"
        );
        string? id = null;
        while (select.Step())
        {
            if (ErasureDocument.Read(select.Blob(0), "erasures").Receipt is { } json)
                id = JsonSerializer.Deserialize(json, ReceiptJson.Default.SignedReceipt)?.Receipt.KeyId;
        }
        return id;
    }
}
