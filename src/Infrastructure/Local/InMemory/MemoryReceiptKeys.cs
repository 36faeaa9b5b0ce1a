using System.Security.Cryptography;
using Recommendation.Application.Ports;

namespace Recommendation.Local.InMemory;

/// <summary>A key that lasts as long as the process.</summary>
internal sealed class MemoryReceiptKeys : IReceiptKeys
{
    private readonly Lazy<string> _key = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    });

    public Task<string> PrivateKeyAsync(CancellationToken cancellationToken) => Task.FromResult(_key.Value);

    public Task<string> ReplaceLostAsync(CancellationToken cancellationToken) =>
        throw new RefusedException("There is a key for receipts, and it is valid as long as the process lives.");

    public Task<string?> PublicKeyAsync(CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(_key.Value);
        return Task.FromResult<string?>(key.ExportSubjectPublicKeyInfoPem());
    }
}
