using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>A format of files of lists.</summary>
public interface IListFiles
{
    /// <summary>The end of a file's name, without the dot.</summary>
    string Extension { get; }

    /// <summary>The content of a file with these lists; the same lists give the same bytes.</summary>
    Task<byte[]> WriteAsync(IReadOnlyList<RecommendationList> lists, CancellationToken cancellationToken);

    /// <summary>A file's content without the lists of a user.</summary>
    /// <returns>Null where it holds nothing of the user.</returns>
    /// <exception cref="StoredFormatException">The file can't be read.</exception>
    Task<byte[]?> WithoutAsync(ReadOnlyMemory<byte> content, UserId user, CancellationToken cancellationToken);
}
