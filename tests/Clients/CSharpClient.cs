using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace Recommendation.Clients.Tests;

/// <summary>A client that NSwag makes of a description, compiled and loaded.</summary>
internal sealed class CSharpClient
{
    private readonly Assembly _assembly;
    private readonly object _client;

    private CSharpClient(Assembly assembly, HttpClient client)
    {
        _assembly = assembly;
        _client = Activator.CreateInstance(assembly.GetType("Generated.ApiClient", throwOnError: true)!, client)!;
    }

    internal static async Task<CSharpClient> GenerateAsync(string description, HttpClient client)
    {
        var settings = new CSharpClientGeneratorSettings { ClassName = "ApiClient", UseBaseUrl = false };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        var source = new CSharpClientGenerator(
            await OpenApiDocument.FromJsonAsync(description),
            settings
        ).GenerateFile();
        return new CSharpClient(Compile(source), client);
    }

    internal IReadOnlyList<string> Methods =>
        [
            .. _client
                .GetType()
                .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => method.ReturnType.IsAssignableTo(typeof(Task)))
                .Select(method => method.Name)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Calls a method; parameters that are not given are null.</summary>
    internal async Task<object> CallAsync(string name, params object[] arguments)
    {
        var method = _client
            .GetType()
            .GetMethods()
            .Where(one => one.Name == name)
            .MinBy(one => one.GetParameters().Length)!;
        var all = method
            .GetParameters()
            .Select((_, index) => index < arguments.Length ? arguments[index] : null)
            .ToArray();
        var task = (Task)method.Invoke(_client, all)!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task)!;
    }

    internal object New(string type, params (string Name, object Value)[] properties)
    {
        var made = Activator.CreateInstance(_assembly.GetType($"Generated.{type}", throwOnError: true)!)!;
        foreach (var (name, value) in properties)
            made.GetType().GetProperty(name)!.SetValue(made, value);
        return made;
    }

    internal static Array ArrayOf(object element)
    {
        var array = Array.CreateInstance(element.GetType(), 1);
        array.SetValue(element, 0);
        return array;
    }

    private static Assembly Compile(string source)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(source)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        Assert.True(
            result.Success,
            string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(10))
        );
        bytes.Position = 0;
        return new AssemblyLoadContext("generated", isCollectible: false).LoadFromStream(bytes);
    }
}
