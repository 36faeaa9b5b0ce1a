using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

public sealed class S3FaultTests
{
    private const int PartSize = MultipartUpload.PartSize;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_large_artefact_goes_up_in_parts_and_comes_back_whole()
    {
        await using var proxy = await InFrontAsync(_ => null);
        await using var fixture = await AwsFixture.WithBucketAsync(s3: proxy.Url);
        var models = new S3ModelStore(fixture.Bucket);
        await models.PutAsync(Describe("v1"), new CountingStream((2 * PartSize) + 5), None);

        await using var artefact = await models.OpenAsync(ModelVersion.Parse("v1"), None);
        await new CountingStream((2 * PartSize) + 5).AssertSameAsync(artefact!);
        Assert.Equal(
            3,
            proxy.Requests.Count(request =>
                request.Is("PUT") && request.Target.Contains("partNumber=", StringComparison.Ordinal)
            )
        );
        Assert.All(proxy.Requests, request => Assert.InRange(request.Body.Length, 0, PartSize));
    }

    [Fact]
    public async Task An_upload_of_which_a_part_fails_leaves_no_model_and_no_parts()
    {
        await using var proxy = await InFrontAsync(request =>
            request.Target.Contains("partNumber=2", StringComparison.Ordinal)
                ? StubAnswer.S3Error(500, "InternalError")
                : null
        );
        await using var fixture = await AwsFixture.WithBucketAsync(options => options.RequestRetries = 1, proxy.Url);
        var models = new S3ModelStore(fixture.Bucket);

        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            models.PutAsync(Describe("v1"), new CountingStream(PartSize + 5), None)
        );
        Assert.Empty(await models.ListAsync(None));
        Assert.Null(await models.OpenAsync(ModelVersion.Parse("v1"), None));
        Assert.Single(
            proxy.Requests,
            request => request.Is("DELETE") && request.Target.Contains("uploadId=", StringComparison.Ordinal)
        );
        Assert.Equal(
            2,
            proxy.Requests.Count(request => request.Target.Contains("partNumber=2", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_a_failure_and_not_a_short_artefact()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var proxy = await InFrontAsync(request =>
            request.Is("GET") && request.Target.EndsWith("model.tar.gz", StringComparison.Ordinal)
                ? StubAnswer.BreakOff("half of it", 1_000, opened.Task)
                : null
        );
        await using var fixture = await AwsFixture.WithBucketAsync(s3: proxy.Url);
        var models = new S3ModelStore(fixture.Bucket);
        await models.PutAsync(Describe("v1"), new MemoryStream("whole"u8.ToArray()), None);

        await using var artefact = await models.OpenAsync(ModelVersion.Parse("v1"), None);
        opened.SetResult();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => artefact!.CopyToAsync(Stream.Null, None));
    }

    [Fact]
    public async Task A_promotion_whose_answer_was_lost_is_not_taken_for_somebody_elses()
    {
        var puts = 0;
        await using var proxy = await InFrontAsync(request =>
            request.Is("PUT") && request.Target.EndsWith("current.json", StringComparison.Ordinal) && puts++ == 0
                ? StubAnswer.LoseAnswer
                : null
        );
        await using var fixture = await AwsFixture.WithBucketAsync(s3: proxy.Url);
        var models = new S3ModelStore(fixture.Bucket);
        await models.PutAsync(Describe("v1"), new MemoryStream([1]), None);

        var pointer = await models.PointAsync(ModelVersion.Parse("v1"), ModelPointer.None, None);
        Assert.Equal(pointer, await models.CurrentAsync(None));
        Assert.Equal(2, puts);
    }

    [Fact]
    public async Task A_put_that_meets_another_under_way_is_tried_again()
    {
        var conflicts = 0;
        await using var proxy = await InFrontAsync(request =>
            request.Is("PUT") && request.Target.EndsWith("lease.json", StringComparison.Ordinal) && conflicts++ < 2
                ? StubAnswer.S3Error(409, "ConditionalRequestConflict") : null);
        await using var fixture = await AwsFixture.WithBucketAsync(s3: proxy.Url);
        var lease = new BatchLease(BatchRunId.Parse("a"), 1, Some.Noon.AddHours(1));

        Assert.Equal(lease, await new S3BatchRuns(fixture.Bucket).LeaseAsync(lease, Some.Noon, None));
        Assert.Equal(3, conflicts);
    }

    [Fact]
    public async Task A_lease_that_somebody_takes_in_between_is_theirs()
    {
        var theirs = new BatchLease(BatchRunId.Parse("theirs"), 1, Some.Noon.AddHours(1));
        var puts = 0;
        await using var proxy = await InFrontAsync(request =>
        {
            if (request.Is("PUT") && request.Target.EndsWith("lease.json", StringComparison.Ordinal) && puts++ == 0)
            {
                Assert.Contains("*", request.Header("If-None-Match"), StringComparison.Ordinal);
                return StubAnswer.S3Error(412, "PreconditionFailed");
            }
            // Between the refused put and the second look, the other one's lease is there.
            return request.Is("GET") && request.Target.EndsWith("lease.json", StringComparison.Ordinal) && puts == 1
                ? StubAnswer.Of(200, Json(theirs))
                : null;
        });
        await using var fixture = await AwsFixture.WithBucketAsync(s3: proxy.Url);
        Assert.Equal(
            theirs,
            await new S3BatchRuns(fixture.Bucket).LeaseAsync(
                new BatchLease(BatchRunId.Parse("ours"), 1, Some.Noon.AddHours(1)),
                Some.Noon,
                None
            )
        );
    }

    [Fact]
    public async Task A_bucket_that_stays_unavailable_is_asked_a_bounded_number_of_times_and_says_so()
    {
        await using var proxy = await InFrontAsync(request =>
            request.Is("PUT") ? StubAnswer.S3Error(503, "SlowDown") : null
        );
        await using var fixture = await AwsFixture.WithBucketAsync(options => options.RequestRetries = 1, proxy.Url);

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            new S3Quarantine(fixture.Bucket).AddAsync([Some.Quarantined(1)], None)
        );
        Assert.StartsWith(
            $"Bucket {fixture.Options.BucketName} answered SlowDown",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(2, proxy.CountOf("PUT"));
    }

    [Fact]
    public async Task A_record_whose_position_was_taken_before_the_process_died_is_added_by_the_next()
    {
        var fails = true;
        await using var proxy = await InFrontAsync(request =>
            fails && request.Is("PUT") && request.Target.Contains("/quarantine/", StringComparison.Ordinal)
                ? StubAnswer.Drop
                : null
        );
        await using var fixture = await AwsFixture.WithBucketAsync(options => options.RequestRetries = 0, proxy.Url);
        var quarantine = new S3Quarantine(fixture.Bucket);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => quarantine.AddAsync([Some.Quarantined(1)], None));

        fails = false;
        await quarantine.AddAsync([Some.Quarantined(1) with { ArrivedAt = Some.Noon.AddDays(1) }], None);
        var records = new List<Domain.Quarantine.QuarantinedRecord>();
        await foreach (var record in quarantine.ListAsync(includeSettled: true, None))
            records.Add(record);
        Assert.Equal(Some.Position(1), Assert.Single(records).Position);
    }

    [Fact]
    public async Task A_cancelled_call_stops_waiting_for_a_bucket_that_says_nothing()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var proxy = await InFrontAsync(request =>
        {
            if (!request.Is("GET"))
                return null;
            arrived.TrySetResult();
            return StubAnswer.Silence;
        });
        await using var fixture = await AwsFixture.WithBucketAsync(s3: proxy.Url);
        using var stop = new CancellationTokenSource();

        var reading = new S3ModelStore(fixture.Bucket).CurrentAsync(stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist_is_said_so_and_not_taken_for_empty()
    {
        await using var fixture = await AwsFixture.ConnectAsync();
        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            new S3ModelStore(fixture.Bucket).CurrentAsync(None)
        );
        Assert.Equal(
            $"Bucket {fixture.Options.BucketName} does not exist in this account and region.",
            problem.Message
        );
    }

    [Theory]
    [InlineData(
        """{"formatVersion":2,"version":"v1","previous":null,"move":"00000000-0000-0000-0000-000000000000"}""",
        "is of format 2; this version reads format 1"
    )]
    [InlineData("no json", "is damaged")]
    public async Task A_document_of_another_format_or_a_damaged_one_is_refused_with_a_sentence(
        string body,
        string expected
    )
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await fixture.Bucket.PutAsync(
            "models/current.json",
            System.Text.Encoding.UTF8.GetBytes(body),
            PutCondition.Always,
            None
        );
        var problem = await Assert.ThrowsAsync<StoredFormatException>(() =>
            new S3ModelStore(fixture.Bucket).CurrentAsync(None)
        );
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_attempt_that_freezes_fewer_segments_leaves_none_of_the_earlier_ones()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var segments = new S3BatchSegments(fixture.Bucket);
        var run = BatchRunId.Parse("r");
        foreach (var number in Enumerable.Range(0, 3))
            await segments.SnapshotAsync(run, number, [Some.User($"u{number}")], None);

        await segments.SnapshotAsync(
            run,
            BatchRun.NumbersOfPlan,
            [Some.User("u0"), Some.User("u1"), Some.User("u2")],
            None
        );
        var keys = new List<string>();
        await foreach (var key in fixture.Bucket.KeysAsync("batch-runs/r/segments/", None))
            keys.Add(key);
        Assert.Equal(["batch-runs/r/segments/1000000.json"], keys);
    }

    [Fact]
    public async Task Erasure_removes_the_old_versions_of_what_it_rewrites()
    {
        const string versions = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>
            <Version><Key>k</Key><VersionId>new</VersionId><IsLatest>true</IsLatest></Version>
            <Version><Key>k</Key><VersionId>old</VersionId><IsLatest>false</IsLatest></Version>
            <Version><Key>k-of-another</Key><VersionId>other</VersionId><IsLatest>false</IsLatest></Version>
            </ListVersionsResult>
            """;
        await using var proxy = await FaultProxy.StartAsync(request =>
            request.Is("GET") ? StubAnswer.Of(200, versions, "application/xml") : StubAnswer.Of(204, "")
        );
        await using var fixture = await AwsFixture.ConnectAsync(s3: proxy.Url);
        await new ObjectVersions(fixture.Bucket).RemoveEarlierAsync("k", None);
        Assert.EndsWith(
            "/k?versionId=old",
            Assert.Single(proxy.Requests, request => request.Is("DELETE")).Target,
            StringComparison.Ordinal
        );
    }

    private static async Task<FaultProxy> InFrontAsync(Func<StubRequest, StubAnswer?> rule) =>
        await FaultProxy.StartAsync(rule, (await EmulatorServers.RunningAsync()).S3);

    private static string Json(BatchLease lease) =>
        System.Text.Encoding.UTF8.GetString(S3Json.Write(LeaseDocument.From(lease), S3Json.Default.LeaseDocument));

    private static ModelDescription Describe(string version) =>
        new(
            ModelVersion.Parse(version),
            Some.Noon,
            "sparse",
            1,
            1,
            1,
            1,
            new Dictionary<string, double>(StringComparer.Ordinal),
            new Dictionary<string, double>(StringComparer.Ordinal)
        );
}
