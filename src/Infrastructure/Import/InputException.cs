using Recommendation.Import.Internals;

namespace Recommendation.Import;

/// <summary>A file can't be read, or not to its end. The message is a sentence that says what to do.</summary>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static InputException WhenOpening(string path, Exception cause) =>
        cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => new(
                $"There is no file '{path}'; check the path.",
                cause
            ),
            UnauthorizedAccessException => new(
                $"'{path}' may not be read by this user; change its permissions or copy it.",
                cause
            ),
            PathTooLongException => new($"The path '{path}' is too long for this system; move the file.", cause),
            _ => new($"'{path}' can't be opened: {Sentence(cause)}", cause),
        };

    internal static InputException WhenReading(string name, long line, Exception cause) =>
        cause is InvalidDataException
            ? new(
                $"The {(cause.Message.StartsWith(ZipEntrySource.Kind, StringComparison.Ordinal) ? "zip" : "gzip")} "
                    + $"data of '{name}' are damaged or cut short at line {line}; the lines before it were read. Get "
                    + "the file again, whole.",
                cause
            )
            : new(
                $"'{name}' can't be read any further at line {line}: {Sentence(cause)} The lines before it were read.",
                cause
            );

    internal static InputException WhenReadingParquet(string name, long rows, Exception cause) =>
        new(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"'{name}' can't be read as Parquet after row {rows:n0}: it is damaged, cut short, encrypted, or "
                    + $"packed by a method that is not known. "
            ) + "Get the file again, or write it anew with Snappy, gzip or zstd; the rows before it were read.",
            cause
        );

    private static string Sentence(Exception cause) =>
        cause.Message.EndsWith('.') ? cause.Message : cause.Message + ".";
}
