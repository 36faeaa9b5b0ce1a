using System.IO.Compression;
using System.Xml.Linq;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>The package: what is in it, and that a program outside the repository can use it.</summary>
[Collection(ServeProcess.Tests)]
public sealed class PackageTests : IDisposable
{
    private const string Version = "0.0.1-test";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_program_outside_the_repository_runs_with_the_package()
    {
        var feed = Path.Combine(_folder.Path, "feed");
        await DotNetCommand.RunAsync(
            BuiltProgram.Root, "pack", "src/Clients/Recommendation.Client", "--no-build", "--nologo", "-c",
            DotNetCommand.Configuration, "-o", feed, $"-p:PackageVersion={Version}");
        RequireContents(feed, "Recommendation.Client");

        var program = Directory.CreateDirectory(Path.Combine(_folder.Path, "program")).FullName;
        File.WriteAllText(Path.Combine(program, "program.csproj"), Project(feed));
        File.Copy(
            Path.Combine(BuiltProgram.Root, "samples", "ClientProgram", "Program.cs"),
            Path.Combine(program, "Program.cs"));
        await DotNetCommand.RunAsync(program, "build", "--nologo", "-c", "Release", "-o", "built");
        await using var server = await ServeProcess.StartAsync();
        // A server that is busy answers with an empty list rather than late.
        var output = await DotNetCommand.RunAsync(program, "built/program.dll", $"{server.Address}");
        Assert.Matches(@"\A(?:bob may like tea\r?\n)?\z", output);
    }

    [Fact]
    public async Task The_package_for_pages_brings_the_client()
    {
        await DotNetCommand.RunAsync(
            BuiltProgram.Root, "pack", "src/Clients/Recommendation.Client.AspNetCore", "--no-build", "--nologo", "-c",
            DotNetCommand.Configuration, "-o", _folder.Path, $"-p:PackageVersion={Version}");
        RequireContents(_folder.Path, "Recommendation.Client.AspNetCore", "Recommendation.Client");
    }

    private static void RequireContents(string feed, string name, params string[] ownDependencies)
    {
        Assert.True(File.Exists(Path.Combine(feed, $"{name}.{Version}.snupkg")));
        using var zip = ZipFile.OpenRead(Path.Combine(feed, $"{name}.{Version}.nupkg"));
        var files = zip.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        Assert.Contains($"lib/net10.0/{name}.dll", files);
        Assert.Contains($"lib/net10.0/{name}.xml", files);
        using var readme = new StreamReader(zip.GetEntry("README.md")!.Open());
        Assert.StartsWith($"# {name}\n", readme.ReadToEnd(), StringComparison.Ordinal);
        using var manifest = zip.GetEntry($"{name}.nuspec")!.Open();
        var metadata = XDocument.Load(manifest).Root!.Elements().Single(one => one.Name.LocalName == "metadata");
        string Of(string name) => metadata.Elements().Single(one => one.Name.LocalName == name).Value;
        Assert.Equal(("Apache-2.0", "README.md"), (Of("license"), Of("readme")));
        Assert.NotEmpty(Of("description"));
        var dependencies = metadata.Descendants().Where(one => one.Name.LocalName == "dependency")
            .Select(one => one.Attribute("id")!.Value).ToList();
        Assert.Equal(
            ownDependencies, dependencies.Where(id => id.StartsWith("Recommendation", StringComparison.Ordinal)));
        Assert.DoesNotContain(dependencies, id => id.EndsWith("Analyzers", StringComparison.Ordinal));
    }

    /// <summary>A project that takes the package from a folder, and keeps what it restores of it to itself.</summary>
    private static string Project(string feed)
    {
        var global = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>packages</RestorePackagesPath>
                <RestoreFallbackFolders>{global}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Recommendation.Client" Version="{Version}" />
              </ItemGroup>
            </Project>
            """;
    }
}
