namespace Recommendation.Aws.Migration;

/// <summary>What became of the reference table's items.</summary>
public sealed class MigratedTable
{
    /// <summary>How many sentences are kept as examples.</summary>
    public const int MaximumExamples = 10;

    private readonly List<string> _examples = [];

    /// <summary>Items of the source.</summary>
    public long Items { get; private set; }

    /// <summary>Profiles written now; of a dry run, those that would be.</summary>
    public long Written { get; private set; }

    /// <summary>Profiles that the target had already, with at least the source's count; left as they are.</summary>
    public long AlreadyThere { get; private set; }

    /// <summary>
    /// Profiles of the target that have counted less than the source: the stream reached the new table before the
    /// migration did. Left as they are.
    /// </summary>
    public long Behind { get; private set; }

    /// <summary>Items that can't be read.</summary>
    public long Rejected { get; private set; }

    /// <summary>Notes about users that came over without their last interaction, or without their list.</summary>
    public long Incomplete { get; private set; }

    /// <summary>Lists written.</summary>
    public long Lists { get; private set; }

    /// <summary>The interactions that the source's readable items have counted.</summary>
    public long SourceInteractions { get; private set; }

    /// <summary>
    /// The interactions that the same users' profiles have counted in the target, read back after the writing.
    /// </summary>
    public long TargetInteractions { get; private set; }

    /// <summary>
    /// What to look at: items that can't be read, users who are behind, and what could not be kept of others.
    /// </summary>
    public IReadOnlyList<string> Examples => _examples;

    /// <summary>Whether every item is in the target with all that it had counted.</summary>
    public bool IsComplete =>
        Rejected == 0 && Behind == 0 && Items == Written + AlreadyThere && TargetInteractions >= SourceInteractions;

    internal void Read(long interactions) =>
        (Items, SourceInteractions) = (Items + 1, SourceInteractions + interactions);

    internal void Reject(string problem)
    {
        Items++;
        Rejected++;
        Example(problem);
    }

    internal void Note(string? problem)
    {
        if (problem is null)
            return;
        Incomplete++;
        Example(problem);
    }

    internal void Add(long written, long lists) => (Written, Lists) = (Written + written, Lists + lists);

    internal void Keep(string user, long source, long target)
    {
        TargetInteractions += target;
        if (target >= source)
        {
            AlreadyThere++;
            return;
        }
        Behind++;
        Example($"User '{user}' has {target} interactions in the target and {source} in the source.");
    }

    internal void Confirm(long target) => TargetInteractions += target;

    private void Example(string sentence)
    {
        if (_examples.Count < MaximumExamples)
            _examples.Add(sentence);
    }
}
