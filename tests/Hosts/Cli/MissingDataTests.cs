namespace Recommendation.Cli.Tests;

/// <summary>A mistyped folder is named as such, and nothing is created there.</summary>
public sealed class MissingDataTests
{
    public static TheoryData<string> Commands =>
        new(
            "recommend ann",
            "user ann",
            "for ann",
            "similar tea",
            "explain ann tea",
            "what-if --event ann tea view",
            "profile ann",
            "forget ann --yes",
            "users merge visitor ann",
            "quarantine list",
            "quarantine redrive",
            "models list",
            "models gate",
            "models promote v1",
            "models rollback",
            "batch list",
            "batch show r1",
            "batch run",
            "batch resume r1",
            "batch cancel r1",
            "export profiles",
            "export recommendations",
            "train",
            "rebuild",
            "keys list",
            "keys revoke k1",
            "receipt key",
            "receipt new-key --yes"
        );

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_that_works_on_data_says_that_there_are_none_and_creates_nothing(string command)
    {
        using var folder = new DataFolder();
        var result = await CommandLineProgram.RecommendAsync([.. command.Split(' '), "--data", folder.Data]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"There is no data folder at '{folder.Data}'", result.Errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder.Data));
    }

    [Fact]
    public async Task A_folder_of_other_things_is_left_alone()
    {
        using var folder = new DataFolder();
        folder.Write("notes.txt", "mine");
        var result = await CommandLineProgram.RecommendAsync("profile", "ann", "--data", folder.PathOf("."));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("There are no data in the folder", result.Errors, StringComparison.Ordinal);
        Assert.Equal("notes.txt", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(folder.PathOf(".")))));
    }
}
