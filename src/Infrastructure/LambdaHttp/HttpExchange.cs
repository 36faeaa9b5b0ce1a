using System.Net;
using System.Security.Claims;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Net.Http.Headers;

namespace Recommendation.LambdaHttp;

/// <summary>A request of an HTTP API and the response to it, as ASP.NET Core's features.</summary>
internal sealed class HttpExchange : IDisposable, IHttpRequestBodyDetectionFeature
{
    /// <summary>The authentication type of a caller whom API Gateway has checked with IAM.</summary>
    internal const string IamAuthentication = "AWS_IAM";

    private readonly MemoryStream _body;

    internal HttpExchange(
        APIGatewayHttpApiV2ProxyRequest request,
        ILambdaContext lambda,
        CancellationToken cancellationToken
    )
    {
        _body = new MemoryStream(BytesOf(request), writable: false);
        var http = request.RequestContext.Http;
        var path = WithoutStage(request.RawPath, request.RequestContext.Stage);
        var query = request.RawQueryString.Length == 0 ? "" : "?" + request.RawQueryString;
        Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = http.Method,
            Protocol = http.Protocol,
            Scheme = "https",
            Path = Decoded(path),
            QueryString = query,
            RawTarget = path + query,
            Headers = HeadersOf(request),
            Body = _body,
        });
        Features.Set<IHttpRequestBodyDetectionFeature>(this);
        Features.Set<IHttpResponseFeature>(Response);
        Features.Set<IHttpResponseBodyFeature>(Response.BodyFeature);
        Features.Set<IHttpConnectionFeature>(
            new HttpConnectionFeature
            {
                ConnectionId = lambda.AwsRequestId,
                RemoteIpAddress = IPAddress.TryParse(http.SourceIp, out var address) ? address : null,
            }
        );
        Features.Set<IHttpRequestIdentifierFeature>(
            new HttpRequestIdentifierFeature { TraceIdentifier = lambda.AwsRequestId }
        );
        Features.Set<IHttpRequestLifetimeFeature>(
            new HttpRequestLifetimeFeature { RequestAborted = cancellationToken }
        );
        Features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature { User = UserOf(request) });
        // Under the names that the official bridge uses.
        Features.Set<IItemsFeature>(
            new ItemsFeature { Items = { ["LambdaContext"] = lambda, ["LambdaRequestObject"] = request } }
        );
    }

    internal FeatureCollection Features { get; } = new();

    internal BufferedResponse Response { get; } = new();

    public bool CanHaveBody => _body.Length > 0;

    public void Dispose()
    {
        _body.Dispose();
        Response.Dispose();
    }

    private static byte[] BytesOf(APIGatewayHttpApiV2ProxyRequest request) => request switch
    {
        { Body: null } => [],
        { IsBase64Encoded: true } => Convert.FromBase64String(request.Body),
        _ => Encoding.UTF8.GetBytes(request.Body),
    };

    private HeaderDictionary HeadersOf(APIGatewayHttpApiV2ProxyRequest request)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            headers[name] = value;
        if (request.Cookies is { Length: > 0 } cookies)
            headers[HeaderNames.Cookie] = string.Join("; ", cookies);
        headers.ContentLength = _body.Length;
        return headers;
    }

    /// <summary>A named stage is a part of the path that the application does not know.</summary>
    private static string WithoutStage(string path, string stage)
    {
        var prefix = $"/{stage}";
        if (stage is "" or "$default" || !path.StartsWith(prefix, StringComparison.Ordinal))
            return path;
        var rest = path[prefix.Length..];
        return rest.Length == 0 ? "/" : rest[0] == '/' ? rest : path;
    }

    /// <summary>As Kestrel decodes it: an encoded slash stays encoded, or it would divide segments.</summary>
    private static string Decoded(string path) =>
        Uri.UnescapeDataString(path.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));

    private static ClaimsPrincipal UserOf(APIGatewayHttpApiV2ProxyRequest request) =>
        request.RequestContext.Authorizer?.IAM is { } iam
            ? new ClaimsPrincipal(
                new ClaimsIdentity(
                    [new Claim(ClaimTypes.NameIdentifier, iam.UserARN), new Claim(ClaimTypes.Name, iam.UserARN)],
                    IamAuthentication
                )
            )
            : new ClaimsPrincipal(new ClaimsIdentity());
}
