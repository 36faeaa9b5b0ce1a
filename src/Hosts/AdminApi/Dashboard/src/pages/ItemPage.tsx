import { useState } from "preact/hooks";
import { useAction } from "../api/action";
import { get, patch } from "../api/client";
import { useResource } from "../api/resource";
import type { Item, ItemDays, List, ListedItem } from "../api/types";
import { linkTo } from "../app/router";
import { Chart } from "../charts/Chart";
import { Meter } from "../charts/Share";
import { count, date, fixed, moment, none, price } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Loaded, Problem } from "../ui/Loaded";
import { Card, Empty, Facts, Page } from "../ui/parts";
import { Availability } from "./ItemsPage";
import { daysBetween } from "./results";
import { Picture } from "./Picture";

/** The link to an item's page. */
export const linkToItem = (id: string): string => linkTo(["items", id]);

export function ItemPage({ id }: { id: string }) {
  const item = useResource(id, (signal) => orUnknown(get<Item>(`items/${encodeURIComponent(id)}`, signal)));
  const known = typeof item.data === "object" ? item.data : null;
  return (
    <Page
      title={known?.title ?? `Item ${id}`} crumb={{ href: linkTo(["items"]), text: "Catalogue" }} lead={known?.title ? <code>{id}</code> : undefined}
      actions={known && <Switch item={known} changed={item.reload} />}
    >
      <div class="columns tops">
        <div class="stack">
          <Card title="Catalogue">
            <Loaded resource={item}>{(data) => (data === "unknown" ? (
              <Empty title="The catalogue does not know this item"><p>It may be in events all the same. Give it a title with <code>recommend items import FILE</code>.</p></Empty>
            ) : <About item={data} />)}</Loaded>
          </Card>
          <OverTime id={id} />
        </div>
        <Similar id={id} />
      </div>
    </Page>
  );
}

/** Takes the item out of every list, or lets it in again. */
function Switch({ item, changed }: { item: Item; changed: () => void }) {
  const action = useAction();
  const turn = () => void action.run(async () => {
    await patch(`items/${encodeURIComponent(item.itemId)}`, { available: !item.available });
    changed();
    return item.available ? "The item is in no list any more." : "The item may be in lists again.";
  });
  return (
    <>
      <ActionButton needs="writer" disabled={action.busy} onClick={turn}>{item.available ? "Make unavailable" : "Make available"}</ActionButton>
      {action.error && <Problem message={action.error} />}
    </>
  );
}

function About({ item }: { item: Item }) {
  const facts: (readonly [string, preact.ComponentChildren])[] = [
    ["Title", item.title ?? none],
    ["Categories", item.categories.length > 0 ? item.categories.join(", ") : none],
    ["Availability", <Availability item={item} />],
    ["Price", price(item)],
  ];
  if (item.description) facts.push(["Description", item.description]);
  if (item.url) facts.push(["Page", <Link address={item.url} />]);
  if (item.createdAt) facts.push(["Available from", `${moment(item.createdAt)} UTC`]);
  if (item.expiresAt) facts.push(["Expires", `${moment(item.expiresAt)} UTC`]);
  if (item.group) facts.push(["Variant of", <a href={linkToItem(item.group)}>{item.group}</a>]);
  for (const [name, value] of Object.entries(item.attributes)) facts.push([name, textOf(value)]);
  return <div class="stack">{item.imageUrl && <Picture address={item.imageUrl} title={item.title ?? item.itemId} />}<Facts facts={facts} /></div>;
}

export function Link({ address }: { address: string }) {
  return <a class="break" href={address} rel="noopener noreferrer" target="_blank">{address}</a>;
}

const mostNumbers = 8;

function textOf(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  // A vector says little to a reader beside its length.
  return typeof value[0] === "number" && value.length > mostNumbers ? `${value.slice(0, mostNumbers).join(", ")} … (${value.length} numbers)` : value.join(", ");
}

function OverTime({ id }: { id: string }) {
  const days = useResource(`${id} days`, (signal) => get<ItemDays>(`items/${encodeURIComponent(id)}/metrics`, signal));
  return (
    <Card title="In lists" note="The last 28 days">
      <Loaded resource={days}>{(data) => (data.days.length === 0 ? (
        <p class="soft quiet-text">No list had it on screen, and nobody clicked or bought it.</p>
      ) : <Days data={data} />)}</Loaded>
    </Card>
  );
}

function Days({ data }: { data: ItemDays }) {
  const all = daysBetween(data.from, data.to);
  const known = new Map(data.days.map((one) => [one.day, one.figures]));
  const series = (name: string, tone: 1 | 2 | 4 | 5, of: "impressions" | "clicks" | "conversions" | "otherConversions") =>
    ({ name, tone, values: all.map((day) => known.get(day)?.[of] ?? 0) });
  return (
    <Chart
      label="On screen, clicks and conversions of the item, day by day." kind="line" whole format={count} pointName="Day" csv="item-days" height={200}
      points={all.map((day) => date(`${day}T00:00:00Z`).replace(/ \d+$/, ""))}
      series={[
        series("On screen", 4, "impressions"), series("Clicks", 5, "clicks"),
        series("Conversions from lists", 1, "conversions"), series("Other conversions", 2, "otherConversions"),
      ]}
    />
  );
}

const ways: Readonly<Record<string, string>> = {
  both: "Users had it with these, or where the model knows too little, it says the same of itself.",
  behaviour: "Users who had the item had these, too.",
  content: "These say the same of themselves: words, categories and attributes.",
};

function Similar({ id }: { id: string }) {
  const [by, setBy] = useState("both");
  const similar = useResource(`${id} ${by}`, (signal) => orUnknown(get<List>(`items/${encodeURIComponent(id)}/similar?n=20&by=${by}`, signal)));
  return (
    <Card title="Goes with" note={(
      <span class="row">
        <label for="by">By</label>
        <select id="by" class="input metric-choice" value={by} onChange={(event) => setBy(event.currentTarget.value)}>
          {Object.keys(ways).map((way) => <option key={way}>{way}</option>)}
        </select>
      </span>
    )}>
      <div class="stack">
        <p class="faint">{ways[by]}</p>
        <Loaded resource={similar}>{(data) => (data === "unknown" || data.recommendations.length === 0 ? (
          <Empty title="Nothing yet"><p>The model knows no item that goes with this one: it is new, or too few users had it.</p></Empty>
        ) : <Ranked items={data.recommendations} />)}</Loaded>
      </div>
    </Card>
  );
}

function Ranked({ items }: { items: readonly ListedItem[] }) {
  const greatest = Math.max(...items.map((item) => item.score), 0);
  return (
    <ol class="items">
      {items.map((item, index) => (
        <li key={item.itemId} class="item">
          <span class="rank">{index + 1}</span>
          <span class="name"><a class="clamp" href={linkToItem(item.itemId)}>{item.title ?? item.itemId}</a>{item.title && <code>{item.itemId}</code>}</span>
          <span class="score"><span>{fixed(item.score, 4)}</span><Meter value={item.score} greatest={greatest} /></span>
        </li>
      ))}
    </ol>
  );
}

/** An item that the catalogue or the model does not know is an answer, not a failure. */
async function orUnknown<T>(answer: Promise<T>): Promise<T | "unknown"> {
  try {
    return await answer;
  } catch (problem) {
    if (problem instanceof Error && "status" in problem && problem.status === 404) return "unknown";
    throw problem;
  }
}
