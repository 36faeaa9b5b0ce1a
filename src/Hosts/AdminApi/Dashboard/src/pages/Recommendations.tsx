import { useState } from "preact/hooks";
import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { List, ListedItem } from "../api/types";
import { Meter } from "../charts/Share";
import { fixed, moment } from "../format";
import { Loaded } from "../ui/Loaded";
import { Badge, Card, Empty } from "../ui/parts";
import { linkToItem } from "./ItemPage";
import { Why } from "./Why";

const sources: Readonly<Record<List["source"], { tone?: "good" | "warn" | "busy"; text: string; says: string }>> = {
  batch: { tone: "good", text: "From the last run", says: "Made by a run; nothing has happened since." },
  realtime: { tone: "busy", text: "Ranked now", says: "Ranked for this request, since something happened after the last run." },
  stale: { tone: "warn", text: "Stale", says: "Made before the last event: ranking now failed or took too long." },
  popular: { text: "Popular items", says: "The model knows nothing of this history, so these are what most people like now." },
};

const counts = [10, 20, 50, 100];

export function Recommendations({ id }: { id: string }) {
  const [count, setCount] = useState(10);
  const list = useResource(`${id} ${count}`, (signal) => get<List>(`users/${encodeURIComponent(id)}/recommendations?n=${count}&explain=true&preview=true`, signal));
  return (
    <Card title="Recommendations" note={(
      <span class="row">
        <label for="count">Show</label>
        <select id="count" class="input metric-choice" value={count} onChange={(event) => setCount(Number(event.currentTarget.value))}>
          {counts.map((one) => <option key={one} value={one}>{one}</option>)}
        </select>
      </span>
    )}>
      <Loaded resource={list}>{(data) => <Contents id={id} list={data} />}</Loaded>
    </Card>
  );
}

function Contents({ id, list }: { id: string; list: List }) {
  const source = sources[list.source];
  const greatest = Math.max(...list.recommendations.map((item) => item.score), 0);
  return (
    <div class="stack">
      <p class="faint"><Badge tone={source.tone}>{source.text}</Badge> {source.says} {moment(list.lastUpdated)} UTC{list.modelVersion && <>, model <span class="break">{list.modelVersion}</span></>}.</p>
      {list.recommendations.length === 0 ? (
        <Empty title="Nothing to offer"><p>There is no model and nothing is popular yet: take in events, then train a model.</p></Empty>
      ) : (
        <ol class="items">
          {list.recommendations.map((item, index) => <Item key={item.itemId} id={id} item={item} rank={index + 1} greatest={greatest} explained={list.source !== "popular"} />)}
        </ol>
      )}
    </div>
  );
}

function Item({ id, item, rank, greatest, explained }: { id: string; item: ListedItem; rank: number; greatest: number; explained: boolean }) {
  const because = item.because ?? [];
  return (
    <li class="item">
      <span class="rank">{rank}</span>
      <span class="name"><a class="clamp" title={item.title ?? undefined} href={linkToItem(item.itemId)}>{item.title ?? item.itemId}</a>{item.title && <code>{item.itemId}</code>}</span>
      <span class="score"><span>{fixed(item.score, 4)}</span><Meter value={item.score} greatest={greatest} /></span>
      {explained && <Why id={id} item={item.itemId} because={because} />}
    </li>
  );
}
