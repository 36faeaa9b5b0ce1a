using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>The negative items of a batch of users, drawn for each batch without replacement.</summary>
internal sealed class NegativeItems
{
    private const int Width = BlockProduct.Width;

    private readonly double[] _until;
    private readonly int[] _places;

    public NegativeItems(SparseMatrix histories, FactorOptions options)
    {
        var users = new int[histories.Columns];
        foreach (var item in histories.Indices.AsSpan(0, histories.Entries))
            users[item]++;
        _until = new double[users.Length];
        var sum = 0d;
        for (var item = 0; item < users.Length; item++)
            _until[item] = sum += users[item] == 0 ? 0 : Math.Pow(users[item], options.NegativeExponent);
        _places = new int[users.Length];
        Array.Fill(_places, -1);
        Items = new int[Math.Min(options.Negatives, users.Count(count => count > 0) / 2)];
        Vectors = [.. Enumerable.Range(0, options.Planes).Select(_ => new float[Items.Length * Width])];
    }

    public int Count => Items.Length;

    public int[] Items { get; }

    /// <summary>Their vectors at length 1, by planes of <see cref="Count"/> × 64.</summary>
    public float[][] Vectors { get; }

    /// <returns>-1 for an item that was not drawn.</returns>
    public int PlaceOf(int item) => _places[item];

    public void Draw(FactorVectors vectors, Random random)
    {
        foreach (var item in Items)
            _places[item] = -1;
        for (var place = 0; place < Count;)
        {
            var found = Array.BinarySearch(_until, random.NextDouble() * _until[^1]);
            var item = Math.Min(_until.Length - 1, found < 0 ? ~found : found + 1);
            if (_places[item] >= 0)
                continue;
            _places[item] = place;
            Items[place] = item;
            var scale = vectors.InverseLength(item);
            for (var plane = 0; plane < Vectors.Length; plane++)
                TensorPrimitives.Multiply(vectors.Of(item, plane), scale, Vectors[plane].AsSpan(place * Width, Width));
            place++;
        }
    }
}
