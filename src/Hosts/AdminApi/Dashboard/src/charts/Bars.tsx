import type { Frame, Series } from "./Chart";

/** Bars that stand on each other, the first series at the bottom. */
export function Bars({ series, frame }: { series: readonly Series[]; frame: Frame }) {
  const gap = frame.step > 6 ? Math.min(8, frame.step * 0.28) : 0.5;
  const width = Math.min(56, Math.max(1, frame.step - gap));
  const points = series[0]?.values.length ?? 0;
  return (
    <g>
      {Array.from({ length: points }, (_, index) => {
        let from = 0;
        return series.map((one) => {
          const value = one.values[index] ?? 0;
          if (value <= 0) return null;
          const y = frame.y(from + value);
          const height = Math.max(1, frame.y(from) - y);
          from += value;
          return (
            <rect
              key={`${index}-${one.name}`} class={`fill-${one.tone}`} x={frame.left + index * frame.step + (frame.step - width) / 2}
              width={width} y={y} height={height} rx={Math.min(2, width / 4)}
            />
          );
        });
      })}
    </g>
  );
}
