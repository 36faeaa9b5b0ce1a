using System.Reflection;

namespace Recommendation.Architecture.Tests.Types;

public sealed class TypeTests
{
    /// <summary>Concrete types that may stay open, each with the reason. None is needed now.</summary>
    private static readonly Dictionary<string, string> s_mayStayOpen = [];

    private static readonly Dictionary<string, string> s_none = [];

    private static readonly Type[] s_inner =
    [
        .. Product.WrittenTypes(Product.AssemblyOf("Domain")),
        .. Product.WrittenTypes(Product.AssemblyOf("Application")),
    ];

    private static readonly Type[] s_planted = typeof(Planted).GetNestedTypes(
        BindingFlags.Public | BindingFlags.NonPublic
    );

    [Fact]
    public void Every_concrete_class_is_sealed() => Assert.Empty(TypeRules.Unsealed(Product.Types, s_mayStayOpen));

    [Fact]
    public void Types_are_named_by_what_they_are() => Assert.Empty(TypeRules.EmptyNames(Product.Types));

    [Fact]
    public void Ports_are_small_and_in_their_place() => Assert.Empty(TypeRules.WrongPorts(s_inner));

    [Fact]
    public void Every_port_has_a_file_of_its_own() =>
        Assert.Empty(TypeRules.PortsWithoutFile(s_inner, Path.Combine(Product.Source, "Application", "Ports")));

    [Fact]
    public void The_rules_look_at_real_ports() => Assert.True(s_inner.Count(type => type.IsInterface) >= 9);

    [Fact]
    public void A_planted_open_class_or_record_is_found() =>
        Assert.Equal(
            [
                $"{typeof(Planted.OpenClass).FullName} is not sealed.",
                $"{typeof(Planted.OpenRecord).FullName} is not sealed.",
            ],
            TypeRules.Unsealed(s_planted, s_none).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void An_exception_counts_until_it_is_not_needed_any_more()
    {
        var exceptions = new Dictionary<string, string>
        {
            [typeof(Planted.OpenClass).FullName!] = "planted",
            [typeof(Planted.UserManager).FullName!] = "sealed, so no exception",
        };
        Assert.Equal(
            [
                $"{typeof(Planted.OpenRecord).FullName} is not sealed.",
                $"{typeof(Planted.UserManager).FullName} is an exception without need.",
            ],
            TypeRules.Unsealed(s_planted, exceptions)
        );
    }

    [Fact]
    public void Planted_empty_names_are_found() => Assert.Equal(
        [
            $"{typeof(Planted.Recommendation).FullName} hides the root namespace.",
            $"{typeof(Planted.StringHelper<>).FullName} is named by nothing.",
            $"{typeof(Planted.UserManager).FullName} is named by nothing.",
        ],
        TypeRules.EmptyNames(s_planted).Order(StringComparer.Ordinal));

    [Fact]
    public void A_planted_namespace_without_meaning_is_found() =>
        Assert.Contains(
            "in a namespace named by nothing",
            Assert.Single(TypeRules.EmptyNames([typeof(Common.Lost)])),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_planted_port_that_is_large_or_lost_is_found()
    {
        var violations = TypeRules.WrongPorts(s_planted).ToList();
        Assert.Contains($"{typeof(Planted.ILarge).FullName} has 6 members.", violations);
        Assert.Contains(
            violations,
            violation => violation.StartsWith($"{typeof(Planted.ILarge).FullName} is not in ", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            violations,
            violation => violation.StartsWith($"{typeof(Planted.ISmall).FullName} has", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_planted_port_without_a_file_is_found()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ISmall.cs", "");
        Assert.StartsWith($"{typeof(Planted.ILarge).FullName} has no file",
            Assert.Single(TypeRules.PortsWithoutFile(s_planted, folder.Path)), StringComparison.Ordinal);
    }
}
