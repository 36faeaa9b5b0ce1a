namespace Recommendation.Import.Tests;

public sealed class BrokenFileTests : IDisposable
{
    private static readonly byte[] s_event = Given.Bytes("{\"userId\":\"u1\",\"itemId\":\"i1\"}\n");

    private readonly string _folder = Directory.CreateTempSubdirectory("import-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("There is no file", Opening(Path.Combine(_folder, "none.csv")), StringComparison.Ordinal);
        Assert.Contains(
            "There is no file",
            Opening(Path.Combine(_folder, "no-folder", "none.csv")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_is_no_file() => Assert.Contains("is a folder", Opening(_folder), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\0b")]
    [InlineData("x/../../\u0001")]
    public void A_path_that_can_not_be_gives_a_sentence(string path) =>
        Assert.EndsWith(".", Opening(path), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_may_not_be_read_says_so()
    {
        var refused = InputException.WhenOpening("orders.csv", new UnauthorizedAccessException("Access denied"));

        Assert.Contains("'orders.csv' may not be read by this user", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n \r\n\n")]
    public void An_empty_file_is_refused(string content)
    {
        Assert.Contains("is empty", Refused(Given.Bytes(content)), StringComparison.Ordinal);
        Assert.Contains("is empty", Refused(Given.Gzip(Given.Bytes(content))), StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_files_and_other_archives_are_refused_by_what_they_are()
    {
        Assert.Contains(
            "binary",
            Refused([0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 0, 1, 2]),
            StringComparison.Ordinal
        );
        Assert.Contains("binary", Refused(Given.Gzip(1, 2, 0, 3)), StringComparison.Ordinal);
        Assert.Contains("UTF-16", Refused([0xff, 0xfe, (byte)'u', 0]), StringComparison.Ordinal);
        Assert.Contains(
            "zip archive 'orders' is damaged",
            Refused([.. "PK\u0003\u0004"u8, 0, 0]),
            StringComparison.Ordinal
        );
        Assert.Contains("zstd", Refused([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\n{\"userId\":\"u\",\"itemId\":\"i\"}\n]\n", "u")]
    [InlineData("{\r\n  \"userId\": \"u\",\r\n  \"itemId\": \"i\"\r\n}\r\n{\"userId\":\"v\",\"itemId\":\"i\"}", "u v")]
    public void JSON_spread_over_lines_is_read(string content, string users) =>
        Assert.Equal(users, string.Join(' ', Given.Rows(content).Select(row => row.Event.UserId)));

    [Fact]
    public void Gzip_is_recognised_from_its_bytes_also_of_several_members_and_in_a_pipe()
    {
        var packed = (byte[])[.. Given.Gzip(s_event), .. Given.Gzip(s_event)];

        Assert.Equal(2, Given.Rows(Given.File(packed)).Count);
        using var pipe = InteractionFile.Open(new PatternStream(packed, 0, 0, []), "standard input");
        Assert.Equal(2, pipe.Rows(CancellationToken.None).Count());
        Assert.Null(pipe.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(5000)]
    public void Of_gzip_that_is_cut_short_the_rows_before_are_given_and_then_it_is_said(int cut)
    {
        var packed = Given.Gzip(Shuffled(20_000));

        var (rows, message) = Given.RowsUntilFailure(Given.File(packed[..^cut]));

        Assert.InRange(rows.Count, 10_000, 20_000);
        Assert.All(rows, row => Assert.Equal(ImportRowKind.Event, row.Kind));
        Assert.Contains($"cut short at line {rows.Count + 1}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("userId,itemId\nu1,i1\nu2,i2\nu3,\"i3")]
    [InlineData("userId,itemId\nu1,i1\nu2,i2\nu3,i3")]
    [InlineData("userId,itemId\nu1,i1\nu2,i2\n\"u3\",i3")]
    [InlineData("userId,itemId\nu1,i1\nu2,i2\n\"u3\",\"i3\"")]
    public void The_row_in_which_gzip_is_cut_short_is_not_taken_for_whole(string content)
    {
        var (rows, message) = Given.RowsUntilFailure(Given.File(Given.Gzip(Given.Bytes(content))[..^8]));

        Assert.Equal(["i1", "i2"], rows.Select(r => r.Event.ItemId ?? "").ToArray());
        Assert.Contains("at line 4", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20_000)]
    public void Bytes_after_the_gzip_data_are_reported_after_all_rows(int garbage)
    {
        var bytes = new byte[garbage];
        new Random(1).NextBytes(bytes);

        var (rows, message) = Given.RowsUntilFailure(Given.File([.. Given.Gzip(s_event), .. bytes]));

        Assert.Single(rows);
        Assert.Contains("gzip data", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_archive_with_one_file_is_read()
    {
        var packed = Given.Zip(
            ("__MACOSX/._e.csv", "x"),
            ("data/", ""),
            ("data/e.csv", "userId,itemId,timestamp\nu1,i1,12/13/2020\nu2.0,i2,1/2/2020\n")
        );

        Assert.Equal(
            ["2020-12-13T00:00:00.000Z", "2020-01-02T00:00:00.000Z"],
            Given.Rows(Given.File(packed)).Select(Some.Time)
        );
        var path = Path.Combine(_folder, "e.zip");
        File.WriteAllBytes(path, packed);
        using var file = InteractionFile.Open(path);
        Assert.Equal(["u1", "u2.0"], file.Rows(CancellationToken.None).Select(row => row.Event.UserId ?? ""));
    }

    [Fact]
    public void A_zip_archive_of_several_files_or_none_is_refused_with_their_names()
    {
        Assert.Contains(
            "holds 2 files (a.csv, b.csv)",
            Refused(Given.Zip(("a.csv", "x"), ("b.csv", "x"))),
            StringComparison.Ordinal
        );
        Assert.Contains("holds no file", Refused(Given.Zip(("a/", ""))), StringComparison.Ordinal);
        Assert.Contains(
            "is an Office document",
            Refused(Given.Zip(("[Content_Types].xml", "x"), ("sheet.xml", "x"))),
            StringComparison.Ordinal
        );
        var pipe = new PatternStream(Given.Zip(("a.csv", "x")), 0, 0, []);
        Assert.Contains(
            "is a zip file; unpack it",
            Assert.Throws<InputException>(() => InteractionFile.Open(pipe, "pipe")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Damage_in_a_zip_archive_is_reported_after_the_rows_before()
    {
        var lines = Shuffled(20_000);
        var packed = Given.Zip(("e.jsonl", System.Text.Encoding.UTF8.GetString(lines)));
        var checksum = packed.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 16;
        packed[checksum] ^= 1;

        var (rows, message) = Given.RowsUntilFailure(Given.File(packed));

        Assert.Equal(20_000, rows.Count);
        Assert.Contains("The zip data of 'orders' are damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_bomb_takes_no_memory()
    {
        using var packed = new MemoryStream();
        using (
            var gzip = new System.IO.Compression.GZipStream(
                packed,
                System.IO.Compression.CompressionLevel.Fastest,
                leaveOpen: true
            )
        )
        {
            gzip.Write(s_event);
            new PatternStream([], (byte)'x', 200_000_000, [(byte)'\n', .. s_event]).CopyTo(gzip);
        }
        packed.Position = 0;
        using var file = InteractionFile.Open(packed, "bomb");

        Assert.Equal(
            [ImportRowKind.Event, ImportRowKind.Rejected, ImportRowKind.Event],
            file.Rows(CancellationToken.None).Select(r => r.Kind).ToList()
        );
        Assert.InRange(file.BufferBytes, 64 * 1024, 1100 * 1024);
    }

    [Fact]
    public void A_disk_that_fails_in_the_middle_is_reported_after_the_rows_before()
    {
        var (rows, message) = Given.RowsUntilFailure(
            InteractionFile.Open(new FailingStream([.. s_event, .. s_event, .. "{\"use"u8]), "orders")
        );

        Assert.Equal(2, rows.Count);
        Assert.Equal(
            "'orders' can't be read any further at line 3: The disk is gone. The lines before it were read.",
            message
        );
    }

    private static byte[] Shuffled(int lines)
    {
        var random = new Random(7);
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < lines; i++)
            text.Append("{\"userId\":\"")
                .Append(random.Next())
                .Append("\",\"itemId\":\"")
                .Append(random.Next())
                .Append("\"}\n");
        return Given.Bytes(text.ToString());
    }

    private static string Opening(string path) =>
        Assert.Throws<InputException>(() => InteractionFile.Open(path)).Message;

    private static string Refused(byte[] content) => Assert.Throws<InputException>(() => Given.File(content)).Message;

    private sealed class FailingStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) =>
            base.Read(buffer) is var count and > 0 ? count : throw new IOException("The disk is gone");
    }
}
