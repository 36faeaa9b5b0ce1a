using System.Text.Json.Nodes;
using Recommendation.Dashboard.Tests.Server;

namespace Recommendation.Dashboard.Tests.Types;

/// <summary>The pages are compiled against the documents that the API describes.</summary>
public sealed class DocumentTypesTests
{
    [Fact]
    public async Task The_types_of_the_pages_are_those_of_the_OpenAPI_document()
    {
        await using var server = await DashboardServer.StartEmptyAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        var types = TypeScript.Of(JsonNode.Parse(await client.GetStringAsync("openapi/v1.json"))!);
        var path = Path.Combine(FrontEnd.Folder, "src", "api", "documents.ts");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(path, types);
        Assert.True(
            string.Equals(types, await File.ReadAllTextAsync(path), StringComparison.Ordinal),
            $"{path} is out of date: run this test with UPDATE_SNAPSHOTS=1, and commit it if the pages still compile.");
    }

    [Fact]
    public void A_schema_is_an_interface_with_its_optional_members_its_lists_and_what_may_be_null()
    {
        var document = JsonNode.Parse(
            """
            {"components":{"schemas":{
              "B":{"type":"object","description":"Two\n lines.","required":["id","one"],"properties":{
                "id":{"type":"string"},"at":{"type":"string","nullable":true,"description":"When */."},
                "one":{"oneOf":[{"enum":[null],"nullable":true},{"$ref":"#/components/schemas/A"}]},
                "many":{"type":"array","items":{"type":"number","nullable":true}},
                "by":{"type":"object","additionalProperties":{"type":"integer"}},"any":{},"free":{"type":"object"}}},
              "A":{"type":"object"}}}}
            """)!;
        Assert.Equal(
            """

            export interface A {
            }

            /** Two lines. */
            export interface B {
              readonly id: string;
              /** When * /. */
              readonly at?: string | null;
              readonly one: A | null;
              readonly many?: readonly (number | null)[];
              readonly by?: Readonly<Record<string, number>>;
              readonly any?: unknown;
              readonly free?: Readonly<Record<string, unknown>>;
            }

            """.ReplaceLineEndings("\n"),
            TypeScript.Of(document)[(TypeScript.Of(document).IndexOf('\n') + 1)..]);
    }
}
