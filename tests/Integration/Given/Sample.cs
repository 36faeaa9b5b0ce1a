using System.Globalization;
using Recommendation.Application.Interactions;
using Recommendation.Domain;
using Recommendation.Import;

namespace Recommendation.Integration.Tests.Given;

/// <summary>
/// The sample with its times moved to the days before now, since a nightly run ranks who is active today; ids as the
/// command line gives them.
/// </summary>
internal static class Sample
{
    internal static async Task WriteAsync(string path, DateTimeOffset now)
    {
        const string Name = "online-retail-2010-12.csv.gz";
        var days = TimeSpan.FromDays(
            Math.Floor((now - new DateTimeOffset(2010, 12, 21, 0, 0, 0, TimeSpan.Zero)).TotalDays)
        );
        using var file = InteractionFile.Open(Repository.PathOf("samples", Name));
        await using var output = File.Create(path);
        foreach (var row in file.Rows(CancellationToken.None).Where(row => row.Kind == ImportRowKind.Event))
        {
            var raw = row.Event with
            {
                EventId = FileEventId.Of(Name, row.Line, row.Index, EventEncoder.Encode(row.Event)).Value,
                Timestamp = Timestamps.Format(
                    DateTimeOffset.Parse(
                        row.Event.Timestamp!,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal
                    ) + days
                ),
            };
            await output.WriteAsync(EventEncoder.Encode(raw));
            output.WriteByte((byte)'\n');
        }
    }
}
