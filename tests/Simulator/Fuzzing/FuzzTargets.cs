using System.Text;
using System.Text.Json;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Receipts;
using Recommendation.Application.Recommendations;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Import;
using Recommendation.Local.Sqlite;
using Recommendation.Modeling.Artefacts;
using Recommendation.Settings;

namespace Recommendation.Simulator.Fuzzing;

/// <summary>Every decoder of what comes from outside, or is read back from where it was stored.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("stream record", FuzzCorpus.Records, DecodeRecord),
        new("packed stream record", FuzzCorpus.Events, input => DecodeRecord(FuzzCorpus.Packed(input))),
        new("aggregated stream record", FuzzCorpus.Aggregates, input => DecodeRecord(FuzzCorpus.Sealed(input))),
        new("event", FuzzCorpus.Events, DecodeEvent),
        new("damaged gzip file", [.. FuzzCorpus.InteractionFiles.Select(FuzzCorpus.Packed)], ReadInteractions,
            typeof(InputException)),
        new("item file", FuzzCorpus.ItemFiles, ReadItems, typeof(InputException)),
        new("model artefact", FuzzCorpus.Artefacts, ReadModel, typeof(StoredFormatException)),
        new("unpacked model artefact", [.. FuzzCorpus.Artefacts.Select(FuzzCorpus.Unpacked)], input =>
            ReadModel(FuzzCorpus.Packed(input)), typeof(StoredFormatException)),
        new("settings", FuzzCorpus.Settings, input => SettingsReader.Read(Encoding.UTF8.GetString(input))),
        new("stored history", FuzzCorpus.Histories, input => HistoryCodec.Read(input), typeof(FormatException)),
        new("pending interactions", FuzzCorpus.Pending, input => PendingInteractions.FromStored(input).ToEntries(),
            typeof(FormatException)),
        new("stored profile", FuzzCorpus.Profiles, input => ProfileCodec.Read(FuzzCorpus.User, 1, input),
            typeof(StoredFormatException)),
        new("stored list", FuzzCorpus.Lists, input => ListCodec.Read(FuzzCorpus.User, input),
            typeof(StoredFormatException)),
        new("cursor", FuzzCorpus.Cursors, input => SeenItemsCursor.TryParse(Encoding.UTF8.GetString(input))),
        new("receipt", FuzzCorpus.Receipts, input => JsonSerializer.Deserialize(input,
            ReceiptJson.Default.SignedReceipt), typeof(JsonException)),
        new("position", FuzzCorpus.Positions, input => Position.Parse(Encoding.UTF8.GetString(input)),
            typeof(FormatException)),
    ];

    private static void DecodeRecord(byte[] input)
    {
        List<Interaction> accepted = [];
        List<QuarantinedRecord> rejected = [];
        new RecordDecoder(partitionKeyIsUser: false).Decode(new StreamRecord(input, "key", FuzzCorpus.Place,
            FuzzCorpus.Noon), accepted, rejected);
        Check(accepted);
    }

    private static void DecodeEvent(byte[] input)
    {
        List<Interaction> accepted = [];
        List<QuarantinedRecord> rejected = [];
        EventDecoder.Decode(input, FuzzCorpus.Place, FuzzCorpus.Noon, accepted, rejected);
        Check(accepted);
    }

    /// <summary>What is accepted can be written and comes back as it was.</summary>
    private static void Check(List<Interaction> accepted)
    {
        foreach (var interaction in accepted.Take(16))
        {
            List<Interaction> again = [];
            EventDecoder.Decode(EventEncoder.Encode(interaction), interaction.Position, interaction.ArrivedAt, again,
                []);
            if (again is not [var one] || one != interaction)
                throw new InvalidOperationException($"{interaction} came back as {string.Join(", ", again)}.");
        }
    }

    private static void ReadInteractions(byte[] input)
    {
        using var file = InteractionFile.Open(new MemoryStream(input), "fuzzed");
        foreach (var row in file.Rows(CancellationToken.None))
            GC.KeepAlive(row);
    }

    private static void ReadItems(byte[] input)
    {
        using var file = ItemFile.Open(new MemoryStream(input), "fuzzed");
        foreach (var row in file.Rows(CancellationToken.None))
            GC.KeepAlive(row);
    }

    private static void ReadModel(byte[] input) =>
        ModelArtefactReader.ReadAsync(new MemoryStream(input), CancellationToken.None).GetAwaiter().GetResult();
}
