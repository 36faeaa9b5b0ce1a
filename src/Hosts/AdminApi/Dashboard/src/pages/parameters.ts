/** What the parameters of a model mean, for people who did not write the trainer. Effects are those of a greater value. */
const meanings: Readonly<Record<string, readonly [text: string, effect: string]>> = {
  evenness: ["Evenness of rows", "items that go with many others count less"],
  factorExponent: ["Factors favour popular items", "popular items gain in the learned factors"],
  factorShare: ["Share of learned factors", "factors count more beside counted weights; 0 is none"],
  flatness: ["Flatness of the filter", "1 keeps the weights as they were counted"],
  halfLifeDays: ["Half-life of an interaction, days", "old interactions count longer; 0 is for ever"],
  historyLimit: ["Items of a history", "as many of a user's newest items are used"],
  lowRankShare: ["Share of the smoothed weights", "items that few users have in common go together more"],
  neighboursPerItem: ["Neighbours of an item", "as many of its strongest weights are kept"],
  normalised: ["Normalised counts", "1 if popular items are scaled down before training"],
  popularShare: ["Share of recent popularity", "what is popular lately counts more in every score"],
  popularShareHalfLifeDays: ["Half-life of that popularity, days", "popularity lasts longer"],
  popularityExponent: ["Damping of popular items", "popular items are recommended less"],
  popularityHalfLifeDays: ["Half-life of the popular list, days", "the list for users without history changes more slowly"],
  positionDecay: ["Weight of older items", "1 if all items of a history count alike; below, newer ones count more"],
  repeatBonus: ["Bonus of a repeat", "items that the user had already gain"],
  repeats: ["Worth of a repeat", "items that the user had already gain"],
  ridge: ["Regularisation", "weights are smaller and more even"],
  sharpness: ["Sharpness", "close resemblances count more than faint ones"],
  transitionShare: ["Share of the order", "what is usually next counts more than what goes together"],
  transitionSourceExponent: ["Damping of popular starts", "frequent items say less about what comes next"],
  transitionTargetExponent: ["Damping of popular next items", "frequent items are offered less as the next one"],
  trendExponent: ["Trend", "items whose popularity grows gain"],
  trendHalfLifeDays: ["Half-life of the trend, days", "a trend lasts longer"],
  userExponent: ["Damping of long histories", "users with long histories count less"],
  weightCap: ["Most that one item weighs", "many interactions with one item count more"],
};

/** The parameter in words, and what a greater value does; the name itself where it is not known here. */
export const meaningOf = (name: string): readonly [text: string, effect: string] => meanings[name] ?? [name, ""];
