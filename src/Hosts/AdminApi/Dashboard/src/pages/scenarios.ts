import type { Scenario } from "../api/types";

/** A scenario as its form has it: what is left empty is "". */
export interface Draft {
  source: string;
  window: string;
  filter: string;
  boosts: { when: string; multiply: string; add: string }[];
  pins: { itemId: string; place: string }[];
  promotions: { filter: string; share: string }[];
  diversity: { by: string; max: string; window: string; similarity: string };
  exploration: { share: string; days: string };
  fillUp: boolean;
  repeats: "" | "true" | "false";
  n: string;
}

export const sources: Readonly<Record<string, string>> = {
  personal: "ranked for the user",
  similar: "what goes with the basket",
  popular: "popular items",
  newest: "the newest items",
  candidates: "the request's own items",
};

export const newScenario: Scenario = {
  source: "personal", window: null, filter: null, boosts: [], pins: [], promotions: [], diversity: null, exploration: null, fillUp: true, repeats: null, n: 10,
};

const text = (value: number | string | null | undefined): string => (value === null || value === undefined ? "" : String(value));

export const draftOf = (scenario: Scenario): Draft => ({
  source: scenario.source,
  window: text(scenario.window),
  filter: text(scenario.filter),
  boosts: scenario.boosts.map((one) => ({ when: one.when, multiply: text(one.multiply), add: text(one.add) })),
  pins: scenario.pins.map((one) => ({ itemId: one.itemId, place: text(one.place) })),
  promotions: scenario.promotions.map((one) => ({ filter: one.filter, share: text(one.share) })),
  diversity: {
    by: text(scenario.diversity?.by), max: text(scenario.diversity?.max), window: text(scenario.diversity?.window),
    similarity: text(scenario.diversity?.similarity),
  },
  exploration: { share: text(scenario.exploration?.share), days: text(scenario.exploration?.days ?? 14) },
  fillUp: scenario.fillUp,
  repeats: scenario.repeats === null ? "" : scenario.repeats ? "true" : "false",
  n: text(scenario.n),
});

/** A number that was typed is a number; another text goes to the server as it is, which says what is wrong with it. */
const number = (value: string): number | string => (value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value);
const optional = (value: string): number | string | null => (value.trim() === "" ? null : number(value));

function diversityOf({ by, max, window, similarity }: Draft["diversity"]): unknown {
  if (by === "" && similarity.trim() === "") return null;
  const limit = by === "" ? { by: null, max: null, window: null } : { by, max: number(max), window: number(window) };
  return { ...limit, similarity: optional(similarity) };
}

export const documentOf = (draft: Draft): unknown => ({
  source: draft.source,
  window: draft.source === "popular" && draft.window !== "" ? draft.window : null,
  filter: draft.filter.trim() === "" ? null : draft.filter,
  boosts: draft.boosts.map((one) => ({ when: one.when, multiply: optional(one.multiply), add: optional(one.add) })),
  pins: draft.pins.map((one) => ({ itemId: one.itemId, place: number(one.place) })),
  promotions: draft.promotions.map((one) => ({ filter: one.filter, share: number(one.share) })),
  diversity: diversityOf(draft.diversity),
  exploration: draft.exploration.share.trim() === "" ? null : { share: number(draft.exploration.share), days: number(draft.exploration.days) },
  fillUp: draft.fillUp,
  repeats: draft.repeats === "" ? null : draft.repeats === "true",
  n: number(draft.n),
});

/** What the server says is wrong: which member, at which column of it (from 1), and the sentence. */
export interface Fault {
  readonly member: string | null;
  readonly column: number | null;
  readonly sentence: string;
}

/** "boosts[0].when: Column 13: …" and "n is 1–1000." name their member first; other sentences are of the whole. */
export function faultOf(sentence: string): Fault {
  // A text where a number should be: the fields that are not texts are numbers.
  const typed = /a value of the wrong kind at \$\.(?:scenario\.)?([^ ]+)/.exec(sentence);
  if (typed && members.test(typed[1]!)) return { member: typed[1]!, column: null, sentence: "Give a number." };
  const named = /^([a-z][A-Za-z]*(?:\[\d+\])?(?:\.[a-z][A-Za-z]*)?)(?=[: ])/.exec(sentence);
  const member = named && members.test(named[1]!) ? named[1]! : null;
  const column = /Column (\d+)/.exec(sentence);
  return { member, column: member && column ? Number(column[1]) : null, sentence };
}

const members = /^(source|window|filter|n|fillUp|repeats|boosts|pins|promotions|diversity|exploration)\b/;
