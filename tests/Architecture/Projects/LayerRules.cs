using System.Reflection;
using System.Runtime.InteropServices;

namespace Recommendation.Architecture.Tests.Projects;

/// <summary>
/// Domain ← Application ← Infrastructure/* ← Hosts/*, and Clients/* apart from them; and who may use which packages.
/// See decision 0001.
/// </summary>
internal static class LayerRules
{
    // The platforms train and rank in the process; the settings file sets the options of the trainer.
    private static readonly string[] s_usersOfTheModel =
    [
        "Infrastructure/Local",
        "Infrastructure/Aws",
        "Infrastructure/Settings",
    ];

    // What the use cases are written with. Anything else that they need is behind a port.
    private static readonly string[] s_packagesOfApplication = ["FluentValidation", "MediatR", "Microsoft.Extensions."];

    internal static IEnumerable<string> WrongReferences(IEnumerable<ProjectFile> projects) =>
        projects.SelectMany(project => project.References
            .Where(reference => !MayReference(project.Folder, reference))
            .Select(reference => $"{project.Folder} references {reference}."));

    internal static IEnumerable<string> Unplaced(IEnumerable<ProjectFile> projects) =>
        projects
            .Where(project => LayerOf(project.Folder) is null)
            .Select(project => $"{project.Folder} is in no layer.");

    internal static IEnumerable<string> WrongPackages(IEnumerable<ProjectFile> projects) =>
        projects.SelectMany(project => project.Packages
            .Where(package => !MayUse(project.Folder, package))
            .Select(package => $"{project.Folder} references the package {package}."));

    /// <summary>
    /// The same from the compiled assembly: references that came in through another project show here.
    /// </summary>
    internal static IEnumerable<string> WrongAssemblies(
        string folder,
        Assembly assembly,
        IReadOnlyCollection<ProjectFile> projects
    )
    {
        foreach (var name in assembly.GetReferencedAssemblies().Select(reference => reference.Name!))
        {
            var project = projects.FirstOrDefault(candidate => candidate.AssemblyName == name);
            if (project is null ? !IsFramework(name) && !MayUse(folder, name) : !MayReference(folder, project.Folder))
                yield return $"{folder} uses {name}.";
        }
    }

    private static bool MayReference(string from, string to) => (LayerOf(from), LayerOf(to)) switch
    {
        ("Application", "Domain") => true,
        ("Infrastructure", "Domain" or "Application") => true,
        ("Infrastructure", "Infrastructure") => (to == "Infrastructure/Modeling" && s_usersOfTheModel.Contains(from))
            || (to == "Infrastructure/Expressions" && from is "Infrastructure/Local" or "Infrastructure/Aws")
            || (to == "Infrastructure/Lambda" && from == "Infrastructure/LambdaHttp"),
        // `recommend serve` starts the admin API in its own process.
        ("Hosts", "Hosts") => from == "Hosts/Cli" && to == "Hosts/AdminApi",
        ("Hosts", "Domain" or "Application" or "Infrastructure") => true,
        // Clients know the API only by what it says over HTTP.
        ("Clients", "Clients") => from == "Clients/Recommendation.Client.AspNetCore",
        _ => false,
    };

    private static bool MayUse(string folder, string package) => LayerOf(folder) switch
    {
        "Domain" => false,
        "Application" => s_packagesOfApplication.Any(allowed => package.StartsWith(allowed, StringComparison.Ordinal)),
        "Infrastructure" or "Clients" => !package.StartsWith("MediatR", StringComparison.Ordinal),
        _ => true,
    };

    private static string? LayerOf(string folder) => folder.Split('/') switch
    {
        ["Domain"] => "Domain",
        ["Application"] => "Application",
        ["Infrastructure", _] => "Infrastructure",
        ["Hosts", _] => "Hosts",
        ["Clients", _] => "Clients",
        _ => null,
    };

    private static bool IsFramework(string name) =>
        File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll"));
}
