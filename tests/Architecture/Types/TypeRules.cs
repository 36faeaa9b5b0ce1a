using System.Reflection;

namespace Recommendation.Architecture.Tests.Types;

/// <summary>
/// Rules of the house that a type shows: sealed, named by what it is, ports small and in their place.
/// </summary>
internal static class TypeRules
{
    internal const int MembersOfAPort = 5;

    private const string PortsNamespace = "Recommendation.Application.Ports";

    private static readonly string[] s_emptyNames = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common"];

    /// <summary>Concrete classes and records that are not sealed, and exceptions that are none.</summary>
    /// <param name="types">What to look at.</param>
    /// <param name="exceptions">Full names of the types that may stay open, each with the reason.</param>
    internal static IEnumerable<string> Unsealed(
        IEnumerable<Type> types,
        IReadOnlyDictionary<string, string> exceptions
    )
    {
        var open = types
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Select(type => type.FullName!)
            .ToList();
        return open.Where(name => !exceptions.ContainsKey(name))
            .Select(name => $"{name} is not sealed.")
            .Concat(exceptions.Keys.Except(open).Select(name => $"{name} is an exception without need."));
    }

    internal static IEnumerable<string> EmptyNames(IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            var name = type.Name.Split('`')[0];
            if (s_emptyNames.Any(empty => name.EndsWith(empty, StringComparison.Ordinal)) && !IsTag(type))
                yield return $"{type.FullName} is named by nothing.";
            if (name == "Recommendation")
                yield return $"{type.FullName} hides the root namespace.";
            if (type.Namespace?.Split('.').Any(s_emptyNames.Contains) == true)
                yield return $"{type.FullName} is in a namespace named by nothing.";
        }
    }

    /// <summary>Interfaces of the inner layers that are not where ports are, or promise too much.</summary>
    internal static IEnumerable<string> WrongPorts(IEnumerable<Type> types)
    {
        foreach (var port in types.Where(type => type.IsInterface))
        {
            if (port.Namespace != PortsNamespace)
                yield return $"{port.FullName} is not in {PortsNamespace}.";
            if (MembersOf(port) is var members and > MembersOfAPort)
                yield return $"{port.FullName} has {members} members.";
        }
    }

    /// <summary>Ports without a file of their name.</summary>
    internal static IEnumerable<string> PortsWithoutFile(IEnumerable<Type> types, string folder) =>
        types.Where(type => type.IsInterface && !File.Exists(Path.Combine(folder, type.Name.Split('`')[0] + ".cs")))
            .Select(port => $"{port.FullName} has no file of its own in {Path.GetFileName(folder)}.");

    /// <summary>Razor knows the class of a tag by this name.</summary>
    private static bool IsTag(Type type) =>
        type.BaseType?.FullName == "Microsoft.AspNetCore.Razor.TagHelpers.TagHelper"
        && type.Name.EndsWith("TagHelper", StringComparison.Ordinal);

    private static int MembersOf(Type port) =>
        port.GetInterfaces()
            .Append(port)
            .SelectMany(type =>
                type.GetMembers(
                    BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
                )
            )
            .Count(member => member is not MethodInfo { IsSpecialName: true });
}
