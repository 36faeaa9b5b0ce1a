import { bytes, count, fixed } from "../format";
import type { Model } from "../api/types";

export interface Metric {
  readonly name: string;
  readonly text: string;
  readonly of: (model: Model) => number | null;
  readonly format: (value: number) => string;
}

const sizes: readonly Metric[] = [
  { name: "items", text: "Items", of: (model) => model.items, format: count },
  { name: "interactions", text: "Interactions trained on", of: (model) => model.interactions, format: count },
  { name: "users", text: "Users trained on", of: (model) => model.users, format: count },
  { name: "size", text: "Size", of: (model) => model.artefactBytes, format: bytes },
];

/** What can be followed over the versions: the measured quality first, then what a version is made of. */
export function metricsOf(models: readonly Model[]): Metric[] {
  const names = [...new Set(models.flatMap((model) => Object.keys(model.metrics)))];
  const quality = names.sort(byImportance).map((name): Metric => ({
    name, text: titleOf(name), of: (model) => model.metrics[name] ?? null, format: name.includes("users") ? count : (value) => fixed(value, 4),
  }));
  return [...quality, ...sizes];
}

const first = ["ndcg", "recall", "coverage"];
const rank = (name: string) => {
  const at = first.findIndex((start) => name.startsWith(start));
  return at < 0 ? first.length : at;
};
const byImportance = (one: string, other: string) => rank(one) - rank(other) || (one < other ? -1 : 1);

export function titleOf(name: string): string {
  const [start = "", cutoff] = name.split("@");
  const text = start === "ndcg" ? "NDCG" : start === "holdout.users" ? "Users measured" : start.charAt(0).toUpperCase() + start.slice(1);
  return cutoff ? `${text}@${cutoff}` : text;
}
