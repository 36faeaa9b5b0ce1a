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
          {one.lower && one.upper && <path class={`area fill-${one.tone}`} d={areaOf(one.lower, one.upper, x, frame.y)} />}
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

/** The areas between two lines, one for each stretch where both have values. */
function areaOf(lower: readonly (number | null)[], upper: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = "";
  let stretch: number[] = [];
  const close = () => {
    const point = (index: number, values: readonly (number | null)[]) => `${x(index).toFixed(1)} ${y(values[index]!).toFixed(1)}`;
    if (stretch.length > 1) path += `M${[...stretch.map((index) => point(index, upper)), ...stretch.toReversed().map((index) => point(index, lower))].join("L")}Z`;
    // One day is a line from end to end.
    else if (stretch.length === 1) path += `M${x(stretch[0]!) - 2} ${y(upper[stretch[0]!]!)}h4V${y(lower[stretch[0]!]!)}h-4Z`;
    stretch = [];
  };
  for (let index = 0; index < lower.length; index++) {
    if ((lower[index] ?? null) !== null && (upper[index] ?? null) !== null) stretch.push(index);
    else close();
  }
  close();
  return path;
}

function pathOf(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = "";
  let drawing = false;
  values.forEach((value, index) => {
    if (value !== null) path += `${drawing ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    drawing = value !== null;
  });
  return path;
}
