using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// JSON by what the compiler generated for a context; nothing is looked up by reflection. Read while it comes in.
/// </summary>
/// <typeparam name="TContext">Knows every type that the handler takes and gives.</typeparam>
public sealed class SourceGeneratorLambdaJsonSerializer<TContext> : ILambdaSerializer
    where TContext : JsonSerializerContext, new()
{
    private readonly TContext _context = new();

    /// <exception cref="JsonException">The event is no JSON of that type.</exception>
    public T Deserialize<T>(Stream requestStream) =>
        JsonSerializer.Deserialize(requestStream, TypeInfo<T>())
        ?? throw new JsonException($"The event is null, not {typeof(T).Name}.");

    public void Serialize<T>(T response, Stream responseStream) =>
        JsonSerializer.Serialize(responseStream, response, TypeInfo<T>());

    private JsonTypeInfo<T> TypeInfo<T>() =>
        (JsonTypeInfo<T>?)_context.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException(
            $"{typeof(TContext).Name} does not know {typeof(T).Name}: give it "
                + $"[JsonSerializable(typeof({typeof(T).Name}))]."
        );
}
