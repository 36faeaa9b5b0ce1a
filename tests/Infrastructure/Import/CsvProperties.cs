using System.Globalization;
using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;

namespace Recommendation.Import.Tests;

public sealed class CsvProperties
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void What_CsvHelper_writes_is_read_as_it_was() =>
        Prop.ForAll(
                Rows().ToArbitrary(),
                rows =>
                {
                    foreach (var quoting in Enum.GetValues<CsvQuoting>())
                    {
                        var read = Given.Rows(Written(rows, quoting), FileFormat.Csv);
                        Assert.Equal(
                            rows.Select(r => (Blank(r.User), Blank(r.Item))),
                            read.Select(r => (r.Event.UserId, r.Event.ItemId))
                        );
                    }
                }
            )
            .Check(s_config);

    [Fact]
    public void Any_bytes_give_rows_or_a_sentence() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            foreach (var format in Enum.GetValues<FileFormat>())
                ReadAll(bytes, format);
        }).Check(s_config);

    [Fact]
    public void Any_mix_of_quotes_delimiters_and_line_ends_gives_a_result_for_every_line() =>
        Prop.ForAll(Gen.Elements("\"", ",", "\n", "\r\n", "a", "\"\"", " ").ListOf().ToArbitrary(), parts =>
        {
            var rows = Given.Rows("userId,itemId\n" + string.Concat(parts), FileFormat.Csv);
            Assert.Equal(rows.Select(r => r.Line).Distinct().Order(), rows.Select(r => r.Line));
        }).Check(s_config);

    private static void ReadAll(byte[] bytes, FileFormat format)
    {
        try
        {
            Given.Rows(Given.File([.. "userId,itemId\n"u8, .. bytes], format));
            Given.Rows(Given.File(bytes, format));
        }
        catch (InputException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static string Written(IEnumerable<(string User, string Item)> rows, CsvQuoting quoting)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { Quoting = quoting }, leaveOpen: true))
        {
            foreach (var (user, item) in rows.Prepend(("userId", "itemId")))
            {
                csv.WriteField(user);
                csv.WriteField(item);
                csv.EndRecord();
            }
        }
        return text.ToString();
    }

    private static string? Blank(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Gen<List<(string User, string Item)>> Rows() =>
        (from user in Cell() from item in Cell() select (user, item)).ListOf().Select(rows => rows.ToList());

    private static Gen<string> Cell() =>
        Gen.OneOf(
            Gen.Elements("a", "é😀", ",", "\"", "\n", "\r\n", " ", ";", "x\"y")
                .ListOf()
                .Select(parts => string.Concat(parts)),
            ArbMap
                .Default.GeneratorFor<NonNull<string>>()
                .Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)))
        );
}
