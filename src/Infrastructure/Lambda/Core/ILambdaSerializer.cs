namespace Amazon.Lambda.Core;

/// <summary>Turns the JSON of an invocation into what the handler takes, and what it gives into JSON.</summary>
public interface ILambdaSerializer
{
    T Deserialize<T>(Stream requestStream);

    void Serialize<T>(T response, Stream responseStream);
}
