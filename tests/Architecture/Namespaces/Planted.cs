namespace Recommendation.Architecture.Tests.Namespaces.Planted.Low
{
    public static class Obedient
    {
        public static int Two => 2;
    }

    /// <summary>Uses a higher layer in the body of a lambda only.</summary>
    public static class Climber
    {
        public static Func<int> Climb => () => High.Obedient.Four;
    }
}

namespace Recommendation.Architecture.Tests.Namespaces.Planted.Middle
{
    /// <summary>Uses a namespace of its own layer in a signature only.</summary>
    public static class Neighbour
    {
        public static void Visit(List<Sibling.Obedient[]> them) => ArgumentNullException.ThrowIfNull(them);
    }
}

namespace Recommendation.Architecture.Tests.Namespaces.Planted.Sibling
{
    public sealed class Obedient
    {
        public int Three { get; } = Low.Obedient.Two + 1;
    }
}

namespace Recommendation.Architecture.Tests.Namespaces.Planted.High
{
    public static class Obedient
    {
        public static int Four => new Sibling.Obedient().Three + 1;
    }
}
