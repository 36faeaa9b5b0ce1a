using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>
/// Answers ranking requests in the wire format of endpoints (docs/models.md). Thread-safe: with few concurrent requests
/// the users of one request are shared among the processors; with many, each request stays on one.
/// </summary>
public sealed class JsonRanker(LoadedModel model) : IDisposable
{
    // Below this, handing users to another thread costs more than it saves.
    private const int WorthSharing = 32;

    /// <summary>The maximum number of bytes in an answer.</summary>
    public const int MaximumAnswer = 64 << 20;

    private readonly ConcurrentBag<RankResponseWriter> _writers = [];
    private int _inFlight;

    /// <summary>Answers one request.</summary>
    /// <param name="request">A JSON document.</param>
    /// <param name="answer">Receives a JSON document.</param>
    /// <exception cref="RankRequestException">The request is invalid; nothing was written.</exception>
    /// <exception cref="RankResponseTooLargeException">The answer is larger than the buffer takes, or than
    /// <see cref="MaximumAnswer"/>.</exception>
    public void Answer(ReadOnlySpan<byte> request, IBufferWriter<byte> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Interlocked.Increment(ref _inFlight);
        try
        {
            var read = RankRequestReader.Read(request);
            if (read.Form == RankRequestForm.Many)
                AnswerMany(read, answer);
            else
                With(writer => writer.WriteAlone(read.Users[0], read.Form, answer));
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>Answers one request per line, with one line per answer.</summary>
    /// <exception cref="RankRequestException">A line is not a valid request. The message names the line.</exception>
    public void AnswerLines(ReadOnlySpan<byte> requests, IBufferWriter<byte> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var number = 0;
        foreach (var range in requests.Split((byte)'\n'))
        {
            number++;
            var line = requests[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
                continue;
            try
            {
                Answer(line, answers);
            }
            catch (RankRequestException problem)
            {
                throw new RankRequestException($"Line {number}: {problem.Message}", problem);
            }
            answers.Write("\n"u8);
        }
    }

    public void Dispose()
    {
        while (_writers.TryTake(out var writer))
            writer.Dispose();
    }

    private void AnswerMany(RankRequest request, IBufferWriter<byte> answer)
    {
        answer.Write("{\"modelVersion\":\""u8);
        answer.Write(JsonEncodedText.Encode(model.Version.Value).EncodedUtf8Bytes);
        answer.Write("\",\"users\":["u8);
        var parts = Math.Clamp(
            request.Users.Count / WorthSharing,
            1,
            Math.Max(1, Environment.ProcessorCount / Volatile.Read(ref _inFlight))
        );
        if (parts == 1)
            With(writer => writer.WriteUsers(request.Users, Range.All, answer));
        else
            AnswerInParallel(request, parts, answer);
        answer.Write("]}"u8);
    }

    private void AnswerInParallel(RankRequest request, int parts, IBufferWriter<byte> answer)
    {
        var written = new PooledBuffer[parts];
        try
        {
            Parallel.For(0, parts, part =>
            {
                written[part] = new PooledBuffer(maximum: MaximumAnswer / parts);
                var range = (request.Users.Count * part / parts)..(request.Users.Count * (part + 1) / parts);
                With(writer => writer.WriteUsers(request.Users, range, written[part]));
            });
        }
        catch (AggregateException problem) when (problem.InnerExceptions.OfType<RankResponseTooLargeException>().Any())
        {
            throw new RankResponseTooLargeException(MaximumAnswer);
        }
        for (var part = 0; part < parts; part++)
        {
            if (part > 0)
                answer.Write(","u8);
            answer.Write(written[part].Written.Span);
            written[part].Dispose();
        }
    }

    private void With(Action<RankResponseWriter> write)
    {
        if (!_writers.TryTake(out var writer))
            writer = new RankResponseWriter(model.Rankable, model.EventTypes);
        write(writer);
        _writers.Add(writer);
    }
}
