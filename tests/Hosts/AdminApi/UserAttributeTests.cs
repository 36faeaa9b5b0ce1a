using System.Net;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>Attributes of users: put, patched, deleted, exported.</summary>
public sealed class UserAttributeTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Fact]
    public async Task Attributes_are_replaced_merged_and_deleted_and_are_part_of_the_user()
    {
        const string Path = "/v1/users/u3/attributes";
        Assert.Equal("""{"userId":"u3","attributes":{}}""", (await Api.GetAsync(Path)).Expect(HttpStatusCode.OK).Body);
        (await Api.PutAsync(Path, """{"country":"GB","score":0.5}""")).Expect(HttpStatusCode.OK);
        var patched = await Api.SendAsync(HttpMethod.Patch, Path, """{"score":null,"tags":["a"]}""");
        const string Expected = "\"attributes\":{\"country\":\"GB\",\"tags\":[\"a\"]}";
        Assert.Contains(Expected, patched.Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        foreach (var path in new[] { Path, "/v1/users/u3", "/v1/users/u3/export" })
        {
            var answer = (await Api.GetAsync(path)).Expect(HttpStatusCode.OK).Body;
            Assert.Contains(Expected, answer, StringComparison.Ordinal);
        }
        (await Api.PutAsync(Path, """{"segment":"gifts"}""")).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("country", (await Api.GetAsync(Path)).Body, StringComparison.Ordinal);
        (await Api.DeleteAsync(Path)).Expect(HttpStatusCode.NoContent);
        Assert.Equal("""{"userId":"u3","attributes":{}}""", (await Api.GetAsync(Path)).Body);
    }

    [Theory]
    [InlineData("""{"known":"1"}""", "known is the text '1'; it must be a number")]
    [InlineData("""{"two words":1}""", "is no name of an attribute")]
    [InlineData("""{"known":{}}""", "known is an object")]
    [InlineData("null", "\"status\":400")]
    [InlineData("[]", "The body is not the JSON that this route takes")]
    public async Task What_is_not_valid_is_refused_with_the_reason(string body, string reason)
    {
        (await Api.PutAsync("/v1/users/u4/attributes", """{"known":1}""")).Expect(HttpStatusCode.OK);
        var refused = await Api.PutAsync("/v1/users/u4/attributes", body);
        Assert.Contains(
            reason, refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_has_at_most_32_attributes_and_4_kilobytes_whose_types_are_not_those_of_items()
    {
        const string Path = "/v1/users/nobody-yet/attributes";
        var many = string.Join(',', Enumerable.Range(0, 31).Select(n => $"\"a{n}\":{n}"));
        (await Api.PutAsync(Path, $"{{{many}}}")).Expect(HttpStatusCode.OK);
        (await Api.SendAsync(HttpMethod.Patch, Path, """{"colour":7}""")).Expect(HttpStatusCode.OK);
        (await Api.PutAsync("/v1/items", """[{"itemId":"red","attributes":{"colour":"red","a0":"x"}}]"""))
            .Expect(HttpStatusCode.OK);
        var refused = await Api.SendAsync(HttpMethod.Patch, Path, """{"more":1}""");
        Assert.Contains("33 attributes; at most 32", refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body,
            StringComparison.Ordinal);
        refused = await Api.PutAsync(Path, $$"""{"long":"{{new string('x', 4200)}}"}""");
        Assert.Contains("at most 4096", refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body,
            StringComparison.Ordinal);
    }
}
