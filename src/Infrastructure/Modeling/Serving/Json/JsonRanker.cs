using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>
/// Answers ranking questions in the wire format of endpoints (docs/models.md). Safe for many threads: with few
/// questions at a time the users of one are shared among the processors, with many each keeps to its own.
/// </summary>
public sealed class JsonRanker(LoadedModel model) : IDisposable
{
    // Below this, handing users to another thread costs more than it saves.
    private const int WorthSharing = 32;

    /// <summary>How many bytes an answer may have.</summary>
    public const int MaximumAnswer = 64 << 20;

    private readonly ConcurrentBag<AnswerWriter> _writers = [];
    private int _inFlight;

    /// <summary>Answers one question.</summary>
    /// <param name="question">A JSON document.</param>
    /// <param name="answer">Gets a JSON document.</param>
    /// <exception cref="QuestionException">The question is not of the form; nothing was written.</exception>
    /// <exception cref="AnswerTooLargeException">The answer is larger than the buffer takes, or than
    /// <see cref="MaximumAnswer"/>.</exception>
    public void Answer(ReadOnlySpan<byte> question, IBufferWriter<byte> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Interlocked.Increment(ref _inFlight);
        try
        {
            var read = QuestionReader.Read(question);
            if (read.Form == QuestionForm.Many)
                AnswerMany(read, answer);
            else
                With(writer => writer.WriteAlone(read.Users[0], read.Form, answer));
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>Answers a question a line, with a line each.</summary>
    /// <exception cref="QuestionException">A line is no question; the message names it.</exception>
    public void AnswerLines(ReadOnlySpan<byte> questions, IBufferWriter<byte> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var number = 0;
        foreach (var range in questions.Split((byte)'\n'))
        {
            number++;
            var line = questions[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
                continue;
            try
            {
                Answer(line, answers);
            }
            catch (QuestionException problem)
            {
                throw new QuestionException($"Line {number}: {problem.Message}", problem);
            }
            answers.Write("\n"u8);
        }
    }

    public void Dispose()
    {
        while (_writers.TryTake(out var writer))
            writer.Dispose();
    }

    private void AnswerMany(Question question, IBufferWriter<byte> answer)
    {
        answer.Write("{\"modelVersion\":\""u8);
        answer.Write(JsonEncodedText.Encode(model.Version.Value).EncodedUtf8Bytes);
        answer.Write("\",\"users\":["u8);
        var parts = Math.Clamp(
            question.Users.Count / WorthSharing,
            1,
            Math.Max(1, Environment.ProcessorCount / Volatile.Read(ref _inFlight))
        );
        if (parts == 1)
            With(writer => writer.WriteUsers(question.Users, Range.All, answer));
        else
            AnswerInParallel(question, parts, answer);
        answer.Write("]}"u8);
    }

    private void AnswerInParallel(Question question, int parts, IBufferWriter<byte> answer)
    {
        var written = new PooledBuffer[parts];
        try
        {
            Parallel.For(0, parts, part =>
            {
                written[part] = new PooledBuffer(maximum: MaximumAnswer / parts);
                var range = (question.Users.Count * part / parts)..(question.Users.Count * (part + 1) / parts);
                With(writer => writer.WriteUsers(question.Users, range, written[part]));
            });
        }
        catch (AggregateException problem) when (problem.InnerExceptions.OfType<AnswerTooLargeException>().Any())
        {
            throw new AnswerTooLargeException(MaximumAnswer);
        }
        for (var part = 0; part < parts; part++)
        {
            if (part > 0)
                answer.Write(","u8);
            answer.Write(written[part].Written.Span);
            written[part].Dispose();
        }
    }

    private void With(Action<AnswerWriter> write)
    {
        if (!_writers.TryTake(out var writer))
            writer = new AnswerWriter(model.Rankable, model.EventTypes);
        write(writer);
        _writers.Add(writer);
    }
}
