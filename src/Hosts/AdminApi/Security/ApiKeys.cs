using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Local;
using Recommendation.Local.Files;

namespace Recommendation.AdminApi.Security;

/// <summary>
/// The keys of a data folder: <c>keys.json</c>, which only its owner may read. A key is 32 random bytes, so a plain
/// SHA-256 of it can't be turned back.
/// </summary>
public sealed class ApiKeys(string folder, TimeProvider time)
{
    internal const string FileName = "keys.json";

    private const string LockName = ".keys.lock";
    private const string Prefix = "rk";
    private const int SecretBytes = 32;
    private const int IdBytes = 5;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly SeenKeys _seen = new(folder);

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), FileName);

    /// <summary>Makes a key and stores its hash.</summary>
    /// <param name="role">What it may do.</param>
    /// <param name="name">What people call it; null for nothing.</param>
    /// <param name="origins">The origins of a key of the role browser, such as <c>https://shop.example</c>.</param>
    /// <returns>The key, which is not kept anywhere, and its description.</returns>
    /// <exception cref="RefusedException">An origin can't be used, or they do not fit the role.</exception>
    public (string Key, ApiKey Description) Create(Role role, string? name, IReadOnlyList<string>? origins = null)
    {
        var pages = Origins.For(role, origins ?? []);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var key = $"{Prefix}_{id}_{System.Buffers.Text.Base64Url.EncodeToString(secret)}";
        var now = Timestamps.Format(time.GetUtcNow());
        var description = new ApiKey(id, role, name, now, RevokedAt: null, HashOf(key), pages);
        Locked(() =>
        {
            var keys = Read();
            _seen.Record(time.GetUtcNow()); // first, so that no key is ever there unrecorded
            Write([.. keys, description]);
            return description;
        });
        return (key, description);
    }

    /// <summary>All keys, revoked ones included, oldest first.</summary>
    /// <exception cref="StoredFormatException">The file is damaged or of a newer version.</exception>
    /// <exception cref="StoreUnavailableException">The file is there and can't be read.</exception>
    public IReadOnlyList<ApiKey> Read()
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(Path), KeysJson.Default.KeysDocument);
            return document is { Version: KeysDocument.Current }
                ? document.Keys
                : throw new StoredFormatException(
                    $"'{Path}' is of format {document?.Version}; this version reads format {KeysDocument.Current}."
                );
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException damaged)
        {
            throw new StoredFormatException(
                $"'{Path}' is damaged: {damaged.Message} Restore it from a backup, or remove it and create keys anew "
                    + "with "
                + "`recommend keys create`.",
                damaged);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            throw new StoreUnavailableException(
                $"'{Path}' can't be read: check that this account owns the file. ({unreadable.Message})", unreadable);
        }
    }

    /// <summary>Takes a key's rights away; a server that runs notices within a second.</summary>
    /// <exception cref="RefusedException">There is no such key.</exception>
    public ApiKey Revoke(string id) => Locked(() =>
    {
        var keys = Read().ToList();
        var index = keys.FindIndex(key => string.Equals(key.Id, id, StringComparison.Ordinal));
        if (index < 0)
            throw RefusedException.Missing($"There is no key '{id}'; see `recommend keys list`.");
        keys[index] = keys[index] with { RevokedAt = keys[index].RevokedAt ?? Timestamps.Format(time.GetUtcNow()) };
        Write(keys);
        return keys[index];
    });

    /// <summary>
    /// The keys, where there are any or must be: once a folder had keys, a file that is missing or empty is an error,
    /// not an open door.
    /// </summary>
    /// <exception cref="RefusedException">The folder had keys, and its file of keys is missing or empty.</exception>
    /// <exception cref="StoredFormatException">The file is damaged or of a newer version.</exception>
    internal IReadOnlyList<ApiKey> ReadExpected()
    {
        var keys = Read();
        if (keys.Count > 0)
            _seen.Record(time.GetUtcNow());
        else if (_seen.Any())
            throw new RefusedException(MissingMessage);
        return keys;
    }

    internal string MissingMessage =>
        $"This data folder has had API keys, and '{Path}' is missing or holds none: restore it from a backup, or "
            + "create keys anew with "
        + "`recommend keys create --role operator`. Until then every request is refused.";

    internal static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>
    /// Reads, changes and writes while no other process does: a change that another one overwrites could bring a
    /// revoked key back.
    /// </summary>
    private ApiKey Locked(Func<ApiKey> change)
    {
        var parent = System.IO.Path.GetDirectoryName(Path)!;
        Directory.CreateDirectory(parent);
        var file = System.IO.Path.Combine(parent, LockName);
        FileStream? held = null;
        if (!SpinWait.SpinUntil(() => (held = TryLock(file)) is not null, s_patience))
            throw new StoreUnavailableException(
                $"'{file}' is locked by another process for too long: wait for it or end it, then try again."
            );
        using (held)
            return change();
    }

    /// <summary>The operating system takes the lock back when its process ends, however it ends.</summary>
    private static FileStream? TryLock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null; // Another process has it.
        }
    }

    private void Write(IReadOnlyList<ApiKey> keys)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        using (var file = PrivateFiles.Open(temporary, FileMode.CreateNew))
        {
            JsonSerializer.Serialize(file, new KeysDocument(KeysDocument.Current, keys), KeysJson.Default.KeysDocument);
            file.Flush(flushToDisk: true);
        }
        DurableMove.File(temporary, Path, overwrite: true);
    }
}
