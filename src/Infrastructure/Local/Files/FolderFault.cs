using Recommendation.Application.Ports;

namespace Recommendation.Local.Files;

/// <summary>The port's exception for what the file system refused.</summary>
internal static class FolderFault
{
    /// <exception cref="StoreUnavailableException">The file system refused; the message says
    /// what to look at.</exception>
    internal static async Task<T> TranslateAsync<T>(string folder, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The folder '{folder}' could not be read or written: check that this user may and that the disk has "
                    + $"space. ({exception.Message})",
                exception);
        }
    }
}
