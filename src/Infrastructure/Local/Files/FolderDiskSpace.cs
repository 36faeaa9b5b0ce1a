using Recommendation.Application.Ports;

namespace Recommendation.Local.Files;

/// <summary>The room on the disk of the data folder.</summary>
internal sealed class FolderDiskSpace(string folder) : IDiskSpace
{
    public long AvailableBytes()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The disk of '{folder}' can't be looked at: check that the folder is there. ({problem.Message})",
                problem
            );
        }
    }
}
