import { useRef, useState } from "preact/hooks";
import { Bars } from "./Bars";
import { Lines } from "./Lines";
import { labelStep, niceRange, niceTicks } from "./scale";
import { DataTable } from "./DataTable";
import { CsvButton } from "./CsvButton";
import { useWidth } from "./useWidth";

export interface Series {
  readonly name: string;
  readonly tone: 1 | 2 | 3 | 4 | 5;
  readonly values: readonly (number | null)[];
  /** The ends of an interval around each value, drawn as a band. */
  readonly lower?: readonly (number | null)[];
  readonly upper?: readonly (number | null)[];
}

/** Where things are drawn, in pixels. */
export interface Frame {
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly y: (value: number) => number;
  readonly step: number;
}

export interface ChartProps {
  /** What it shows, as a sentence: read out instead of the drawing. */
  readonly label: string;
  readonly kind: "bars" | "line";
  readonly points: readonly string[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly axis?: (value: number) => string;
  /** Whether the axis starts at 0; a line of small changes need not. */
  readonly fromZero?: boolean;
  readonly whole?: boolean;
  readonly height?: number;
  readonly pointName?: string;
  readonly onPick?: (index: number) => void;
  /** The name of a file with the numbers; no button without it. */
  readonly csv?: string;
}

const bottom = 22;
const top = 8;

/** Bars or lines over points, with a cursor for the mouse, the finger and the arrow keys, and the same numbers as a table. */
export function Chart(props: ChartProps) {
  const { label, kind, points, series, format, height = 190, onPick } = props;
  const axis = props.axis ?? format;
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const [cursor, setCursor] = useState<number | null>(null);

  const ticks = ticksOf(props);
  const least = ticks[0]!;
  const range = ticks[ticks.length - 1]! - least;
  const left = 12 + 7 * Math.max(...ticks.map((tick) => axis(tick).length));
  const plot = Math.max(40, width - left - 4);
  const frame: Frame = {
    left,
    width: plot,
    height: height - bottom,
    y: (value) => top + (height - bottom - top) * (1 - (value - least) / range),
    step: plot / Math.max(1, points.length),
  };
  const x = (index: number) => frame.left + (index + 0.5) * frame.step;
  const every = labelStep(points.length, plot, 12 + 7 * Math.max(4, ...points.map((point) => point.length)));
  const shown = cursor !== null && cursor < points.length ? cursor : null;

  const follow = (event: PointerEvent) => {
    const box = holder.current!.getBoundingClientRect();
    const index = Math.floor((event.clientX - box.left - frame.left) / frame.step);
    setCursor(index >= 0 && index < points.length ? index : null);
  };
  const move = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const from = shown ?? (event.key === "ArrowRight" ? -1 : points.length);
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setCursor(Math.min(last, Math.max(0, to)));
    } else if (event.key === "Enter" && shown !== null) {
      onPick?.(shown);
    } else if (event.key === "Escape") {
      setCursor(null);
    }
  };

  return (
    <figure class="chart" role="group" aria-label={label}>
      <div
        class="chart-plot" ref={holder} tabIndex={0} role="application" aria-roledescription="chart"
        aria-label={`${label} Left and right arrow keys read the values.`}
        onPointerMove={follow} onPointerLeave={() => setCursor(null)} onPointerDown={follow} onKeyDown={move}
        onBlur={() => setCursor(null)} onClick={() => shown !== null && onPick?.(shown)}
      >
        <svg height={height} aria-hidden="true">
          {ticks.map((tick) => (
            <g key={tick}>
              <line class={tick === least || (tick === 0 && least < 0) ? "axis" : "grid"} x1={left} x2={left + plot} y1={frame.y(tick)} y2={frame.y(tick)} />
              <text x={left - 8} y={frame.y(tick) + 4} text-anchor="end">{axis(tick)}</text>
            </g>
          ))}
          {points.map((point, index) => index % every === 0 && (
            <text key={index} x={Math.min(x(index), left + plot - 3.2 * point.length)} y={height - 4} text-anchor="middle">{point}</text>
          ))}
          {shown !== null && kind === "bars" && (
            <rect class="band" x={frame.left + shown * frame.step} width={frame.step} y={top} height={frame.height - top} />
          )}
          {shown !== null && kind === "line" && <line class="cursor" x1={x(shown)} x2={x(shown)} y1={top} y2={frame.height} />}
          {kind === "bars" ? <Bars series={series} frame={frame} /> : <Lines series={series} frame={frame} x={x} cursor={shown} />}
        </svg>
      </div>
      <div class="chart-foot">
        <ul class="legend">
          {series.map((one) => (
            <li key={one.name}>
              <i class={`fill-${one.tone}`} />
              {one.name}
              {shown !== null && <strong>{shownText(one, shown, format)}</strong>}
            </li>
          ))}
        </ul>
        <span class="readout" aria-live="polite">
          {shown !== null && <>{points[shown]}<span class="visually-hidden">: {series.map((one) => `${one.name} ${shownText(one, shown, format)}`).join(", ")}</span></>}
        </span>
      </div>
      <div class="chart-data">
        <DataTable label={label} pointName={props.pointName ?? "Time"} points={points} series={columnsOf(series)} format={(value) => valueText(value, format)} />
        {props.csv && (
          <CsvButton
            name={props.csv} of={label} header={[props.pointName ?? "Time", ...columnsOf(series).map((one) => one.name)]}
            rows={points.map((point, index) => [point, ...columnsOf(series).map((one) => one.values[index] ?? null)])}
          />
        )}
      </div>
    </figure>
  );
}

/** A series with a band has its ends as columns of their own. */
const columnsOf = (series: readonly Series[]): Series[] => series.flatMap((one) => [
  one,
  ...(one.lower ? [{ name: `${one.name}, from`, tone: one.tone, values: one.lower }] : []),
  ...(one.upper ? [{ name: `${one.name}, to`, tone: one.tone, values: one.upper }] : []),
]);

function shownText(one: Series, index: number, format: (value: number) => string): string {
  const [lower, upper] = [one.lower?.[index] ?? null, one.upper?.[index] ?? null];
  const value = valueText(one.values[index], format);
  return lower === null || upper === null ? value : `${value} (${format(lower)} to ${format(upper)})`;
}

const valueText = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? "none" : format(value);

function ticksOf({ kind, series, fromZero = true, whole = false }: ChartProps): number[] {
  const values = columnsOf(series).flatMap((one) => one.values.filter((value): value is number => value !== null));
  if (kind === "bars") {
    const sums = (series[0]?.values ?? []).map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
    return niceTicks(Math.max(0, ...sums), 4, whole);
  }
  if (series.some((one) => one.lower)) return niceRange(Math.min(0, ...values), Math.max(0, ...values), 4);
  return fromZero || values.length === 0 ? niceTicks(Math.max(0, ...values), 4, whole) : niceRange(Math.min(...values), Math.max(...values), 4);
}
