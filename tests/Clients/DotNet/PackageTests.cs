using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
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
        await DotNetAsync(
            BuiltProgram.Root, "pack", "src/Clients/Recommendation.Client", "--no-build", "--nologo", "-c",
            Configuration, "-o", feed, $"-p:PackageVersion={Version}");
        RequireContents(Path.Combine(feed, $"Recommendation.Client.{Version}.nupkg"));
        Assert.True(File.Exists(Path.Combine(feed, $"Recommendation.Client.{Version}.snupkg")));

        var program = Directory.CreateDirectory(Path.Combine(_folder.Path, "program")).FullName;
        File.WriteAllText(Path.Combine(program, "program.csproj"), Project(feed));
        File.Copy(
            Path.Combine(BuiltProgram.Root, "samples", "ClientProgram", "Program.cs"),
            Path.Combine(program, "Program.cs"));
        await DotNetAsync(program, "build", "--nologo", "-c", "Release", "-o", "built");
        await using var server = await ServeProcess.StartAsync();
        // A server that is busy answers with an empty list rather than late.
        var output = await DotNetAsync(program, "built/program.dll", $"{server.Address}");
        Assert.Matches(@"\A(?:bob may like tea\r?\n)?\z", output);
    }

    private static string Configuration =>
        typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static void RequireContents(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        var files = zip.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", files);
        Assert.Contains("lib/net10.0/Recommendation.Client.dll", files);
        Assert.Contains("lib/net10.0/Recommendation.Client.xml", files);
        using var readme = new StreamReader(zip.GetEntry("README.md")!.Open());
        Assert.StartsWith("# Recommendation.Client", readme.ReadToEnd(), StringComparison.Ordinal);
        using var manifest = zip.GetEntry("Recommendation.Client.nuspec")!.Open();
        var metadata = XDocument.Load(manifest).Root!.Elements().Single(one => one.Name.LocalName == "metadata");
        string Of(string name) => metadata.Elements().Single(one => one.Name.LocalName == name).Value;
        Assert.Equal(("Apache-2.0", "README.md"), (Of("license"), Of("readme")));
        Assert.NotEmpty(Of("description"));
        var dependencies = metadata.Descendants().Where(one => one.Name.LocalName == "dependency")
            .Select(one => one.Attribute("id")!.Value);
        Assert.DoesNotContain(dependencies, name => name.StartsWith("Recommendation.", StringComparison.Ordinal));
        Assert.DoesNotContain(dependencies, name => name.EndsWith("Analyzers", StringComparison.Ordinal));
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

    private static async Task<string> DotNetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {arguments[0]}: {output}{await errors}");
        return output;
    }
}
