using System.Reflection;

namespace Recommendation.Architecture.Tests.Projects;

public sealed class LayerTests
{
    private static readonly ProjectFile[] s_files = [.. Product.Projects.Select(project => project.File)];

    [Fact]
    public void Domain_and_Application_are_among_the_projects_checked() =>
        Assert.Superset(
            new HashSet<string> { "Domain", "Application" },
            s_files.Select(file => file.Folder).ToHashSet()
        );

    [Fact]
    public void Every_project_is_in_a_layer() => Assert.Empty(LayerRules.Unplaced(s_files));

    [Fact]
    public void References_go_towards_the_domain() => Assert.Empty(LayerRules.WrongReferences(s_files));

    [Fact]
    public void The_domain_uses_no_package_and_MediatR_stays_in_Application_and_hosts() =>
        Assert.Empty(LayerRules.WrongPackages(s_files));

    [Fact]
    public void Compiled_assemblies_use_only_what_their_layer_may() =>
        Assert.Empty(
            Product.Projects.SelectMany(project =>
                LayerRules.WrongAssemblies(project.File.Folder, project.Assembly, s_files)
            )
        );

    [Theory]
    [InlineData("Domain", "../Application/A.csproj", "Domain references Application.")]
    [InlineData("Application", "../Infrastructure/Local/L.csproj", "Application references Infrastructure/Local.")]
    [InlineData("Infrastructure/Aws", "../Local/L.csproj", "Infrastructure/Aws references Infrastructure/Local.")]
    [InlineData(
        "Infrastructure/Lambda",
        "../Modeling/M.csproj",
        "Infrastructure/Lambda references Infrastructure/Modeling."
    )]
    [InlineData("Infrastructure/Local", "../../Hosts/Cli/C.csproj", "Infrastructure/Local references Hosts/Cli.")]
    [InlineData("Hosts/AdminApi", "../Cli/C.csproj", "Hosts/AdminApi references Hosts/Cli.")]
    [InlineData("Hosts/Cli", "../../../tests/T/T.csproj", "Hosts/Cli references ../tests/T.")]
    [InlineData("Clients/C", "../../Application/A.csproj", "Clients/C references Application.")]
    [InlineData("Hosts/Cli", "../../Clients/C/C.csproj", "Hosts/Cli references Clients/C.")]
    public void A_planted_reference_in_the_wrong_direction_is_found(string folder, string reference, string expected)
    {
        using var tree = new TemporaryFolder();
        Plant(tree, folder, $"""<ProjectReference Include="{reference}" />""");
        Assert.Equal([expected], LayerRules.WrongReferences(ProjectFile.ReadAll(tree.Path)));
    }

    [Theory]
    [InlineData("Infrastructure/Local", "../Modeling/M.csproj")]
    [InlineData("Infrastructure/Aws", "..\\Modeling\\M.csproj")]
    [InlineData("Infrastructure/Settings", "../Modeling/M.csproj")]
    [InlineData("Hosts/Cli", "../../Infrastructure/Local/L.csproj")]
    public void A_reference_in_the_right_direction_is_not(string folder, string reference)
    {
        using var tree = new TemporaryFolder();
        Plant(tree, folder, $"""<ProjectReference Include="{reference}" />""");
        Assert.Empty(LayerRules.WrongReferences(ProjectFile.ReadAll(tree.Path)));
    }

    [Theory]
    [InlineData("Domain", "FluentValidation")]
    [InlineData("Application", "Microsoft.Data.Sqlite")]
    [InlineData("Infrastructure/Local", "MediatR")]
    public void A_planted_package_in_the_wrong_layer_is_found(string folder, string package)
    {
        using var tree = new TemporaryFolder();
        Plant(tree, folder, $"""<PackageReference Include="{package}" />""");
        Assert.Equal(
            [$"{folder} references the package {package}."],
            LayerRules.WrongPackages(ProjectFile.ReadAll(tree.Path))
        );
    }

    [Fact]
    public void A_planted_project_outside_the_layers_is_found()
    {
        using var tree = new TemporaryFolder();
        Plant(tree, "Shared/Things", "");
        Assert.Equal(["Shared/Things is in no layer."], LayerRules.Unplaced(ProjectFile.ReadAll(tree.Path)));
    }

    // This assembly uses the application and MediatR: it stands in for one that must not.
    [Theory]
    [InlineData("Domain", "Recommendation.Application")]
    [InlineData("Domain", "MediatR")]
    [InlineData("Application", "Recommendation.Application")]
    [InlineData("Application", "NSubstitute")]
    [InlineData("Infrastructure/Local", "MediatR")]
    public void A_compiled_use_of_the_wrong_assembly_is_found(string folder, string assembly) =>
        Assert.Contains(
            $"{folder} uses {assembly}.",
            LayerRules.WrongAssemblies(folder, Assembly.GetExecutingAssembly(), s_files)
        );

    private static void Plant(TemporaryFolder tree, string folder, string item) =>
        tree.Write(
            $"{folder}/Planted.csproj",
            $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{item}</ItemGroup></Project>"""
        );
}
