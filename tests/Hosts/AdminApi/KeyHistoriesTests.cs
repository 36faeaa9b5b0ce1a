using System.Text.Json;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// Keys that several processes create and revoke at once: no revoked key works, and no new one is lost.
/// </summary>
public sealed class KeyHistoriesTests
{
    private const int Rounds = 12;
    private const int Writers = 3;

    [Fact]
    public async Task A_key_revoked_beside_others_that_are_created_stays_revoked()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var problem = await PlayAsync(seed, folder => new LockedKeys(folder));
            Assert.True(problem is null, $"Seed {seed}: {problem}");
        }
    }

    [Fact]
    public async Task Without_the_lock_a_revoked_key_lives_on_or_a_new_one_is_lost()
    {
        var problem = (string?)null;
        for (var seed = 0; problem is null && seed < 10 * Rounds; seed++)
            problem = await PlayAsync(seed, folder => new UnlockedKeys(folder));
        Assert.NotNull(problem);
    }

    /// <summary>Each writer creates keys and revokes some of its own; all begin together.</summary>
    /// <returns>What is wrong in the end; null if nothing is.</returns>
    private static async Task<string?> PlayAsync(int seed, Func<string, IKeys> open)
    {
        using var folder = new TemporaryFolder();
        using var start = new Barrier(Writers);
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () => Write(new Random((seed * Writers) + writer), open(folder.Path), start),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        var expected = (await Task.WhenAll(writers)).SelectMany(keys => keys).ToDictionary();
        var found = new ApiKeys(folder.Path, TimeProvider.System).Read()
            .ToDictionary(key => key.Id, key => key.RevokedAt is not null);
        foreach (var (id, isRevoked) in expected)
        {
            if (!found.TryGetValue(id, out var state))
                return $"key {id} is lost";
            if (state != isRevoked)
                return isRevoked ? $"key {id} was revoked, and works" : $"key {id} was never revoked, and is";
        }
        return null;
    }

    private static Dictionary<string, bool> Write(Random random, IKeys keys, Barrier start)
    {
        var own = new Dictionary<string, bool>(StringComparer.Ordinal);
        start.SignalAndWait(TimeSpan.FromMinutes(1));
        for (var step = 0; step < 4; step++)
        {
            if (own.FirstOrDefault(key => !key.Value).Key is { } alive && random.Next(2) == 0)
            {
                keys.Revoke(alive);
                own[alive] = true;
            }
            else
            {
                own[keys.Create()] = false;
            }
        }
        return own;
    }

    private interface IKeys
    {
        string Create();

        void Revoke(string id);
    }

    private sealed class LockedKeys(string folder) : IKeys
    {
        private readonly ApiKeys _keys = new(folder, TimeProvider.System);

        public string Create() => _keys.Create(Role.Reader, name: null).Description.Id;

        public void Revoke(string id) => _keys.Revoke(id);
    }

    /// <summary>Keys as they were changed: read, then written, with room for others in between.</summary>
    private sealed class UnlockedKeys(string folder) : IKeys
    {
        private readonly ApiKeys _keys = new(folder, TimeProvider.System);

        public string Create()
        {
            var key = new ApiKey(Guid.NewGuid().ToString("N")[..10], Role.Reader, null, "2026-01-01T00:00:00.000Z",
                null, ApiKeys.HashOf("key"));
            Change(known => [.. known, key]);
            return key.Id;
        }

        public void Revoke(string id) => Change(known =>
            [.. known.Select(key => key.Id == id ? key with { RevokedAt = "2026-01-01T00:00:00.000Z" } : key)]);

        private void Change(Func<IReadOnlyList<ApiKey>, IReadOnlyList<ApiKey>> change)
        {
            var keys = change(_keys.Read());
            Thread.Yield();
            var temporary = $"{_keys.Path}.{Guid.NewGuid():N}";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new KeysDocument(KeysDocument.Current,
                keys), KeysJson.Default.KeysDocument));
            Local.Files.DurableMove.File(temporary, _keys.Path, overwrite: true);
        }
    }
}
