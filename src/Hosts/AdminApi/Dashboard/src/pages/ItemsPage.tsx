import { useState } from "preact/hooks";
import { useAction } from "../api/action";
import { get, getPages } from "../api/client";
import { useResource } from "../api/resource";
import type { Item, Items } from "../api/types";
import { goTo, linkTo } from "../app/router";
import { count, none, plural, price } from "../format";
import { Loaded } from "../ui/Loaded";
import { Badge, Card, Empty, Page } from "../ui/parts";
import { linkToItem } from "./ItemPage";

const ofPage = 50;
const mostOfPage = 1000;
const mostPages = 100;

/** The catalogue: looked through page by page, or searched by words and by values of attributes. */
export function ItemsPage({ query }: { query: URLSearchParams }) {
  const [text, values] = [query.get("q") ?? "", query.getAll("attribute")];
  return (
    <Page
      title="Catalogue" lead="What is known of items beside the interactions with them."
      actions={<a class="button" href={linkTo(["import"])}>Import items</a>}
    >
      <Card title="Search"><SearchForm text={text} values={values} /></Card>
      <Found text={text} values={values} />
    </Page>
  );
}

function SearchForm({ text, values }: { text: string; values: readonly string[] }) {
  const [words, setWords] = useState(text);
  const [filter, setFilter] = useState(values.join("; "));
  const submit = (event: Event) => {
    event.preventDefault();
    const attributes = filter.split(";").map((one) => one.trim()).filter(Boolean);
    location.hash = searchLink(words.trim(), attributes);
  };
  return (
    <form class="inline-form" onSubmit={submit}>
      <div class="field">
        <label for="words">Words</label>
        <input id="words" class="input" type="search" autocomplete="off" placeholder="oak shel*" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </div>
      <div class="field">
        <label for="filter">Values of attributes</label>
        <input id="filter" class="input" autocomplete="off" spellcheck={false} placeholder="colour:white; price:5" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
      </div>
      <button type="submit" class="button primary">Search</button>
      {(text || values.length > 0) && <a class="button quiet" href={linkTo(["items"])}>Show all</a>}
      <OpenById />
    </form>
  );
}

/** An id is not a word of the search: it opens the item's page. */
function OpenById() {
  const [id, setId] = useState("");
  const open = () => {
    if (id) goTo(["items", id]);
  };
  return (
    <>
      <div class="field">
        <label for="item-id">or an item's id</label>
        <input id="item-id" class="input" autocomplete="off" autocapitalize="off" spellcheck={false} value={id} onInput={(event) => setId(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); open(); } }} />
      </div>
      <button type="button" class="button" disabled={!id} onClick={open}>Open</button>
    </>
  );
}

function searchLink(text: string, values: readonly string[]): string {
  const query = new URLSearchParams([...(text ? [["q", text]] : []), ...values.map((value) => ["attribute", value])]);
  return `#/items${query.size > 0 ? `?${query}` : ""}`;
}

function Found({ text, values }: { text: string; values: readonly string[] }) {
  const [pages, setPages] = useState(1);
  const query = new URLSearchParams([...(text ? [["q", text]] : []), ...values.map((value) => ["attribute", value])]);
  const found = useResource(`items ${query} ${pages}`, (signal) => getPages<Items>(`items?n=${ofPage}${query.size > 0 ? `&${query}` : ""}`, pages, signal));
  const [kept, keep] = useState<Items[] | null>(null);
  if (found.data !== null && found.data !== kept) keep(found.data);
  // While the next page loads, those before stay.
  const shown = found.data === null && found.error === null ? kept : found.data;
  const next = shown?.at(-1)?.next ?? null;
  return (
    <Card title="Items" note={shown && <Count key={String(query)} query={query} shown={shown.reduce((sum, page) => sum + page.items.length, 0)} more={next !== null} />}>
      <Loaded resource={{ ...found, data: shown }}>{(data) => (data[0]!.items.length === 0 ? (
        <Empty title={query.size > 0 ? "No item has all of these" : "The catalogue is empty"}>
          <p>{query.size > 0 ? "Use fewer words; shel* stands for words that begin so." : <>Add items with <code>PUT /v1/items</code>, with <code>recommend items import FILE</code>, or <a href={linkTo(["import"])}>here</a>.</>}</p>
        </Empty>
      ) : (
        <>
          <table class="table folds" role="table">
            <thead><tr><th scope="col">Item</th><th scope="col">Categories</th><th scope="col" class="end">Price</th><th scope="col">Availability</th></tr></thead>
            <tbody>{data.flatMap((page) => page.items).map((item) => <Row key={item.itemId} item={item} />)}</tbody>
          </table>
          {next !== null && <button type="button" class="button quiet small" onClick={() => setPages(pages + 1)}>Show more items</button>}
        </>
      ))}</Loaded>
    </Card>
  );
}

/** How many items there are: the API has no number of them, so they are counted page by page if somebody wants to know. */
function Count({ query, shown, more }: { query: URLSearchParams; shown: number; more: boolean }) {
  const [counted, setCounted] = useState<string | null>(null);
  const action = useAction();
  const run = () => void action.run(async () => {
    let [all, cursor] = [0, null as string | null];
    for (let page = 0; page < mostPages && (page === 0 || cursor !== null); page++) {
      const items: Items = await get(`items?n=${mostOfPage}${query.size > 0 ? `&${query}` : ""}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);
      [all, cursor] = [all + items.items.length, items.next];
      setCounted(`${plural(all, "item")}${cursor === null ? "" : " and more"}`);
    }
    return `${count(all)} items${cursor === null ? "" : " and more"}.`;
  });
  if (!more) return <>{plural(shown, "item")}</>;
  if (counted !== null) return <>The first {shown} of {counted}</>;
  return <span class="row">The first {shown}<button type="button" class="button quiet small" disabled={action.busy} onClick={run}>Count them all</button></span>;
}

function Row({ item }: { item: Item }) {
  return (
    <tr role="row">
      <th role="rowheader" scope="row" class="whole"><a class="break" href={linkToItem(item.itemId)}>{item.title ?? item.itemId}</a>{item.title && <> <code class="faint break">{item.itemId}</code></>}</th>
      <td role="cell" class="break" data-label="Categories">{item.categories.join(", ") || none}</td>
      <td role="cell" class="end" data-label="Price">{price(item)}</td>
      <td role="cell" data-label="Availability"><Availability item={item} /></td>
    </tr>
  );
}

export function Availability({ item }: { item: Item }) {
  return item.available ? <Badge tone="good">Available</Badge> : <Badge tone="warn">Not available: in no list</Badge>;
}
