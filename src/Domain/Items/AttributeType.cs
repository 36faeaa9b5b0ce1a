namespace Recommendation.Domain.Items;

/// <summary>The type of an attribute. An attribute has one type in the whole catalogue.</summary>
public enum AttributeType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A moment, in UTC.</summary>
    Time,

    /// <summary>A list of texts, in order.</summary>
    TextList,

    /// <summary>Finite numbers of one length, such as an embedding.</summary>
    Vector,
}
