import { useState } from "preact/hooks";
import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Explanation, Titled } from "../api/types";
import { Meter } from "../charts/Share";
import { date, fixed } from "../format";
import { Loaded } from "../ui/Loaded";

/** The items of the history that count most; opened, what each of them adds to the score, asked for only then. */
export function Why({ id, item, because }: { id: string; item: string; because: readonly Titled[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="disclosure why" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{because.length > 0 ? `Because of ${because.map((reason) => reason.title ?? reason.itemId).join(", ")}` : "Why this item"}</summary>
      {open && <Contributions id={id} item={item} />}
    </details>
  );
}

function Contributions({ id, item }: { id: string; item: string }) {
  const explanation = useResource(`${id} ${item}`, (signal) =>
    get<Explanation>(`users/${encodeURIComponent(id)}/explain/${encodeURIComponent(item)}`, signal));
  return (
    <Loaded resource={explanation}>{({ contributions, score, sentence }) => (contributions.length === 0 || score === null ? (
      <p class="faint">{sentence}</p>
    ) : (
      <dl class="contributions">
        {contributions.map((one) => (
          <>
            <dt key={one.itemId} class="break">{one.title ?? one.itemId} <span class="faint">{one.lastType}, {date(one.lastAt)}{one.events > 1 && `, ${one.events} times`}</span></dt>
            <dd><Meter value={one.amount} greatest={Math.abs(contributions[0]!.amount)} tone={one.amount < 0 ? 3 : 5} /></dd>
            <dd>{one.amount > 0 ? "+" : ""}{fixed(one.amount, 4)}</dd>
          </>
        ))}
        <dt><strong>Score</strong></dt><dd /><dd><strong>{fixed(score, 4)}</strong></dd>
      </dl>
    ))}</Loaded>
  );
}
