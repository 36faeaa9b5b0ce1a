using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Application.Receipts;
using Recommendation.Domain;
using Recommendation.Domain.Erasures;

namespace Recommendation.Application.Erasures;

/// <summary>Signs the receipt of a finished erasure.</summary>
internal sealed class ErasureReceipts(IReceiptKeys keys)
{
    /// <returns>The signed receipt as JSON.</returns>
    internal async Task<string> SignAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        using var key = await ReceiptSigning.OwnKeyAsync(keys, cancellationToken);
        var removed = new RemovedData(
            Profile: true, List: true, erasure.InteractionsCounted, erasure.RemovedFrom(PersonalDataPlaces.Log),
            erasure.RemovedFrom(PersonalDataPlaces.Quarantine));
        var receipt = new ErasureReceipt(
            ErasureReceipt.Current,
            ReceiptKey.IdOf(key),
            erasure.User.Value,
            Timestamps.Format(erasure.Boundary.ArrivedAt),
            Timestamps.Format(erasure.FinishedAt!.Value),
            removed,
            erasure.Found,
            erasure.Id.Value,
            [PersonalDataPlaces.Profile, .. erasure.Places.Keys.Order(StringComparer.Ordinal)]
        );
        return JsonSerializer.Serialize(ReceiptSigning.Sign(receipt, key), ReceiptJson.Default.SignedReceipt);
    }

    /// <summary>
    /// Ends well if there is a key to sign with: without one nothing is erased, since there would be no receipt.
    /// </summary>
    /// <exception cref="StoredFormatException">The key is damaged.</exception>
    internal async Task RequireKeyAsync(CancellationToken cancellationToken)
    {
        using var key = await ReceiptSigning.OwnKeyAsync(keys, cancellationToken);
    }

    /// <returns>The receipt; null if the erasure is not finished.</returns>
    internal static SignedReceipt? Of(Erasure erasure) =>
        erasure.Receipt is { } json ? JsonSerializer.Deserialize(json, ReceiptJson.Default.SignedReceipt) : null;
}
