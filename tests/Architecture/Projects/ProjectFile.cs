using System.Xml.Linq;

namespace Recommendation.Architecture.Tests.Projects;

/// <summary>What a project file says about references.</summary>
/// <param name="Folder">Its folder below <c>src</c>, with slashes: <c>Infrastructure/Local</c>.</param>
/// <param name="References">The folders of the projects referenced, in the same form.</param>
/// <param name="Packages">The packages and frameworks referenced.</param>
internal sealed record ProjectFile(
    string Folder,
    string AssemblyName,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Packages
)
{
    internal static IReadOnlyList<ProjectFile> ReadAll(string source) =>
        [
            .. Directory
                .EnumerateFiles(source, "*.csproj", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => Read(source, file)),
        ];

    private static ProjectFile Read(string source, string file)
    {
        var project = XDocument.Load(file);
        var folder = Path.GetDirectoryName(file)!;
        return new ProjectFile(
            Relative(source, folder),
            project.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(file),
            [
                .. Includes(project, "ProjectReference")
                    .Select(include => Relative(source, Path.GetDirectoryName(Path.Combine(folder, include))!)),
            ],
            [
                .. Includes(project, "PackageReference"),
                .. Includes(project, "FrameworkReference"),
                .. Includes(project, "Reference"),
            ]
        );
    }

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(reference => reference.Attribute("Include")?.Value).OfType<string>()
            .Select(include => include.Replace('\\', '/'));

    private static string Relative(string source, string folder) =>
        Path.GetRelativePath(source, Path.GetFullPath(folder)).Replace('\\', '/');
}
