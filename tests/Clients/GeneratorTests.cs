using System.Reflection;
using System.Text.Json.Nodes;
using Recommendation.Emulators;

namespace Recommendation.Clients.Tests;

/// <summary>Generators make clients of the OpenAPI document that compile and work.</summary>
public sealed class GeneratorTests(Server server) : IClassFixture<Server>
{
    private static readonly string s_folder = typeof(GeneratorTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "GeneratorsFolder")
        .Value!;

    [Fact]
    public async Task NSwag_makes_a_client_for_each_operation_that_compiles()
    {
        var client = await CSharpClient.GenerateAsync(server.Description, server.Client);
        var operations = Operations().Select(operation => operation["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(
            operations.Select(id => $"{char.ToUpperInvariant(id[0])}{id[1..]}Async").Order(StringComparer.Ordinal),
            client.Methods.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_client_of_NSwag_sends_an_event_and_reads_the_user_and_a_problem()
    {
        var client = await CSharpClient.GenerateAsync(server.Description, server.Client);
        var one = client.New(
            "EventBody",
            ("UserId", "ann"),
            ("ItemId", "lamp"),
            ("InteractionType", "purchase"),
            ("Value", 2.0)
        );
        dynamic appended = await client.CallAsync("AppendInteractionsAsync", CSharpClient.ArrayOf(one));
        Assert.Equal(1, Get<int>(appended, "Accepted"));

        var user = await client.CallAsync("GetUserAsync", "ann");
        Assert.Equal("ann", Get<string>(user, "UserId"));
        Assert.Equal(1L, Get<long>(user, "InteractionCount"));
        Assert.Null(user.GetType().GetProperty("List")!.GetValue(user));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => client.CallAsync("GetUserAsync", "bob"));
        Assert.Equal(404, Get<int>(failure, "StatusCode"));
        Assert.Equal("not-found", Get<string>(failure.GetType().GetProperty("Result")!.GetValue(failure)!, "Code"));
    }

    [Fact]
    public async Task Openapi_typescript_makes_types_that_compile()
    {
        await NodePackages.InstallAsync(s_folder);
        var work = Directory.CreateTempSubdirectory("recommendation-typescript-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(work.FullName, "openapi.json"), server.Description);
            await NodePackages.RunAsync(
                work.FullName,
                "node",
                Tool("openapi-typescript", "bin", "cli.js"),
                "openapi.json",
                "-o",
                "api.ts"
            );
            await File.WriteAllTextAsync(
                Path.Combine(work.FullName, "use.ts"),
                """
                import type { components, operations, paths } from "./api";
                export const event: components["schemas"]["EventBody"] = { userId: "ann", itemId: "lamp", value: 2 };
                export const body: NonNullable<operations["appendInteractions"]["requestBody"]>["content"]["application/json"] = [event];
                type Answer = paths["/v1/users/{id}"]["get"]["responses"]["200"]["content"]["application/json"];
                export const count = (user: Answer): number => user.interactionCount;
                export const model = (user: Answer): string | null => user.list === null ? null : user.list.modelVersion;
                // @ts-expect-error A count is a number, and no text.
                export const text = (user: Answer): string => user.interactionCount;
                """
            );
            await NodePackages.RunAsync(
                work.FullName,
                "node",
                Tool("typescript", "bin", "tsc"),
                "--noEmit",
                "--strict",
                "api.ts",
                "use.ts"
            );
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_operation_has_a_name_described_parameters_and_schemas()
    {
        var operations = Operations();
        Assert.NotEmpty(operations);
        foreach (var operation in operations)
        {
            var id = operation["operationId"]!.GetValue<string>();
            Assert.Matches("^[a-z]+[A-Za-z]*$", id);
            Assert.Single(operation["tags"]!.AsArray());
            Assert.All(
                operation["parameters"]?.AsArray() ?? [],
                parameter => Assert.NotEmpty(parameter!["description"]!.GetValue<string>())
            );
            foreach (
                var content in operation["responses"]!
                    .AsObject()
                    .Select(response => response.Value!["content"])
                    .Append(operation["requestBody"]?["content"])
            )
                Assert.All(
                    content?.AsObject() ?? [],
                    media => Assert.True(media.Value!["schema"] is JsonObject { Count: > 0 }, $"{id} has no schema.")
                );
            Assert.Contains(
                operation["responses"]!.AsObject(),
                response =>
                    response.Key is "204"
                    || (response.Key is "200" or "202" && response.Value!["content"] is not null)
            );
        }
    }

    [Fact]
    public void Numbers_are_plain_and_each_tag_is_used_and_described()
    {
        var document = JsonNode.Parse(server.Description)!;
        Assert.DoesNotContain("\"pattern\"", server.Description, StringComparison.Ordinal);
        var used = Operations()
            .SelectMany(operation => operation["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()))
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(
            used.Order(StringComparer.Ordinal),
            document["tags"]!.AsArray().Select(tag => tag!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(document["tags"]!.AsArray(), tag => Assert.NotEmpty(tag!["description"]!.GetValue<string>()));
        var count = document["components"]!["schemas"]!["UserDocument"]!["properties"]!["interactionCount"]!;
        Assert.Equal("integer", count["type"]!.GetValue<string>());
    }

    private List<JsonObject> Operations() => [.. JsonNode.Parse(server.Description)!["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!.AsObject())];

    private static T Get<T>(object made, string property) => (T)made.GetType().GetProperty(property)!.GetValue(made)!;

    private static string Tool(params string[] path) => Path.Combine([s_folder, "node_modules", .. path]);
}
