using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Recommendation.Modeling.Linear;

/// <summary>
/// Requests memory before it is needed. A model is larger than the caches, and the rows of a history are scattered over
/// it. Waiting for each row took longer than summing it.
/// </summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Asks for all of a span; does nothing where the processor has no such instruction.</summary>
    public static unsafe void Of<T>(ReadOnlySpan<T> span)
        where T : unmanaged
    {
        if (!Sse.IsSupported || span.IsEmpty)
            return;
        // A hint: the address may be stale by the time it is used, and is never read through.
        var first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));
        for (var at = 0; at < span.Length * sizeof(T); at += LineBytes)
            Sse.Prefetch0(first + at);
    }
}
