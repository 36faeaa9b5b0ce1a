import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { ItemMetrics } from "../api/types";
import { CsvButton } from "../charts/CsvButton";
import { count, money, none } from "../format";
import { Loaded } from "../ui/Loaded";
import { Card } from "../ui/parts";
import { linkToItem } from "./ItemPage";
import { amountOf, unitOf } from "./results";

const shown = 10;

interface ItemTablesProps {
  readonly from: string;
  readonly to: string;
  readonly currency: string | null;
}

/** The items that lists sell, and those that they don't: shown in vain, or never shown. */
export function ItemTables({ from, to, currency }: ItemTablesProps) {
  const load = (order: string) => (signal: AbortSignal) => get<ItemMetrics>(`metrics/items?order=${order}&n=${shown}&from=${from}&to=${to}`, signal);
  const key = `${from} ${to}`;
  const top = useResource(`top ${key}`, load("conversions"));
  const unclicked = useResource(`unclicked ${key}`, load("unclicked"));
  const unseen = useResource(`unseen ${key}`, load("unseen"));
  const columns: readonly Column[] = [
    { name: "On screen", of: (figures) => figures.impressions, text: (figures) => count(figures.impressions) },
    { name: "Clicks", of: (figures) => figures.clicks, text: (figures) => count(figures.clicks) },
    { name: "Conversions", of: (figures) => figures.conversions, text: (figures) => count(figures.conversions) },
    ...(currency === null ? [] : [{
      name: "Revenue", of: (figures: Figures) => amountOf(figures, currency), text: (figures: Figures) => money(amountOf(figures, currency), unitOf(currency)),
    }]),
  ];
  return (
    <>
      <ItemTable title="Top items" csv="top-items" resource={top} columns={columns} empty="No list led to a conversion yet." />
      <div class="columns tops">
        <ItemTable title="Shown in vain" note="On screen most often without a click" csv="unclicked-items" resource={unclicked} columns={columns.slice(0, 1)} empty="Every item that was on screen was clicked." />
        <ItemTable title="Never shown" note="Available, and on no list" csv="unseen-items" resource={unseen}
          columns={[{ name: "Bought otherwise", of: (figures) => figures.otherConversions, text: (figures) => (figures.otherConversions > 0 ? count(figures.otherConversions) : none) }]}
          empty="Every available item of the catalogue was on screen." />
      </div>
    </>
  );
}

type Figures = ItemMetrics["items"][number]["figures"];

interface Column {
  readonly name: string;
  readonly of: (figures: Figures) => number;
  readonly text: (figures: Figures) => string;
}

interface ItemTableProps {
  readonly title: string;
  readonly note?: string;
  readonly csv: string;
  readonly resource: ReturnType<typeof useResource<ItemMetrics>>;
  readonly columns: readonly Column[];
  readonly empty: string;
}

function ItemTable({ title, note, csv, resource, columns, empty }: ItemTableProps) {
  const items = resource.data?.items ?? [];
  return (
    <Card title={title} note={items.length > 0 && (
      <span class="row">{note}<CsvButton name={csv} of={title} header={["itemId", "title", ...columns.map((one) => one.name)]}
        rows={items.map((item) => [item.itemId, item.title, ...columns.map((one) => one.of(item.figures))])} /></span>
    )}>
      <Loaded resource={resource}>{() => (items.length === 0 ? <p class="soft quiet-text">{empty}</p> : (
        <table class="table folds" role="table">
          <thead><tr><th scope="col">Item</th>{columns.map((one) => <th key={one.name} scope="col" class="end">{one.name}</th>)}</tr></thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.itemId} role="row">
                <th role="rowheader" scope="row" class="whole"><a class="break" href={linkToItem(item.itemId)}>{item.title ?? item.itemId}</a></th>
                {columns.map((one) => <td key={one.name} role="cell" class="end" data-label={one.name}>{one.text(item.figures)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      ))}</Loaded>
    </Card>
  );
}
