using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>Attributes of users as a table.</summary>
internal sealed class SqliteUserAttributes(LocalDatabase database) : IUserAttributes, IErasable
{
    public string Place => PersonalDataPlaces.Attributes;

    public Task<IReadOnlyDictionary<string, AttributeValue>> FindAsync(
        UserId user, CancellationToken cancellationToken) =>
        database.Readers.RunAsync(
            connection => Find(connection, user), Faults.OfStore, cancellationToken, isBrief: true);

    public Task<IReadOnlyDictionary<string, AttributeValue>> ChangeAsync(
        UserId user,
        Func<IReadOnlyDictionary<string, AttributeValue>, IReadOnlyDictionary<string, AttributeValue>> change,
        CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
            {
                var changed = change(Find(connection, user));
                if (changed.Count == 0)
                {
                    Delete(connection, user);
                    return changed;
                }
                connection
                    .Prepare("INSERT OR REPLACE INTO user_attributes(user, body) VALUES(?1, ?2)")
                    .Bind(1, user.Value)
                    .Bind(2, AttributeCodec.Encode(changed))
                    .Run();
                return changed;
            },
            Faults.OfStore,
            cancellationToken);

    /// <summary>What is written after the first pass of an erasure is of a user who is back.</summary>
    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        work.IsSweep
            ? Task.FromResult(new ErasedPart(0))
            : database.Writer.RunAsync(
                connection => new ErasedPart(Delete(connection, work.User)),
                Faults.OfStore,
                cancellationToken,
                leavesNoTrace: true);

    private static IReadOnlyDictionary<string, AttributeValue> Find(Connection connection, UserId user)
    {
        byte[] body = [];
        var select = connection.Prepare("SELECT body FROM user_attributes WHERE user = ?1");
        select.Bind(1, user.Value);
        while (select.Step())
            body = select.Blob(0).ToArray();
        return AttributeCodec.Decode(body);
    }

    private static int Delete(Connection connection, UserId user) =>
        connection.Prepare("DELETE FROM user_attributes WHERE user = ?1").Bind(1, user.Value).Run();
}
