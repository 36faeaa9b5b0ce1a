using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recommendation.Modeling.Linear;

/// <summary>64 numbers in four registers.</summary>
internal readonly struct Lanes(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
{
    private readonly Vector512<float> _a = a;
    private readonly Vector512<float> _b = b;
    private readonly Vector512<float> _c = c;
    private readonly Vector512<float> _d = d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Load(float[] source, int at)
    {
        ref var first = ref MemoryMarshal.GetReference(source.AsSpan(at, BlockProduct.Width));
        return new(
            Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, 16),
            Vector512.LoadUnsafe(ref first, 32), Vector512.LoadUnsafe(ref first, 48));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float[] target, int at)
    {
        ref var first = ref MemoryMarshal.GetReference(target.AsSpan(at, BlockProduct.Width));
        _a.StoreUnsafe(ref first);
        _b.StoreUnsafe(ref first, 16);
        _c.StoreUnsafe(ref first, 32);
        _d.StoreUnsafe(ref first, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes MultiplyAdd(float factor, in Lanes sum)
    {
        var factors = Vector512.Create(factor);
        return new(
            Vector512.FusedMultiplyAdd(_a, factors, sum._a), Vector512.FusedMultiplyAdd(_b, factors, sum._b),
            Vector512.FusedMultiplyAdd(_c, factors, sum._c), Vector512.FusedMultiplyAdd(_d, factors, sum._d));
    }

    public static Lanes operator +(in Lanes x, in Lanes y) => new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d);

    public static Lanes operator -(in Lanes x, in Lanes y) => new(x._a - y._a, x._b - y._b, x._c - y._c, x._d - y._d);

    public static Lanes operator *(in Lanes x, float y) => new(x._a * y, x._b * y, x._c * y, x._d * y);
}
