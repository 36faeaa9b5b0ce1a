using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Profiles;

/// <summary>
/// How many users' profiles are loaded and saved together. All of a batch, unless a store was so short of capacity that
/// the time was up before a single profile was saved: then half as many from then on, so that the next delivery gets
/// further. Shared in a process.
/// </summary>
internal sealed class UpdateGroups
{
    private int _size = int.MaxValue;

    internal int Size => Volatile.Read(ref _size);

    /// <summary>The interactions of each user, in their order.</summary>
    internal static Dictionary<UserId, List<Interaction>> ByUser(IReadOnlyList<Interaction> interactions)
    {
        var groups = new Dictionary<UserId, List<Interaction>>();
        foreach (var interaction in interactions)
        {
            if (!groups.TryGetValue(interaction.UserId, out var group))
                groups.Add(interaction.UserId, group = new List<Interaction>(1));
            group.Add(interaction);
        }
        return groups;
    }

    /// <param name="settled">How many users were saved.</param>
    /// <param name="isPostponed">Whether the time was up before all were.</param>
    /// <param name="tried">How many users a group had.</param>
    internal void Learn(int settled, bool isPostponed, int tried)
    {
        var size = Size;
        if (isPostponed && settled == 0)
            size = Math.Max(1, tried / 2);
        else if (!isPostponed && size < int.MaxValue && settled >= size)
            size = size > int.MaxValue / 2 ? int.MaxValue : size * 2;
        Volatile.Write(ref _size, size);
    }
}
