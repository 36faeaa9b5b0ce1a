using Recommendation.Application.Ports;
using Recommendation.Simulator.Scheduling;

namespace Recommendation.Simulator.Actors;

/// <summary>Which call of a port ends next, and how.</summary>
internal sealed partial class World
{
    private void EndOne(bool mayWait)
    {
        var place = Random.Next(_calls.Count);
        var call = _calls[place];
        // One process may be slow: others get far ahead of it.
        if (call.Site.Node.Number == _slow && (mayWait || _calls.Count > 1) && Random.Next(8) > 0)
            return;
        if (call.Site.Method == Quiet && Busy > 1)
            return;
        _calls.RemoveAt(place);
        End(call);
        var node = call.Site.Node;
        if (node.DiesAfter is not { } calls || call.Site.Method == Quiet)
            return;
        node.DiesAfter = calls - 1;
        if (calls == 1)
            node.Kill();
    }

    private void End(PortCall call)
    {
        var site = call.Site;
        var stopped = site.Token.IsCancellationRequested;
        var fails = !IsCalm && site.Method != Quiet && (stopped || IsDown(site.Port)
            || Random.Chance(_script.FaultsPerThousand));
        if (!fails)
        {
            _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method}");
            call.Complete();
            return;
        }
        Exception problem = stopped ? new OperationCanceledException(site.Token) : site.ToProblem();
        site.Request?.Faults.Add(site.Port);
        switch (Random.Next(3))
        {
            case 0:
                _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method} fails");
                call.FailBefore(problem);
                break;
            case 1:
                _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method} is done, and its answer lost");
                call.FailAfter(problem);
                break;
            default:
                _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method} is done in part");
                IsPartial = true;
                if (CanBePartial(site))
                    call.Complete();
                else
                    call.FailBefore(problem);
                IsPartial = false;
                break;
        }
    }

    /// <summary>One machine has transactions; elsewhere a call of many may be done for some.</summary>
    private bool CanBePartial(CallOrigin site) => _script.IsStream && (site.Port, site.Method)
        is (nameof(IProfileStore), nameof(IProfileStore.SaveAsync))
        or (nameof(IInteractionLog), nameof(IInteractionLog.AppendAsync));

    private bool IsDown(string port)
    {
        if (_outage.Calls == 0 || _outage.Port != port)
            return false;
        _outage.Calls--;
        return true;
    }
}
