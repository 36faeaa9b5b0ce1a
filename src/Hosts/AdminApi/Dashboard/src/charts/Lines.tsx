import type { Frame, Series } from "./Chart";

interface LinesProps {
  readonly series: readonly Series[];
  readonly frame: Frame;
  readonly x: (index: number) => number;
  readonly cursor: number | null;
}

/** One line a series, broken where there is no value; few points are marked. */
export function Lines({ series, frame, x, cursor }: LinesProps) {
  return (
    <g>
      {series.map((one) => (
        <g key={one.name}>
          <path class={`line stroke-${one.tone}`} d={pathOf(one.values, x, frame.y)} />
          {one.values.map((value, index) => value !== null && (marked(one.values, index) || cursor === index) && (
            <circle key={index} class={`dot fill-${one.tone}`} cx={x(index)} cy={frame.y(value)} r={cursor === index ? 5 : 4} />
          ))}
        </g>
      ))}
    </g>
  );
}

/** Where the line shows nothing, since its neighbours have no value, or where there are few points, a dot stands. */
const marked = (values: readonly (number | null)[], index: number): boolean =>
  values.length <= 16 || ((values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null);

function pathOf(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = "";
  let drawing = false;
  values.forEach((value, index) => {
    if (value !== null) path += `${drawing ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    drawing = value !== null;
  });
  return path;
}
