import type { MetricRow, Metrics } from "../api/types";

/** Sums of what lists led to. */
export interface Sums {
  readonly lists: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly revenue: number;
}

const tones = [1, 2, 5, 3, 4] as const;

export const days = [7, 28, 90] as const;

/** A day as the API writes it, some days later. */
export function dayAfter(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Every day from the first to the last. */
export function daysBetween(from: string, to: string): string[] {
  const all: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day, 1)) all.push(day);
  return all;
}

/** What belongs to a list. */
export const ofLists = (rows: readonly MetricRow[]): MetricRow[] => rows.filter((row) => row.scenario !== null);

/** The currencies, those of the most days first. */
export function currenciesOf({ rows }: Metrics): string[] {
  const counts = new Map<string, number>();
  for (const row of ofLists(rows)) for (const { currency } of row.revenue) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1)).map(([currency]) => currency);
}

export const amountOf = (row: Pick<MetricRow, "revenue">, currency: string | null): number =>
  row.revenue.find((one) => one.currency === currency)?.amount ?? 0;

export function sumsOf(rows: readonly MetricRow[], currency: string | null): Sums {
  return rows.reduce<Sums>((sum, row) => ({
    lists: sum.lists + row.lists,
    impressions: sum.impressions + row.impressions,
    clicks: sum.clicks + row.clicks,
    conversions: sum.conversions + row.conversions,
    revenue: sum.revenue + amountOf(row, currency),
  }), { lists: 0, impressions: 0, clicks: 0, conversions: 0, revenue: 0 });
}

/** A value of each scenario day by day: the greatest four by themselves, the others together. */
export function byScenario(rows: readonly MetricRow[], all: readonly string[], of: (row: MetricRow) => number) {
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(row.scenario!, (totals.get(row.scenario!) ?? 0) + of(row));
  const names = [...totals].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1)).map(([name]) => name);
  const own = names.length > tones.length ? names.slice(0, tones.length - 1) : names;
  const nameOf = (row: MetricRow) => (own.includes(row.scenario!) ? row.scenario! : "others");
  return [...own, ...(own.length < names.length ? ["others"] : [])].map((name, index) => {
    const values = new Map<string, number>();
    for (const row of rows) if (nameOf(row) === name) values.set(row.day!, (values.get(row.day!) ?? 0) + of(row));
    return { name, tone: tones[index]!, values: all.map((day) => values.get(day) ?? 0) };
  });
}

/** The code of ISO 4217 behind an amount; nothing behind amounts that came without one. */
export const unitOf = (currency: string | null): string => (currency === null || currency === "none" ? "" : currency);

export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** How a value changed against the time before: +12 %; null where nothing was before. */
export function change(now: number | null, before: number | null): string | null {
  if (now === null || before === null || before === 0) return null;
  const percent = (100 * (now - before)) / before;
  return `${percent < 0 ? "−" : "+"}${Math.abs(percent).toFixed(Math.abs(percent) < 10 ? 1 : 0)} %`;
}
