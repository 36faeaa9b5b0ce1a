using System.Buffers.Binary;
using System.Text;
using FsCheck.Fluent;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

public sealed class RecentInteractionTests
{
    [Fact]
    public void The_event_key_is_the_first_8_bytes_of_the_id_whatever_its_characters()
    {
        var ids = from length in Gen.Choose(1, 12)
                  from parts in Gen.Elements("a", "Z", "7", "é", "用", "😀").ArrayOf(length)
                  select string.Concat(parts);

        Always.Holds(
            ids,
            id =>
            {
                var bytes = new byte[Math.Max(8, Encoding.UTF8.GetByteCount(id))];
                Encoding.UTF8.GetBytes(id, bytes);
                Assert.Equal(
                    BinaryPrimitives.ReadUInt64BigEndian(bytes),
                    RecentInteraction.From(Some.Interaction(1, id: id)).EventKey
                );
            },
            times: 1000
        );
    }

    [Fact]
    public void Without_an_event_id_the_key_is_0_and_sorts_first()
    {
        var without = RecentInteraction.From(Some.Interaction(1));

        Assert.Equal(0UL, without.EventKey);
        Assert.True(without.CompareTo(RecentInteraction.From(Some.Interaction(1, id: " !"))) < 0);
    }

    [Fact]
    public void The_order_is_total_and_ties_are_equal()
    {
        var one =
            from second in Gen.Choose(0, 1)
            from key in Gen.Choose(0, 1)
            from item in Gen.Elements("a", "b")
            from type in Gen.Elements("view", "like")
            select new RecentInteraction(
                Some.Noon.AddSeconds(second),
                (ulong)key << 63,
                ItemId.Parse(item),
                InteractionType.Parse(type)
            );

        Always.Holds(one.ArrayOf(3), three =>
        {
            var (a, b, c) = (three[0], three[1], three[2]);
            Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
            Assert.Equal(a == b, a.CompareTo(b) == 0);
            Assert.True(a.CompareTo(b) > 0 || b.CompareTo(c) > 0 || a.CompareTo(c) <= 0);
        });
    }
}
