using System.Reflection;
using System.Reflection.Emit;

namespace Recommendation.Architecture.Tests.Namespaces;

/// <summary>
/// Finds the types that a type uses, from its compiled form: in its declaration, in the signatures of its members, and
/// in the instructions of its methods. A constant is not found, because the compiler copies its value.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    internal static HashSet<Type> Of(Type type)
    {
        var uses = new HashSet<Type>();
        Add(uses, type.BaseType);
        foreach (var one in type.GetInterfaces())
            Add(uses, one);
        foreach (var field in type.GetFields(Declared))
            Add(uses, field.FieldType);
        foreach (var method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
            AddMethod(uses, method);
        return uses;
    }

    private static void AddMethod(HashSet<Type> uses, MethodBase method)
    {
        Add(uses, (method as MethodInfo)?.ReturnType);
        foreach (var parameter in method.GetParameters())
            Add(uses, parameter.ParameterType);
        if (method.GetMethodBody() is not { } body)
            return;
        foreach (var local in body.LocalVariables)
            Add(uses, local.LocalType);
        foreach (var token in Tokens(body.GetILAsByteArray()!))
            AddMember(uses, Resolve(method, token));
    }

    private static void AddMember(HashSet<Type> uses, MemberInfo? member)
    {
        Add(uses, member as Type ?? member?.DeclaringType);
        if (member is FieldInfo field)
            Add(uses, field.FieldType);
        if (member is MethodInfo { IsGenericMethod: true } generic)
        {
            foreach (var argument in generic.GetGenericArguments())
                Add(uses, argument);
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null
    );

    /// <summary>The tokens of the members that the instructions name.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            // Instructions of two bytes begin with 0xFE.
            var value = code[at] == 0xFE ? (short)((0xFE << 8) | code[at + 1]) : code[at];
            var instruction = s_opCodes[value];
            at += instruction.Size;
            if (
                instruction.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
                yield return BitConverter.ToInt32(code, at);
            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void Add(HashSet<Type> uses, Type? type)
    {
        while (type is { HasElementType: true })
            type = type.GetElementType();
        if (type is null || type.IsGenericParameter)
            return;
        if (!uses.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type))
            return;
        foreach (var argument in type.GetGenericArguments())
            Add(uses, argument);
    }
}
