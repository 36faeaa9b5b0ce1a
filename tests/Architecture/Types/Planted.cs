namespace Recommendation.Architecture.Tests.Types
{
    /// <summary>Each type breaks a rule, but for the small port.</summary>
    public static class Planted
    {
        public class OpenClass;

        public record OpenRecord(int Number);

        public abstract class MayBeOpen;

        public sealed class UserManager;

        public static class StringHelper<T>;

        public sealed class Recommendation;

        public interface ISmall
        {
            int One { get; set; }

            void Two();

            void Three();
        }

        public interface ILarge : ISmall
        {
            void Four();

            void Five();

            void Six();
        }
    }
}

namespace Recommendation.Architecture.Tests.Common
{
    public sealed class Lost;
}
