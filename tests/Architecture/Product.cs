using System.Reflection;
using System.Runtime.CompilerServices;
using Recommendation.Architecture.Tests.Projects;

namespace Recommendation.Architecture.Tests;

/// <summary>
/// What the rules are applied to: the repository's files, and the projects of <c>src</c> as compiled.
/// </summary>
internal static class Product
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    private static readonly Lazy<IReadOnlyList<CompiledProject>> s_projects = new(() =>
        [.. ProjectFile.ReadAll(Source).Select(file => new CompiledProject(file, Assembly.Load(file.AssemblyName)))]);

    internal static string Root => s_root.Value;

    internal static string Source => Path.Combine(Root, "src");

    internal static IReadOnlyList<CompiledProject> Projects => s_projects.Value;

    /// <summary>What was written, not what the compiler adds.</summary>
    internal static IEnumerable<Type> Types => Projects.SelectMany(project => WrittenTypes(project.Assembly));

    internal static IEnumerable<Type> WrittenTypes(Assembly assembly) =>
        assembly.GetTypes().Where(type => !IsGenerated(type));

    internal static Assembly AssemblyOf(string folder) =>
        Projects.Single(project => project.File.Folder == folder).Assembly;

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        // The class around a host's top-level statements; a generator opens it where ASP.NET Core is referenced.
        || type.GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic) is not null
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recommendation.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"There is no Recommendation.sln above {AppContext.BaseDirectory}.");
    }
}

/// <summary>A project of <c>src</c> and what it compiles to.</summary>
internal sealed record CompiledProject(ProjectFile File, Assembly Assembly);
