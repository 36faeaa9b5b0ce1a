using System.Globalization;

namespace Recommendation.Expressions.Tests;

/// <summary>Expressions of the language that have the right types, made from a seed.</summary>
internal sealed class MadeExpressions(int seed)
{
    private static readonly string[] s_comparisons = ["<", "<=", ">", ">=", "==", "!="];
    private readonly Random _random = new(seed);
    private int _variables;

    internal string Condition(int depth = 3) => (depth == 0 ? 0 : _random.Next(9)) switch
    {
        0 => _random.Next(2) == 0 ? "true" : "false",
        1 => $"{Integer(depth - 1)} {One(s_comparisons)} {Integer(depth - 1)}",
        2 => $"{Decimal(depth - 1)} {One(s_comparisons)} {Decimal(depth - 1)}",
        3 => $"{Text(depth - 1)} {One(["==", "!="])} {Text(depth - 1)}",
        4 => $"({Condition(depth - 1)} && {Condition(depth - 1)})",
        5 => $"({Condition(depth - 1)} || {Condition(depth - 1)})",
        6 => $"!({Condition(depth - 1)})",
        7 => Macro(),
        _ => $"{Text(depth - 1)}.{One(["startsWith", "endsWith", "contains"])}({Text(depth - 1)})",
    };

    private string Macro()
    {
        var name = $"x{_variables++}";
        var list = string.Join(", ", Enumerable.Range(0, _random.Next(4)).Select(_ => Integer(0)));
        return $"[{list}].{One(["exists", "all", "exists_one"])}({name}, {name} {One(s_comparisons)} {Integer(0)})";
    }

    private string Integer(int depth) => (depth <= 0 ? 0 : _random.Next(4)) switch
    {
        0 => One(["0", "1", "2", "7", "-3", "9223372036854775807"]),
        1 => $"({Integer(depth - 1)} {One(["+", "-", "*", "/", "%"])} {Integer(depth - 1)})",
        2 => $"size({Text(depth - 1)})",
        _ => $"({Condition(depth - 1)} ? {Integer(depth - 1)} : {Integer(depth - 1)})",
    };

    private string Decimal(int depth) => (depth <= 0 ? 0 : _random.Next(3)) switch
    {
        0 => (_random.Next(-8, 9) / 4d).ToString("0.00", CultureInfo.InvariantCulture),
        1 => $"({Decimal(depth - 1)} {One(["+", "-", "*"])} {Decimal(depth - 1)})",
        _ => $"double({Integer(depth - 1)})",
    };

    private string Text(int depth) => (depth <= 0 ? 0 : _random.Next(3)) switch
    {
        0 => One(["''", "'a'", "'ab'", "\"b\"", "'\\u00e9'"]),
        1 => $"({Text(depth - 1)} + {Text(depth - 1)})",
        _ => $"string({Integer(0)})",
    };

    private string One(string[] of) => of[_random.Next(of.Length)];
}
