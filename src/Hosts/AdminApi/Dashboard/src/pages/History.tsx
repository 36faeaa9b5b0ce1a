import { useState } from "preact/hooks";
import type { Recent } from "../api/types";
import { moment, plural } from "../format";
import { Card } from "../ui/parts";
import { linkToItem } from "./ItemPage";

const shownFirst = 12;

export function History({ recent, all }: { recent: readonly Recent[]; all: number }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? recent : recent.slice(0, shownFirst);
  return (
    <Card title="History" note={`Newest first${all > recent.length ? `; ${plural(all - recent.length, "older one")} counted, not kept` : ""}`}>
      <table class="table">
        <thead><tr><th scope="col">Item</th><th scope="col">Type</th><th scope="col" class="end">When (UTC)</th></tr></thead>
        <tbody>
          {shown.map((one, index) => (
            <tr key={index}>
              <td><a class="title break clamp" title={one.title ?? undefined} href={linkToItem(one.itemId)}>{one.title ?? one.itemId}</a>{one.title && <> <code class="faint">{one.itemId}</code></>}</td>
              <td>{one.type}</td>
              <td class="end number">{moment(one.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {recent.length > shownFirst && (
        <button type="button" class="button quiet small" onClick={() => setWhole(!whole)}>{whole ? "Show fewer" : `Show all ${recent.length}`}</button>
      )}
    </Card>
  );
}
