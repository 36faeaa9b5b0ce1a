namespace Recommendation.Architecture.Tests.Files;

public sealed class FileTests
{
    [Fact]
    public void No_source_file_is_too_long()
    {
        var files = RepositoryFiles
            .Text(Product.Root, "*.cs")
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal))
            .ToList();
        Assert.Contains("src/Application/ApplicationServices.cs", files);
        Assert.Empty(FileRules.TooLong(Product.Root, files));
    }

    [Fact]
    public void No_line_of_code_is_too_wide()
    {
        var files = RepositoryFiles.Text(Product.Root, "*.cs").ToList();
        Assert.Contains("tests/Architecture/Files/FileTests.cs", files);
        Assert.Empty(FileRules.TooWide(Product.Root, files));
    }

    [Fact]
    public void A_planted_wide_line_is_found_unless_it_can_not_be_broken()
    {
        using var folder = new TemporaryFolder();
        var words = string.Concat(Enumerable.Repeat("word ", 24));
        folder.Write("Wide.cs", $"// {words}\n");
        folder.Write("Widest.cs", $"{words}\n");
        folder.Write("Raw.cs", $"x = \"\"\"\n{words}{words}\n\"\"\";\n// {new string('x', 130)}\n");
        Assert.Equal(["Wide.cs:1 has 122 columns."], FileRules.TooWide(folder.Path, RepositoryFiles.Text(folder.Path)));
    }

    [Fact]
    public void No_message_of_a_use_case_names_a_command_since_a_request_may_have_asked()
    {
        var files = RepositoryFiles.Text(Product.Root, "*.cs")
            .Where(file => file.StartsWith("src/Application/", StringComparison.Ordinal)
                || file.StartsWith("src/Domain/", StringComparison.Ordinal))
            .ToList();
        Assert.Contains("src/Application/Ports/NextStep.cs", files);
        Assert.Empty(FileRules.NamingCommands(Product.Root, files));
    }

    [Fact]
    public void A_planted_command_is_found()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Named.cs", "/// `recommend train`\nthrow new X(\"See `recommend train`.\");\n");
        Assert.Equal(["Named.cs:2 names a command."], FileRules.NamingCommands(folder.Path, ["Named.cs"]));
    }

    [Fact]
    public void No_file_holds_what_does_not_belong_into_a_repository()
    {
        var files = RepositoryFiles.Text(Product.Root).ToList();
        Assert.Contains("README.md", files);
        Assert.Contains(".ci/run", files);
        Assert.Empty(FileRules.Banned(Product.Root, files));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Product.Root, "Recommendation.sln")).Replace('\\', '/');
        Assert.DoesNotContain(
            RepositoryFiles.Text(Product.Root, "*.csproj"),
            project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_planted_long_file_is_found_and_the_longest_allowed_is_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Long.cs", string.Concat(Enumerable.Repeat("//\n", FileRules.MaximumLines + 1)));
        folder.Write("Longest.cs", string.Concat(Enumerable.Repeat("//\n", FileRules.MaximumLines)));
        Assert.Equal(["Long.cs has 251 lines."], FileRules.TooLong(folder.Path, RepositoryFiles.Text(folder.Path)));
    }

    [Theory]
    [InlineData("/ho", "me/somebody/project", "a path of one machine")]
    [InlineData("C:", @"\Users\somebody", "a path of one machine")]
    [InlineData("\"resolved\": ", "\"https://packages.example.org/a.tgz\"", "a package source")]
    [InlineData("<package", "Sources>", "a package source")]
    [InlineData("// TO", "DO: later", "a mark of unfinished work")]
    [InlineData("somebody@somewhere", ".org", "an e-mail address")]
    [InlineData("<<<<<", "<< ours", "a merge conflict")]
    public void A_planted_line_that_does_not_belong_is_found(string start, string rest, string what)
    {
        using var folder = new TemporaryFolder();
        folder.Write("docs/notes.md", $"# Notes\n{start}{rest}\n");
        Assert.Equal(
            [$"docs/notes.md:2 holds {what}."],
            FileRules.Banned(folder.Path, RepositoryFiles.Text(folder.Path))
        );
    }

    [Theory]
    [InlineData("https://example.org/home/page")]
    [InlineData("src/root/work")]
    [InlineData("user@example.com")]
    [InlineData("/opt/ml/model")]
    public void A_line_that_only_looks_like_one_is_not(string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.md", line);
        Assert.Empty(FileRules.Banned(folder.Path, RepositoryFiles.Text(folder.Path)));
    }

    [Fact]
    public void What_is_built_fetched_or_binary_is_left_out()
    {
        using var folder = new TemporaryFolder();
        foreach (
            var file in (string[])
                ["artifacts/a.txt", "web/node_modules/b.txt", "data/c.txt", "src/data/kept.txt", ".git/config"]
        )
            folder.Write(file, "text");
        folder.Write("image.bin", "\0");
        Assert.Equal(["src/data/kept.txt"], RepositoryFiles.Text(folder.Path));
    }
}
