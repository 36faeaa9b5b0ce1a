using System.Security.Cryptography;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Files;

/// <summary><c>recommendation-id.key</c>, which only its owner may read: the secret as hexadecimal digits.</summary>
internal sealed class FolderRecommendationIdKeys(string folder, TimeProvider time) : IRecommendationIdKeys
{
    internal const string FileName = "recommendation-id.key";

    private readonly string _path = Path.Combine(Path.GetFullPath(folder), FileName);

    public Task<RecommendationIdKey> KeyAsync(CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            folder,
            async () =>
            {
                if (!File.Exists(_path))
                    await MakeAsync(cancellationToken);
                return Read(await File.ReadAllTextAsync(_path, cancellationToken));
            }
        );

    /// <summary>Of two processes that begin at once, one makes the key and both use it.</summary>
    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var lockFile = Path.Combine(Path.GetDirectoryName(_path)!, $".{FileName}.lock");
        using var guard = await new FolderGuard(lockFile, time).EnterAsync(cancellationToken);
        if (File.Exists(_path))
            return;
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RecommendationIdKey.Length));
        await AtomicFile.WriteAsync(_path, Encoding.ASCII.GetBytes(secret), cancellationToken);
    }

    private RecommendationIdKey Read(string text)
    {
        try
        {
            return new RecommendationIdKey(Convert.FromHexString(text.Trim()));
        }
        catch (Exception damaged) when (damaged is FormatException or ArgumentException)
        {
            throw new StoredFormatException(
                $"The key of recommendation ids, '{_path}', is damaged: restore it from a backup. If it is lost, "
                    + $"delete the "
                    + "file; another key is made, and feedback to lists of before counts as feedback without an id.",
                damaged
            );
        }
    }
}
