using System.Net;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

public sealed class InterruptedErasureTests
{
    [Fact]
    public async Task An_erasure_that_is_interrupted_says_why_and_not_where_the_data_folder_is()
    {
        await using var api = await RunningApi.StartAsync();
        await api.PostAsync("/v1/interactions", """{"userId":"ann","itemId":"i1"}""");
        var lists = Directory.CreateDirectory(Path.Combine(api.Folder, "batch-results", "2026-01-01", "r1", "lists"));
        await File.WriteAllTextAsync(Path.Combine(lists.FullName, "000000.unknown"), "ann");

        var accepted = (await api.DeleteAsync("/v1/users/ann")).Expect(HttpStatusCode.Accepted);
        var one = (await api.GetAsync($"/v1/erasures/{accepted.Json["erasureId"]}")).Expect(HttpStatusCode.OK);
        var all = (await api.GetAsync("/v1/erasures")).Expect(HttpStatusCode.OK);

        foreach (var shown in new[] { accepted.Json, one.Json, all.Json["erasures"]![0]! })
        {
            var problem = shown["problem"]!.GetValue<string>();
            Assert.Contains("(data folder)/batch-results/2026-01-01/r1/lists/", problem, StringComparison.Ordinal);
            Assert.DoesNotContain(api.Folder, problem, StringComparison.Ordinal);
        }
    }
}
