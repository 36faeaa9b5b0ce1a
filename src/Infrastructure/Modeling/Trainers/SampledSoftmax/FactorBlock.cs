using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>
/// One step of learning for 64 users: their vectors, their similarities to the drawn items, and the gradients of both.
/// With cosines c, <c>loss = -Σ_j log(e^(c_j/τ) / (e^(c_j/τ) + Σ_k e^(c_k/τ)))</c> over the hidden items j and the
/// drawn items k that are not the user's own. Each user counts as the square root of the number of
/// hidden items. Not thread-safe.
/// </summary>
internal sealed class FactorBlock
{
    private const int Width = BlockProduct.Width;
    private const float Tiny = 1e-9f;

    private readonly SparseMatrix _histories;
    private readonly FactorVectors _sources;
    private readonly FactorVectors _targets;
    private readonly NegativeItems _negatives;
    private readonly FactorOptions _options;
    private readonly FactorUser[] _users = [.. Enumerable.Range(0, Width).Select(_ => new FactorUser())];
    private readonly float[][] _vectors;
    private readonly float[][] _gradients;
    private readonly float[][] _negativeGradients;
    private readonly float[] _byNumber = new float[Width * Width];
    private readonly float[] _scores;
    private readonly float[] _scoresByUser;
    private readonly float[] _sums = new float[Width];
    private readonly float[] _factors = new float[Width];
    private readonly float[] _steps;
    private int _count;

    public FactorBlock(
        SparseMatrix histories,
        FactorVectors sources,
        FactorVectors targets,
        NegativeItems negatives,
        FactorOptions options
    )
    {
        (_histories, _sources, _targets, _negatives, _options) = (histories, sources, targets, negatives, options);
        (_vectors, _gradients) = (NewPlanes(Width), NewPlanes(Width));
        _negativeGradients = NewPlanes(negatives.Count);
        _scores = new float[negatives.Count * Width];
        _scoresByUser = new float[negatives.Count * Width];
        _steps = new float[Width * Width * options.Planes];

        float[][] NewPlanes(int rows) => [.. Enumerable.Range(0, options.Planes).Select(_ => new float[rows * Width])];
    }

    /// <summary>Takes users, and draws what is hidden of each.</summary>
    public void Begin(ReadOnlySpan<int> users, Random random)
    {
        _count = users.Length;
        for (var at = 0; at < _count; at++)
            _users[at].Begin(_histories, users[at], _options.InputShare, random);
    }

    /// <summary>Computes the gradients; vectors do not change meanwhile.</summary>
    public void Run()
    {
        foreach (var plane in _vectors)
            Array.Clear(plane);
        foreach (var plane in _gradients)
            Array.Clear(plane);
        for (var at = 0; at < _count; at++)
            SumHistory(at);
        Compare();
        _factors.AsSpan().Clear();
        for (var at = 0; at < _count; at++)
            _factors[at] = FindHidden(at);
        for (var place = 0; place < _negatives.Count; place++)
        {
            var row = _scores.AsSpan(place * Width, Width);
            TensorPrimitives.Multiply(row, _factors, row);
        }
        BlockRows.Transpose(_scores, _scoresByUser);
        for (var plane = 0; plane < _vectors.Length; plane++)
        {
            BlockProduct.AddProduct(
                _scores,
                Width,
                _vectors[plane],
                new(_negativeGradients[plane], Width, 0),
                0.._negatives.Count,
                keep: 0,
                factor: 1
            );
            BlockProduct.AddProduct(
                _scoresByUser,
                _negatives.Count,
                _negatives.Vectors[plane],
                new(_gradients[plane], Width, 0),
                0..Width,
                keep: 1,
                factor: 1
            );
        }
        for (var at = 0; at < _count; at++)
            TakeSteps(at, StepsOf(at));
    }

    /// <summary>Moves the vectors of those of the users' own items that are a thread's to move.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <param name="isOwn">Which items are.</param>
    public void Step(float rate, Func<int, bool> isOwn)
    {
        Span<float> pull = stackalloc float[Width * _options.Planes];
        for (var at = 0; at < _count; at++)
        {
            var user = _users[at];
            var gradient = StepsOf(at);
            var meanSquare = TensorPrimitives.SumOfSquares<float>(gradient) / gradient.Length;
            for (var place = 0; place < user.Shown; place++)
            {
                if (isOwn(user.Items[place]))
                    _sources.Step(user.Items[place], gradient, meanSquare, user.Weights[place], rate);
            }
            for (var place = user.Shown; place < user.Count; place++)
            {
                if (!isOwn(user.Items[place]))
                    continue;
                for (var plane = 0; plane < _vectors.Length; plane++)
                    TensorPrimitives.Multiply(
                        _vectors[plane].AsSpan(at * Width, Width),
                        user.Pulls[place],
                        pull.Slice(plane * Width, Width)
                    );
                _targets.StepOnSphere(user.Items[place], pull, rate);
            }
        }
    }

    /// <summary>Adds what this block says of an item drawn.</summary>
    public void AddNegative(int place, Span<float> gradient)
    {
        for (var plane = 0; plane < _negativeGradients.Length; plane++)
        {
            var part = gradient.Slice(plane * Width, Width);
            TensorPrimitives.Add(part, _negativeGradients[plane].AsSpan(place * Width, Width), part);
        }
    }

    private Span<float> StepsOf(int at) => _steps.AsSpan(at * Width * _options.Planes, Width * _options.Planes);

    private void SumHistory(int at)
    {
        var user = _users[at];
        var squares = 0f;
        for (var plane = 0; plane < _vectors.Length; plane++)
        {
            var sum = _vectors[plane].AsSpan(at * Width, Width);
            for (var place = 0; place < user.Shown; place++)
                TensorPrimitives.MultiplyAdd(_sources.Of(user.Items[place], plane), user.Weights[place], sum, sum);
            squares += TensorPrimitives.SumOfSquares<float>(sum);
        }
        user.Length = MathF.Sqrt(squares) + Tiny;
        for (var plane = 0; plane < _vectors.Length; plane++)
        {
            var sum = _vectors[plane].AsSpan(at * Width, Width);
            TensorPrimitives.Divide(sum, user.Length, sum);
        }
    }

    /// <summary><c>e^((c-1)/τ)</c> of every item drawn with every user; 0 where it is the user's own.</summary>
    private void Compare()
    {
        for (var plane = 0; plane < _vectors.Length; plane++)
        {
            BlockRows.Transpose(_vectors[plane], _byNumber);
            BlockProduct.AddProduct(
                _negatives.Vectors[plane],
                Width,
                _byNumber,
                new(_scores, Width, 0),
                0.._negatives.Count,
                keep: plane == 0 ? 0 : 1,
                factor: 1
            );
        }
        TensorPrimitives.Subtract(_scores, 1, _scores);
        TensorPrimitives.Divide(_scores, _options.Temperature, _scores);
        TensorPrimitives.Exp<float>(_scores, _scores);
        for (var at = 0; at < _count; at++)
        {
            foreach (var item in _histories.IndicesOf(_users[at].User))
            {
                if (_negatives.PlaceOf(item) is >= 0 and var place)
                    _scores[(place * Width) + at] = 0;
            }
        }
        Array.Clear(_sums);
        for (var place = 0; place < _negatives.Count; place++)
            TensorPrimitives.Add(_sums, _scores.AsSpan(place * Width, Width), _sums);
    }

    /// <returns>How much the user's comparisons with the items drawn count in the gradient.</returns>
    private float FindHidden(int at)
    {
        var user = _users[at];
        var weight = 1 / (MathF.Sqrt(user.Count - user.Shown) * _options.Temperature);
        var sum = 0f;
        for (var place = user.Shown; place < user.Count; place++)
        {
            var item = user.Items[place];
            var scale = _targets.InverseLength(item);
            var cosine = 0f;
            for (var plane = 0; plane < _vectors.Length; plane++)
                cosine += TensorPrimitives.Dot(_targets.Of(item, plane), _vectors[plane].AsSpan(at * Width, Width));
            cosine *= scale;
            var found = MathF.Exp((cosine - 1) / _options.Temperature);
            var all = found + _sums[at] + float.Epsilon;
            sum += weight / all;
            user.Pulls[place] = weight * ((found / all) - 1);
            for (var plane = 0; plane < _vectors.Length; plane++)
            {
                var gradient = _gradients[plane].AsSpan(at * Width, Width);
                TensorPrimitives.MultiplyAdd(_targets.Of(item, plane), user.Pulls[place] * scale, gradient, gradient);
            }
        }
        return sum;
    }

    /// <summary>The gradient by the user's sum, from the one by the vector at length 1.</summary>
    private void TakeSteps(int at, Span<float> gradient)
    {
        var along = 0f;
        for (var plane = 0; plane < _vectors.Length; plane++)
            along += TensorPrimitives.Dot(
                _gradients[plane].AsSpan(at * Width, Width),
                _vectors[plane].AsSpan(at * Width, Width)
            );
        for (var plane = 0; plane < _vectors.Length; plane++)
        {
            var part = gradient.Slice(plane * Width, Width);
            TensorPrimitives.MultiplyAdd(
                _vectors[plane].AsSpan(at * Width, Width),
                -along,
                _gradients[plane].AsSpan(at * Width, Width),
                part
            );
            TensorPrimitives.Divide(part, _users[at].Length, part);
        }
    }
}
