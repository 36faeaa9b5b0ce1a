using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;

namespace Recommendation.LambdaHttp;

[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class HttpApiJson : JsonSerializerContext;
