using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Recommendation.Dashboard.Tests.Browsers;

/// <summary>
/// Notes what a page must never do: log an error, throw, break the content security policy (which Chromium reports as
/// an error), or ask another host. Failed answers are compared with what the test expects.
/// </summary>
internal sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<int> _failed = [];

    internal PageWatch(IPage page, Uri server)
    {
        page.Console += (_, message) =>
        {
            // A failed answer is logged as well; it is compared by its status instead.
            if (
                message.Type is "error" or "warning"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            )
                _complaints.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, problem) => _complaints.Enqueue($"thrown: {problem}");
        page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(server.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
            )
                _complaints.Enqueue($"another host: {request.Url}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                _failed.Enqueue(response.Status);
        };
    }

    internal void AssertClean(int[] expected)
    {
        Assert.Empty(_complaints);
        Assert.Equal(expected.Distinct().Order(), _failed.Distinct().Order());
    }
}
