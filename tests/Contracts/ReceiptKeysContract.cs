using System.Security.Cryptography;
using Recommendation.Application.Ports;

namespace Recommendation.Contracts;

/// <summary>What every <see cref="IReceiptKeys"/> must do.</summary>
public abstract class ReceiptKeysContract : Contract<IReceiptKeys>
{
    [Fact]
    public async Task The_key_is_made_once_and_signs_on_P256()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Port.PrivateKeyAsync(None))));
        Assert.Single(keys.Distinct(StringComparer.Ordinal));
        using var key = ECDsa.Create();
        key.ImportFromPem(keys[0]);
        Assert.Equal(256, key.KeySize);
        byte[] data = [1, 2];
        Assert.True(key.VerifyData(data, key.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task A_key_that_is_there_is_not_replaced()
    {
        var key = await Port.PrivateKeyAsync(None);
        await Assert.ThrowsAsync<RefusedException>(() => Port.ReplaceLostAsync(None));
        Assert.Equal(key, await Port.PrivateKeyAsync(None));
    }

    [Fact]
    public async Task The_public_part_is_of_the_key_that_signs_and_holds_nothing_else()
    {
        using var own = ECDsa.Create();
        own.ImportFromPem(await Port.PrivateKeyAsync(None));
        Assert.Equal(own.ExportSubjectPublicKeyInfoPem(), await Port.PublicKeyAsync(None));
    }
}
