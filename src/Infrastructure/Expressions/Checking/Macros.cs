using Recommendation.Expressions.Evaluation;

namespace Recommendation.Expressions.Checking;

/// <summary>The macros of CEL that evaluate a condition for each element of a list.</summary>
internal enum MacroKind
{
    All,
    Exists,
    ExistsOne,
}

/// <summary>Compiles macros. Errors of elements are absorbed where another element decides.</summary>
internal static class Macros
{
    internal static MacroKind? Find(string function) => function switch
    {
        "all" => MacroKind.All,
        "exists" => MacroKind.Exists,
        "exists_one" => MacroKind.ExistsOne,
        _ => null,
    };

    /// <param name="kind">Which.</param>
    /// <param name="local">The place of its variable.</param>
    /// <param name="list">The list.</param>
    /// <param name="condition">The condition on an element.</param>
    internal static Compiled Compile(MacroKind kind, int local, Evaluator list, Evaluator condition) =>
        new(ExpressionType.Boolean, (ref Frame frame) =>
        {
            if (list(ref frame) is not { Kind: TypeKind.List } elements)
                return Value.Error;
            var (count, errors) = (0, 0);
            for (var at = 0; at < elements.Count; at++)
            {
                if (!frame.Step())
                    return Value.Error;
                frame.Locals[local] = elements.At(at);
                var holds = condition(ref frame);
                if (holds.IsTrue && kind == MacroKind.Exists)
                    return Value.Of(true);
                if (holds.IsFalse && kind == MacroKind.All)
                    return Value.Of(false);
                count += holds.IsTrue ? 1 : 0;
                errors += holds.Kind != TypeKind.Boolean ? 1 : 0;
            }
            return errors > 0 ? Value.Error : Value.Of(kind switch
            {
                MacroKind.All => true,
                MacroKind.Exists => false,
                _ => count == 1,
            });
        });
}
