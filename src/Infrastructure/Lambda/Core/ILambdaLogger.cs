namespace Amazon.Lambda.Core;

/// <summary>Writes lines to the function's log.</summary>
public interface ILambdaLogger
{
    void Log(string message);

    void LogLine(string message);
}
