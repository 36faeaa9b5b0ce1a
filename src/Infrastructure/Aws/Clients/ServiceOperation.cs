using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Recommendation.Aws.Clients;

/// <summary>How one operation's request is written and its answer read.</summary>
internal sealed class ServiceOperation<TRequest, TResponse>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    internal ServiceOperation(Func<TRequest, IRequest> write, Func<ServiceAnswer, TResponse> read) =>
        Options = new InvokeOptions
        {
            RequestMarshaller = new Marshaller(write),
            ResponseUnmarshaller = new ServiceAnswerReader(read),
        };

    internal InvokeOptions Options { get; }

    private sealed class Marshaller(Func<TRequest, IRequest> write) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input) => write((TRequest)input);
    }
}
