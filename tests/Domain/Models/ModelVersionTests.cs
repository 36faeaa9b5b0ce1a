using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;

namespace Recommendation.Domain.Tests.Models;

/// <summary>Names that become folders and keys; run ids follow the same rule.</summary>
public sealed class ModelVersionTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("20260301T020000-als")]
    [InlineData("v1.2_rc-3")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public void A_name_can_be_a_folder_or_a_key(string text)
    {
        Assert.Equal(text, ModelVersion.Parse(text).Value);
        Assert.Equal(text, BatchRunId.Parse(text).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" v1")]
    [InlineData("v1 ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../v1")]
    [InlineData("v1/../../etc")]
    [InlineData(@"v1\..\x")]
    [InlineData("/v1")]
    [InlineData("C:v1")]
    [InlineData(".hidden")]
    [InlineData("-rf")]
    [InlineData("v1\n")]
    [InlineData("v\u00001")]
    [InlineData("versión")]
    [InlineData("v%2e%2e")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public void A_name_that_could_lead_elsewhere_is_refused(string? text)
    {
        Assert.Throws<ArgumentException>(() => ModelVersion.Parse(text));
        Assert.Throws<ArgumentException>(() => BatchRunId.Parse(text));
    }

    [Fact]
    public void Versions_sort_by_code() =>
        Assert.True(ModelVersion.Parse("V2").CompareTo(ModelVersion.Parse("v1")) < 0);
}
