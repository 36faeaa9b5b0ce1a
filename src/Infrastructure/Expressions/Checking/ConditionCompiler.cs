using Recommendation.Application.Ports;
using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Syntax;
using static Recommendation.Expressions.Checking.Requirements;

namespace Recommendation.Expressions.Checking;

/// <summary>
/// Checks the types of an expression and compiles it to delegates. An evaluation never throws: what has no value is an
/// error that <c>&amp;&amp;</c> and <c>||</c> absorb where the other side decides, as CEL says.
/// </summary>
internal sealed class ConditionCompiler(ExpressionSchema schema)
{
    private readonly Variables _variables = new(schema);
    private readonly List<(string Name, TypeKind Kind)> _locals = [];

    /// <summary>The most variables of <c>exists</c> and its like that are in scope at once.</summary>
    internal int MostLocals { get; private set; }

    /// <exception cref="InvalidExpressionException">The types do not fit.</exception>
    internal Evaluator Condition(Node node)
    {
        var compiled = Compile(node);
        Require(node, compiled, TypeKind.Boolean);
        return compiled.Evaluate;
    }

    /// <summary>Compiles a part of a condition that was checked.</summary>
    internal Evaluator Part(Node node) => Compile(node).Evaluate;

    private Compiled Compile(Node node) => node switch
    {
        LiteralNode literal => Literal(literal),
        ListNode list => List(list),
        NameNode name => Name(name),
        FieldNode field => Field(field),
        IndexNode index => Index(index),
        CallNode call => Call(call),
        UnaryNode unary => Unary(unary),
        BinaryNode { Operator: TokenKind.And or TokenKind.Or } both => Logical(both),
        BinaryNode binary => Binary(binary),
        ConditionalNode conditional => Conditional(conditional),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} can't be compiled."),
    };

    private static Compiled Literal(LiteralNode node)
    {
        var (type, value) = node.Value switch
        {
            null => (new ExpressionType(TypeKind.Null), Value.Null),
            bool boolean => (ExpressionType.Boolean, Value.Of(boolean)),
            long integer => (ExpressionType.Integer, Value.Of(integer)),
            double number => (ExpressionType.Double, Value.Of(number)),
            var text => (ExpressionType.Text, Value.Of((string)text)),
        };
        return new(type, (ref Frame _) => value);
    }

    private Compiled List(ListNode node)
    {
        var items = Array.ConvertAll(node.Items, Compile);
        var kinds = items.Select(item => item.Type.Kind).Distinct().ToList();
        var type = new ExpressionType(TypeKind.List, kinds is [var one] ? one : TypeKind.Any);
        if (Array.TrueForAll(node.Items, item => item is LiteralNode))
        {
            // Most lists are literals: made once, not for each item.
            var fixedItems = Array.ConvertAll(items, item => Constant(item));
            var constant = Value.Of(fixedItems);
            return new(type, (ref Frame _) => constant);
        }
        return new(type, (ref Frame frame) =>
        {
            var values = new Value[items.Length];
            for (var at = 0; at < values.Length; at++)
            {
                values[at] = items[at].Evaluate(ref frame);
                if (values[at].IsError)
                    return Value.Error;
            }
            return Value.Of(values);
        });
    }

    private Compiled Name(NameNode node)
    {
        var local = _locals.FindLastIndex(one => IsNamed(one.Name, node.Name));
        if (local >= 0)
            return new(new(_locals[local].Kind), (ref Frame frame) => frame.Locals[local]);
        if (IsNamed(node.Name, "now"))
            return new(ExpressionType.Time, (ref Frame frame) => Value.Of(frame.Scope.Now));
        throw ExpressionErrors.At(node.Position, Variables.Names.Contains(node.Name)
            ? $"name a field of it, such as {node.Name}.{(IsNamed(node.Name, "item") ? "price" : "country")}"
            : $"there is no '{node.Name}'; expected item, user, context or now");
    }

    private Compiled Field(FieldNode node) => node.Target is NameNode { Name: var name } && IsVariable(name)
        ? _variables.Field(name, node.Field, node.Position)
        : throw ExpressionErrors.At(node.Position, $"only item, user and context have fields, such as '{node.Field}'");

    private bool IsVariable(string name) =>
        Variables.Names.Contains(name) && !_locals.Exists(local => IsNamed(local.Name, name));

    private Compiled Index(IndexNode node)
    {
        if (
            node is { Target: NameNode { Name: var name }, Index: LiteralNode { Value: string field } }
            && IsVariable(name)
        )
            return _variables.Field(name, field, node.Index.Position);
        var (target, index) = (Compile(node.Target), Compile(node.Index));
        Require(node.Target, target, TypeKind.List);
        Require(node.Index, index, TypeKind.Integer);
        var (list, at) = (target.Evaluate, index.Evaluate);
        return new(new(target.Type.Element), (ref Frame frame) =>
            (list(ref frame), at(ref frame)) is ({ Kind: TypeKind.List } of, { Kind: TypeKind.Integer } place)
            && place.Integer >= 0 && place.Integer < of.Count
                ? of.At((int)place.Integer) : Value.Error);
    }

    private Compiled Call(CallNode node)
    {
        if (node is { Target: null, Function: "has" })
            return Has(node);
        if (node.Target is not null && Macros.Find(node.Function) is { } macro)
            return Macro(node, macro);
        return Functions.Of(
            node,
            node.Target is null ? null : Compile(node.Target),
            Array.ConvertAll(node.Arguments, Compile)
        );
    }

    private Compiled Has(CallNode node)
    {
        if (node.Arguments is not [FieldNode field])
            throw ExpressionErrors.At(node.Position, "has(…) takes a field, such as has(item.price)");
        var evaluate = Field(field).Evaluate;
        return new(ExpressionType.Boolean, (ref Frame frame) => Value.Of(!evaluate(ref frame).IsError));
    }

    private Compiled Macro(CallNode node, MacroKind macro)
    {
        var target = Compile(node.Target!);
        Require(node.Target!, target, TypeKind.List);
        if (node.Arguments is not [NameNode variable, var body])
            throw ExpressionErrors.At(node.Position, $"{node.Function} takes a name and a condition, such as "
                + $"item.categories.{node.Function}(c, c.startsWith('a'))");
        _locals.Add((variable.Name, target.Type.Element));
        MostLocals = Math.Max(MostLocals, _locals.Count);
        var condition = Compile(body);
        Require(body, condition, TypeKind.Boolean);
        _locals.RemoveAt(_locals.Count - 1);
        return Macros.Compile(macro, _locals.Count, target.Evaluate, condition.Evaluate);
    }

    private Compiled Unary(UnaryNode node)
    {
        var operand = Compile(node.Operand);
        var evaluate = operand.Evaluate;
        if (node.Operator == TokenKind.Minus)
        {
            Require(node.Operand, operand, TypeKind.Integer, TypeKind.Double);
            return new(operand.Type, (ref Frame frame) => Operators.Negate(evaluate(ref frame)));
        }
        Require(node.Operand, operand, TypeKind.Boolean);
        return new(ExpressionType.Boolean, (ref Frame frame) =>
            evaluate(ref frame) is { Kind: TypeKind.Boolean } value ? Value.Of(!value.Boolean) : Value.Error);
    }

    private Compiled Logical(BinaryNode node)
    {
        var (left, right) = (Compile(node.Left), Compile(node.Right));
        Require(node.Left, left, TypeKind.Boolean);
        Require(node.Right, right, TypeKind.Boolean);
        var (one, other) = (left.Evaluate, right.Evaluate);
        if (node.Operator == TokenKind.And)
            return new(ExpressionType.Boolean, (ref Frame frame) =>
            {
                var first = one(ref frame);
                if (first.IsFalse)
                    return first;
                var second = other(ref frame);
                return second.IsFalse || (first.IsTrue && second.IsTrue) ? second : Value.Error;
            });
        return new(ExpressionType.Boolean, (ref Frame frame) =>
        {
            var first = one(ref frame);
            if (first.IsTrue)
                return first;
            var second = other(ref frame);
            return second.IsTrue || (first.IsFalse && second.IsFalse) ? second : Value.Error;
        });
    }

    private Compiled Binary(BinaryNode node)
    {
        var (left, right) = (Compile(node.Left), Compile(node.Right));
        var type = OperatorTypes.Of(node, left.Type, right.Type);
        var (one, other, kind) = (left.Evaluate, right.Evaluate, node.Operator);
        return new(type, (ref Frame frame) => Operators.Apply(kind, one(ref frame), other(ref frame)));
    }

    private Compiled Conditional(ConditionalNode node)
    {
        var (condition, then, otherwise) = (Compile(node.Condition), Compile(node.Then), Compile(node.Otherwise));
        Require(node.Condition, condition, TypeKind.Boolean);
        if (then.Type.Kind != otherwise.Type.Kind && !then.Type.MayBe(otherwise.Type.Kind)
            && !otherwise.Type.MayBe(then.Type.Kind))
            throw ExpressionErrors.At(
                node.Otherwise.Position, $"expected {then.Type} as after the '?', but this is {otherwise.Type}");
        var (decide, one, other) = (condition.Evaluate, then.Evaluate, otherwise.Evaluate);
        return new(then.Type.Kind == TypeKind.Any ? otherwise.Type : then.Type, (ref Frame frame) =>
            decide(ref frame) is { Kind: TypeKind.Boolean, IsError: false } value
                ? value.Boolean ? one(ref frame) : other(ref frame)
                : Value.Error);
    }

    private static bool IsNamed(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private static Value Constant(Compiled literal)
    {
        var frame = new Frame(default, []);
        return literal.Evaluate(ref frame);
    }
}
