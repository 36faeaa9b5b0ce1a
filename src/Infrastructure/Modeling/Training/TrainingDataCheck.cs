using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Training;

/// <summary>Checks that there are enough data to learn from, and not more than a model can hold.</summary>
internal static class TrainingDataCheck
{
    /// <summary>
    /// Refuses data if the settings do not name the types of more than half of the events, because the model would be
    /// trained on the smaller part only.
    /// </summary>
    /// <exception cref="RefusedException">The data are refused. The message names the types.</exception>
    public static void CheckTypes(UnnamedTypes unnamed, long read)
    {
        if (unnamed.Total * 2 > read)
        {
            throw new RefusedException(
                $"{unnamed.Total} of {read} interactions have types that the settings do not name: "
                    + $"{unnamed.ToText()}. They say nothing "
                    + "about taste, so a model would be trained on the smaller part only. Name the types in "
                    + "recommendation.json under "
                    + "events.types, or as aliases of a type there; a type with the weight 0 is known and does not "
                    + "count."
            );
        }
    }

    /// <exception cref="RefusedException">There are too few data, or too many. The message says how many.</exception>
    public static void Check(TrainingEvents events, SparseMatrix histories, int neighbours) =>
        Check(
            events.Events.Length,
            events.Users,
            events.Items,
            Enumerable.Range(0, histories.Rows).Count(user => histories.IndicesOf(user).Length > 1),
            neighbours
        );

    /// <inheritdoc cref="Check(TrainingEvents, SparseMatrix, int)"/>
    public static void Check(long interactions, long users, int items, long usersWithPairs, int neighbours)
    {
        if (usersWithPairs == 0)
        {
            throw new RefusedException(
                $"There is too little data to train on: {interactions} interactions of {users} users "
                    + $"with {items} items, "
                + "and no user with two different items. Ingest more interactions first.");
        }
        if ((long)items * neighbours > Array.MaxLength)
        {
            throw new RefusedException(
                $"{items} items with {neighbours} neighbours each are more than a model can hold; "
                + $"set {nameof(ModelTrainerOptions.NeighboursPerItem)} to {Array.MaxLength / items} at most.");
        }
    }
}
