using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Training;

/// <summary>Whether the data are enough to learn from, and not more than a model can hold.</summary>
internal static class Sufficiency
{
    /// <exception cref="RefusedException">They are not; the message says what there is.</exception>
    public static void Check(TrainingEvents events, SparseMatrix histories, int neighbours)
    {
        var withPairs = Enumerable.Range(0, histories.Rows).Count(user => histories.IndicesOf(user).Length > 1);
        if (withPairs == 0)
        {
            throw new RefusedException(
                $"There is too little data to train on: {events.Events.Length} interactions of {events.Users} users with {events.Items} items, "
                + "and no user with two different items. Ingest more interactions first.");
        }
        if ((long)events.Items * neighbours > Array.MaxLength)
        {
            throw new RefusedException(
                $"{events.Items} items with {neighbours} neighbours each are more than a model can hold; "
                + $"set {nameof(ModelTrainerOptions.NeighboursPerItem)} to {Array.MaxLength / events.Items} at most.");
        }
    }
}
