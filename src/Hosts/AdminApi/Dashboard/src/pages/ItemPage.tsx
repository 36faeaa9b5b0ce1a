import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Item, List, ListedItem } from "../api/types";
import { linkTo } from "../app/router";
import { Meter } from "../charts/Share";
import { fixed, none } from "../format";
import { Loaded } from "../ui/Loaded";
import { Badge, Card, Empty, Facts, Page } from "../ui/parts";

/** The link to an item's page. */
export const linkToItem = (id: string): string => linkTo(["items", id]);

export function ItemPage({ id }: { id: string }) {
  const item = useResource(id, (signal) => orUnknown(get<Item>(`items/${encodeURIComponent(id)}`, signal)));
  const title = typeof item.data === "object" ? item.data?.title : null;
  return (
    <Page title={title ?? `Item ${id}`} lead={title ? <code>{id}</code> : undefined}>
      <div class="columns tops">
        <Card title="Catalogue">
          <Loaded resource={item}>{(data) => (data === "unknown" ? (
            <Empty title="The catalogue does not know this item"><p>It may be in events all the same. Give it a title with <code>recommend items import FILE</code>.</p></Empty>
          ) : (
            <Facts facts={[
              ["Title", data.title ?? none],
              ["Categories", data.categories.length > 0 ? data.categories.join(", ") : none],
              ["Availability", data.available ? <Badge tone="good">Available</Badge> : <Badge tone="warn">Not available: in no list</Badge>],
            ]} />
          ))}</Loaded>
        </Card>
        <Similar id={id} />
      </div>
    </Page>
  );
}

function Similar({ id }: { id: string }) {
  const similar = useResource(id, (signal) => orUnknown(get<List>(`items/${encodeURIComponent(id)}/similar?n=20`, signal)));
  return (
    <Card title="Goes with" note="By the current model">
      <Loaded resource={similar}>{(data) => (data === "unknown" || data.recommendations.length === 0 ? (
        <Empty title="Nothing yet"><p>The model knows no item that goes with this one: it is new, or too few users had it.</p></Empty>
      ) : <Ranked items={data.recommendations} />)}</Loaded>
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
