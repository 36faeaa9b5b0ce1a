const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const minute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

export const none = "–";

export const count = (value: number): string => whole.format(value);

/** 12,345 as it is; 1234567 as 1.2M. */
export const short = (value: number): string => (Math.abs(value) < 100_000 ? whole.format(value) : compact.format(value));

const cents = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** 1,234.50 EUR. */
export const money = (amount: number, unit: string): string => (unit ? `${cents.format(amount)} ${unit}` : cents.format(amount));

export const price = (item: { readonly price: number | null; readonly currency: string | null }): string =>
  item.price === null ? none : money(item.price, item.currency ?? "");

export const fixed = (value: number, digits: number): string => value.toFixed(digits);

/** A part of 0 … 1 in per cent; what is there is never shown as nothing, and what is missing never as all. */
export function percent(part: number): string {
  const value = 100 * part;
  if (value > 0 && value < 0.1) return "< 0.1 %";
  if (value < 100 && value > 99.9) return "> 99.9 %";
  return `${value.toFixed(value === 0 || value === 100 ? 0 : 1)} %`;
}

export const share = (part: number, all: number): string => (all === 0 ? none : percent(part / all));

export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  let unit = 0;
  let amount = value;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 ? amount : amount.toFixed(1)} ${units[unit]}`;
}

/** 850 ms, 4.2 s, 3 min 10 s, 2 h 5 min, 3 d 4 h. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const parts: [number, string, number, string] =
    seconds < 3600 ? [60, "min", 1, "s"] : seconds < 86_400 ? [3600, "h", 60, "min"] : [86_400, "d", 3600, "h"];
  const great = Math.floor(seconds / parts[0]);
  const small = Math.floor((seconds % parts[0]) / parts[2]);
  return small === 0 ? `${great} ${parts[1]}` : `${great} ${parts[1]} ${small} ${parts[3]}`;
}

/** A duration where there is little room: 7 h 5 min, but 15 h. */
export function brief(milliseconds: number): string {
  const [great, unit, ...small] = duration(milliseconds).split(" ");
  return small.length > 0 && Number(great) >= 10 ? `${great} ${unit}` : [great, unit, ...small].join(" ");
}

export const date = (iso: string): string => day.format(new Date(iso));
export const time = (iso: string | number): string => minute.format(new Date(iso));
export const moment = (iso: string): string => `${date(iso)}, ${time(iso)}`;
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;
