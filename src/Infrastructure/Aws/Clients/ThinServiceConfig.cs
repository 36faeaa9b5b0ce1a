using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Recommendation.Aws.Clients;

/// <summary>
/// What distinguishes a service: its id (for <c>AWS_ENDPOINT_URL_{ID}</c>), its host and the name it is signed with.
/// </summary>
internal abstract class ThinServiceConfig : ClientConfig
{
    // The modes that the official clients know; AWS_DEFAULTS_MODE chooses.
    private static readonly DefaultConfigurationProvider s_defaults = new(
        new IDefaultConfiguration[]
        {
            new DefaultConfiguration
            {
                Name = DefaultConfigurationMode.Standard,
                RetryMode = RequestRetryMode.Standard,
                ConnectTimeout = TimeSpan.FromMilliseconds(3100),
            },
            new DefaultConfiguration
            {
                Name = DefaultConfigurationMode.CrossRegion,
                RetryMode = RequestRetryMode.Standard,
                ConnectTimeout = TimeSpan.FromMilliseconds(3100),
            },
            new DefaultConfiguration
            {
                Name = DefaultConfigurationMode.Mobile,
                RetryMode = RequestRetryMode.Standard,
                ConnectTimeout = TimeSpan.FromSeconds(30),
            },
            new DefaultConfiguration
            {
                Name = DefaultConfigurationMode.InRegion,
                RetryMode = RequestRetryMode.Standard,
                ConnectTimeout = TimeSpan.FromMilliseconds(1100),
            },
        }
    );

    private readonly string _endpointPrefix;

    protected ThinServiceConfig(string serviceId, string endpointPrefix, string signingName, string serviceVersion)
        : base(s_defaults)
    {
        _endpointPrefix = endpointPrefix;
        ServiceId = serviceId;
        AuthenticationServiceName = signingName;
        ServiceVersion = serviceVersion;
    }

    public override string ServiceVersion { get; }

    public override string UserAgent => $"aws-sdk-dotnet#{ServiceId.Replace(' ', '_')}";

    public override string RegionEndpointServiceName => _endpointPrefix;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(Url());

    /// <summary>Where the service is: the configured URL, else the regional host.</summary>
    /// <exception cref="AmazonClientException">Neither a region nor a URL is configured.</exception>
    internal string Url()
    {
        if (!string.IsNullOrEmpty(ServiceURL))
            return ServiceURL;
        var region = RegionEndpoint ?? throw new AmazonClientException(
            $"No region is configured for {ServiceId}: set AWS_REGION, or AWS_ENDPOINT_URL for a server of your own.");
        var suffix = UseDualstackEndpoint ? DualStackSuffix(region.PartitionDnsSuffix) : region.PartitionDnsSuffix;
        return $"https://{Host(region.SystemName)}.{region.SystemName}.{suffix}";
    }

    /// <summary>
    /// As the services' endpoint rules have it: the first label gets the suffix, as in <c>runtime-fips.sagemaker</c>;
    /// the endpoints of the government's regions conform to FIPS under their usual names.
    /// </summary>
    private string Host(string region)
    {
        if (!UseFIPSEndpoint || (region.StartsWith("us-gov-", StringComparison.Ordinal) && !UseDualstackEndpoint))
            return _endpointPrefix;
        var end = _endpointPrefix.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? $"{_endpointPrefix}-fips" : $"{_endpointPrefix[..end]}-fips{_endpointPrefix[end..]}";
    }

    /// <summary>See https://docs.aws.amazon.com/general/latest/gr/rande.html#dual-stack-endpoints.</summary>
    private static string DualStackSuffix(string suffix) =>
        suffix switch
        {
            "amazonaws.com" => "api.aws",
            "amazonaws.com.cn" => "api.amazonwebservices.com.cn",
            _ => throw new AmazonClientException(
                $"Dual-stack endpoints under {suffix} are not known: unset AWS_USE_DUALSTACK_ENDPOINT, or set "
                    + "AWS_ENDPOINT_URL."
            ),
        };
}
