import { useState } from "preact/hooks";
import { useAction } from "../api/action";
import { post } from "../api/client";
import type { ListedItem, ScenarioPreviewAnswer } from "../api/types";
import { Card, Empty } from "../ui/parts";
import { Problem } from "../ui/Loaded";
import { linkToItem } from "./ItemPage";
import { documentOf, faultOf, type Draft } from "./scenarios";

interface PreviewProps {
  readonly path: string;
  readonly draft: Draft;
  readonly asked: () => void;
  readonly refused: (sentence: string) => void;
}

/** The list of a real user as it is and as it would be, side by side. Nothing is stored. */
export function ScenarioPreview({ path, draft, asked, refused }: PreviewProps) {
  const [user, setUser] = useState("");
  const [basket, setBasket] = useState("");
  const [answer, setAnswer] = useState<ScenarioPreviewAnswer | null>(null);
  const action = useAction();
  const ask = (event: Event) => {
    event.preventDefault();
    asked();
    setAnswer(null);
    void action.run(async () => {
      const items = basket.split(/[\s,]+/).filter(Boolean);
      try {
        const given = await post<ScenarioPreviewAnswer>(`${path}/preview`, {
          scenario: documentOf(draft), ...(user.trim() ? { userId: user.trim() } : {}), ...(items.length > 0 ? { basket: items } : {}),
        });
        setAnswer(given);
        return `${moved(given.before.recommendations, given.after.recommendations).size} items come in.`;
      } catch (problem) {
        refused(problem instanceof Error ? problem.message : String(problem));
        throw problem;
      }
    });
  };
  // What is said at its field is not said again here.
  const shown = action.error !== null && faultOf(action.error).member === null ? action.error : null;
  return (
    <Card title="Preview" note="Nothing is stored">
      <div class="stack">
        <form class="inline-form" onSubmit={ask}>
          <div class="field">
            <label for="preview-user">User id</label>
            <input id="preview-user" class="input" autocomplete="off" autocapitalize="off" spellcheck={false} placeholder="somebody unknown" value={user} onInput={(event) => setUser(event.currentTarget.value)} />
          </div>
          <div class="field">
            <label for="preview-basket">Items of the basket</label>
            <input id="preview-basket" class="input" autocomplete="off" autocapitalize="off" spellcheck={false} placeholder="none" value={basket} onInput={(event) => setBasket(event.currentTarget.value)} />
          </div>
          <button type="submit" class="button" disabled={action.busy}>Compare</button>
        </form>
        {shown !== null && <Problem message={shown} />}
        {answer === null ? (
          <p class="soft quiet-text">Compare the list that a user gets now with the one of the rules on this page.</p>
        ) : <SideBySide before={answer.before.recommendations} after={answer.after.recommendations} />}
      </div>
    </Card>
  );
}

function SideBySide({ before, after }: { before: readonly ListedItem[]; after: readonly ListedItem[] }) {
  return (
    <div class="what-if">
      <div><h3>Now</h3><Ranked items={before} marked={moved(after, before)} mark="leaving" says="would leave" /></div>
      <div><h3>Then</h3><Ranked items={after} marked={moved(before, after)} mark="entering" says="would come in" /></div>
    </div>
  );
}

/** What the second list has and the first one lacks. */
const moved = (first: readonly ListedItem[], second: readonly ListedItem[]): Set<string> => {
  const known = new Set(first.map((item) => item.itemId));
  return new Set(second.map((item) => item.itemId).filter((id) => !known.has(id)));
};

function Ranked({ items, marked, mark, says }: { items: readonly ListedItem[]; marked: ReadonlySet<string>; mark: string; says: string }) {
  if (items.length === 0) return <Empty title="No item"><p>Nothing is left to offer.</p></Empty>;
  return (
    <ol>
      {items.map((item, index) => (
        <li key={item.itemId} class={marked.has(item.itemId) ? mark : ""}>
          <span class="rank">{index + 1}</span>
          <span>
            <a href={linkToItem(item.itemId)}>{item.title ?? item.itemId}</a>{marked.has(item.itemId) && <span class="visually-hidden"> ({says})</span>}
            {item.rules && <span class="faint"> {item.rules.join(", ")}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
