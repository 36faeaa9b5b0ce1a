import { useState } from "preact/hooks";
import { useAction } from "../api/action";
import { post, put } from "../api/client";
import type { Item, ItemPreview } from "../api/types";
import { linkTo } from "../app/router";
import { count, plural } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Problem } from "../ui/Loaded";
import { Badge, Card, Page } from "../ui/parts";
import { linkToItem } from "./ItemPage";

const atOnce = 1000;
const mostShown = 50;
const example = '[{"itemId": "85123A", "title": "Holder", "categories": ["Home"], "price": 2.95, "currency": "GBP"}]';

interface Given {
  readonly items: readonly unknown[];
  readonly preview: ItemPreview;
}

/** Items are read in the browser, shown with what they would change, and put only then. */
export function ImportPage() {
  const [text, setText] = useState("");
  const [given, setGiven] = useState<Given | null>(null);
  const action = useAction();
  const choose = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (file) setText(await file.text());
    setGiven(null);
  };
  const look = (event: Event) => {
    event.preventDefault();
    setGiven(null);
    void action.run(async () => {
      const items = itemsOf(text);
      const preview = await inChunks(items, { added: 0, changed: 0, unchanged: 0, items: [] } as ItemPreview, async (sum, chunk) => {
        const part = await post<ItemPreview>("items/preview", chunk);
        return {
          added: sum.added + part.added, changed: sum.changed + part.changed, unchanged: sum.unchanged + part.unchanged,
          items: [...sum.items, ...part.items].slice(0, mostShown),
        };
      });
      setGiven({ items, preview });
      return `${count(preview.added)} would be added, ${count(preview.changed)} changed.`;
    });
  };
  const store = () => void action.run(async () => {
    await inChunks(given!.items, 0, async (done, chunk) => {
      await put("items", chunk);
      return done + chunk.length;
    });
    setGiven(null);
    setText("");
    return `${plural(given!.items.length, "item")} are stored.`;
  });
  return (
    <Page title="Import items" crumb={{ href: linkTo(["items"]), text: "Catalogue" }} lead="See what would change before anything does.">
      <Card title="Items">
        <form class="stack" onSubmit={look}>
          <div class="field">
            <label for="file">A file of JSON or JSON Lines</label>
            <input id="file" type="file" accept=".json,.jsonl,.ndjson,application/json" onChange={(event) => void choose(event.currentTarget)} />
          </div>
          <div class="field">
            <label for="json">or the items themselves</label>
            <textarea id="json" class="input code" rows={8} spellcheck={false} required placeholder={example} value={text} onInput={(event) => { setText(event.currentTarget.value); setGiven(null); }} />
            <span class="hint">An item replaces what is known of it: what it does not say is removed. To merge, and for CSV and Parquet, use <code>recommend items import FILE</code>.</span>
          </div>
          <div class="row"><button type="submit" class="button" disabled={action.busy}>Show what would change</button></div>
        </form>
        {action.error && <Problem message={action.error} />}
      </Card>
      {given && (
        <Card title="What would change" note={`${count(given.preview.added)} added, ${count(given.preview.changed)} changed, ${count(given.preview.unchanged)} as they are`}>
          <div class="stack">
            {given.preview.items.length > 0 && <Changes preview={given.preview} />}
            {given.preview.added + given.preview.changed > given.preview.items.length && (
              <p class="faint">and {count(given.preview.added + given.preview.changed - given.preview.items.length)} more.</p>
            )}
            <div class="row"><ActionButton needs="writer" class="button primary" disabled={action.busy} onClick={store}>Store {plural(given.items.length, "item")}</ActionButton></div>
          </div>
        </Card>
      )}
    </Page>
  );
}

function Changes({ preview }: { preview: ItemPreview }) {
  return (
    <table class="table folds" role="table">
      <thead><tr><th scope="col">Item</th><th scope="col">State</th><th scope="col">Changes</th></tr></thead>
      <tbody>
        {preview.items.map(({ before, after }) => (
          <tr key={after.itemId} role="row">
            <th role="rowheader" scope="row" class="whole break">{before ? <a href={linkToItem(after.itemId)}>{after.itemId}</a> : after.itemId}</th>
            <td role="cell" data-label="State">{before ? <Badge tone="warn">Changed</Badge> : <Badge tone="good">New</Badge>}</td>
            <td role="cell" class="whole">
              <ul>{differences(before, after).map(([name, was, will]) => (
                <li key={name} class="break"><strong>{name}</strong> {before && <><del>{was}</del> → </>}{will === "" ? <em>removed</em> : <ins>{will}</ins>}</li>
              ))}</ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What differs, as texts: name, before, after. */
function differences(before: Item | null, after: Item): [string, string, string][] {
  const flat = (item: Item | null): Map<string, string> => {
    const { attributes = {}, ...properties } = item ?? { itemId: "" };
    return new Map(Object.entries({ ...properties, ...attributes }).map(([name, value]) => [name, textOf(value)]));
  };
  const [was, will] = [flat(before), flat(after)];
  const names = [...new Set([...was.keys(), ...will.keys()])].filter((name) => name !== "itemId");
  return names.map((name): [string, string, string] => [name, was.get(name) ?? "", will.get(name) ?? ""])
    .filter(([, one, other]) => one !== other);
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? "" : Array.isArray(value) ? value.join(", ") : String(value);

async function inChunks<T>(items: readonly unknown[], start: T, work: (sum: T, chunk: readonly unknown[]) => Promise<T>): Promise<T> {
  let sum = start;
  for (let from = 0; from < items.length; from += atOnce) sum = await work(sum, items.slice(from, from + atOnce));
  return sum;
}

/** The items of a JSON array, of one object, or of JSON Lines. */
function itemsOf(text: string): unknown[] {
  const items = whole(text) ?? lines(text);
  if (items.length === 0) throw new Error("There is no item; give a JSON array of items, or one item a line.");
  return items;
}

function whole(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return null;
  }
}

function lines(text: string): unknown[] {
  return text.split("\n").flatMap((line, index) => {
    if (!line.trim()) return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (problem) {
      throw new Error(`Line ${index + 1} is no JSON: ${problem instanceof Error ? problem.message : String(problem)}`);
    }
  });
}
