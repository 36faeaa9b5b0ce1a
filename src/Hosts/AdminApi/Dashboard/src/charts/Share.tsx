import { count, share } from "../format";

export interface Part {
  readonly name: string;
  readonly tone: 1 | 2 | 3 | 4 | 5;
  readonly value: number;
}

/** How a whole divides: one bar, and the numbers below it. */
export function Share({ parts }: { parts: readonly Part[] }) {
  const all = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <div class="stack">
      <div class="share" aria-hidden="true">
        {parts.filter((part) => part.value > 0).map((part) => (
          <i key={part.name} class={`fill-${part.tone}`} style={{ flexGrow: part.value, flexBasis: 0 }} />
        ))}
      </div>
      <ul class="legend">
        {parts.map((part) => (
          <li key={part.name}>
            <i class={`fill-${part.tone}`} />
            {part.name} <strong>{count(part.value)}</strong> <span class="faint">{share(part.value, all)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A value against the greatest of its list. */
export function Meter({ value, greatest, tone = 1 }: { value: number; greatest: number; tone?: Part["tone"] }) {
  const width = greatest > 0 ? Math.min(100, (100 * Math.abs(value)) / greatest) : 0;
  return <span class="meter" aria-hidden="true"><i class={`fill-${tone}`} style={{ width: `${width}%` }} /></span>;
}
