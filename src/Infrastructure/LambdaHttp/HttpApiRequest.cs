using System.Text.Json.Serialization;

namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>
/// A request to an HTTP API, payload version 2.0; the part of the official type that the bridge reads.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
/// </remarks>
public sealed class APIGatewayHttpApiV2ProxyRequest
{
    [JsonPropertyName("version")]
    public string Version { get; set; } = "";

    [JsonPropertyName("rawPath")]
    public string RawPath { get; set; } = "";

    [JsonPropertyName("rawQueryString")]
    public string RawQueryString { get; set; } = "";

    [JsonPropertyName("cookies")]
    public string[]? Cookies { get; set; }

    /// <summary>Values of one name are joined with commas.</summary>
    [JsonPropertyName("headers")]
    public IDictionary<string, string>? Headers { get; set; }

    [JsonPropertyName("requestContext")]
    public ProxyRequestContext RequestContext { get; set; } = new();

    [JsonPropertyName("body")]
    public string? Body { get; set; }

    [JsonPropertyName("isBase64Encoded")]
    public bool IsBase64Encoded { get; set; }

    public sealed class ProxyRequestContext
    {
        [JsonPropertyName("stage")]
        public string Stage { get; set; } = "";

        [JsonPropertyName("http")]
        public HttpDescription Http { get; set; } = new();

        [JsonPropertyName("authorizer")]
        public AuthorizerDescription? Authorizer { get; set; }
    }

    public sealed class HttpDescription
    {
        [JsonPropertyName("method")]
        public string Method { get; set; } = "";

        [JsonPropertyName("protocol")]
        public string Protocol { get; set; } = "";

        [JsonPropertyName("sourceIp")]
        public string SourceIp { get; set; } = "";
    }

    public sealed class AuthorizerDescription
    {
        /// <summary>Who signed the request; null where the route is not authorized by IAM.</summary>
        [JsonPropertyName("iam")]
        public IAMDescription? IAM { get; set; }
    }

    public sealed class IAMDescription
    {
        [JsonPropertyName("userArn")]
        public string UserARN { get; set; } = "";

        [JsonPropertyName("userId")]
        public string UserId { get; set; } = "";
    }
}
