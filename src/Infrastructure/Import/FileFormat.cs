namespace Recommendation.Import;

/// <summary>The formats of files; gzip of each is recognised by itself.</summary>
public enum FileFormat
{
    /// <summary>Recognised from the content.</summary>
    Auto,

    /// <summary>A JSON event, or an array of them, on each line.</summary>
    JsonLines,

    /// <summary>
    /// A header with at least <c>userId</c> and <c>itemId</c>, then one event a row; comma, semicolon or tab.
    /// </summary>
    Csv,

    /// <summary>
    /// The Online Retail data set: a purchase per row, dates day/month/year in UTC, the quantity as the value. The
    /// event id is invoice, product and the how-manieth such line of the invoice; the lines of an
    /// invoice must be together.
    /// </summary>
    OnlineRetail,

    /// <summary>
    /// Parquet with the columns of CSV. Read from a file that is not packed, since its table of contents is at its end.
    /// </summary>
    Parquet,
}
