import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Contribution, Explanation, Titled } from "../api/types";
import { Meter } from "../charts/Share";
import { fixed, moment, plural } from "../format";
import { Loaded } from "../ui/Loaded";
import { linkToItem } from "./ItemPage";

const shownFirst = 8;

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
  return <Loaded resource={explanation}>{(data) => (data.score === null ? <p class="faint">{data.sentence}</p> : <Sum {...data} score={data.score} />)}</Loaded>;
}

function Sum({ contributions, score, deletedAmount }: { contributions: readonly Contribution[]; score: number; deletedAmount?: number | null }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? contributions : contributions.slice(0, shownFirst);
  const others = contributions.slice(shown.length);
  const greatest = Math.max(...contributions.map((one) => Math.abs(one.amount)));
  return (
    <>
      <dl class="contributions">
        {shown.map((one) => (
          <Row key={one.itemId} amount={one.amount} greatest={greatest}>
            <a href={linkToItem(one.itemId)}>{one.title ?? one.itemId}</a> <span class="faint">{one.lastType}, {moment(one.lastAt)}{one.events > 1 && `, ${one.events} times`}</span>
          </Row>
        ))}
        {others.length > 0 && <Row amount={others.reduce((sum, one) => sum + one.amount, 0)} greatest={greatest}>{plural(others.length, "other item")} together</Row>}
        {deletedAmount ? <Row amount={deletedAmount} greatest={greatest}>deleted items</Row> : null}
        <dt><strong>Score</strong></dt><dd /><dd><strong>{fixed(score, 4)}</strong></dd>
      </dl>
      {contributions.length > shownFirst && (
        <button type="button" class="button quiet small" onClick={() => setWhole(!whole)}>{whole ? "Show fewer" : `Show all ${contributions.length}`}</button>
      )}
    </>
  );
}

function Row({ amount, greatest, children }: { amount: number; greatest: number; children: ComponentChildren }) {
  return (
    <>
      <dt class="break">{children}</dt>
      <dd><Meter value={amount} greatest={greatest} tone={amount < 0 ? 3 : 5} /></dd>
      <dd>{amount > 0 ? "+" : ""}{fixed(amount, 4)}</dd>
    </>
  );
}
