namespace Recommendation.Clients.Tests.DotNet.Given;

/// <summary>Programs that were built with the tests.</summary>
internal static class BuiltProgram
{
    /// <summary>
    /// The program in its own folder: beside the tests, packages that are part of ASP.NET Core are left out.
    /// </summary>
    internal static string Path(string project, string assembly)
    {
        var tests = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        return System.IO.Path.Combine(tests.Parent!.Parent!.FullName, project, tests.Name, assembly + ".dll");
    }

    /// <summary>The folder of the repository.</summary>
    internal static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(System.IO.Path.Combine(folder.FullName, "Recommendation.sln")))
                    return folder.FullName;
            }
            throw new InvalidOperationException("There is no Recommendation.sln above the tests.");
        }
    }
}
