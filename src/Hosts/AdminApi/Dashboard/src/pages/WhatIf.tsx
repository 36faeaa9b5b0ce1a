import { useState } from "preact/hooks";
import { useAction } from "../api/action";
import { get, post } from "../api/client";
import { useResource } from "../api/resource";
import type { List, ListedItem, Profile, Titled, WhatIfAnswer } from "../api/types";
import { Card } from "../ui/parts";
import { Problem } from "../ui/Loaded";

const types = ["view", "click", "like", "add-to-cart", "purchase", "dislike"];

/** The list before and after something that has not happened. Nothing is stored. */
export function WhatIf({ profile }: { profile: Profile }) {
  const popular = useResource("popular", (signal) => get<List>("items/popular?n=200", signal));
  const named = namedOf(profile, popular.data);
  const [item, setItem] = useState("");
  const [type, setType] = useState("purchase");
  const [answer, setAnswer] = useState<WhatIfAnswer | null>(null);
  const action = useAction();
  const ask = (event: Event) => {
    event.preventDefault();
    void action.run(async () => {
      const given = await post<WhatIfAnswer>(`users/${encodeURIComponent(profile.userId)}/what-if`, { itemId: idOf(item.trim(), named), interactionType: type, n: 10 });
      setAnswer(given);
      return `${entering(given).size} of 10 items would change.`;
    });
  };
  return (
    <Card title="What if" note="Nothing is stored">
      <div class="stack">
        <form class="inline-form" onSubmit={ask}>
          <div class="field">
            <label for="what-if-type">If there were a</label>
            <select id="what-if-type" class="input" value={type} onChange={(event) => setType(event.currentTarget.value)}>
              {types.map((one) => <option key={one}>{one}</option>)}
            </select>
          </div>
          <div class="field">
            <label for="what-if-item">of the item (id or title)</label>
            <input id="what-if-item" class="input" autocomplete="off" spellcheck={false} required list="what-if-items" value={item} onInput={(event) => setItem(event.currentTarget.value)} />
            <datalist id="what-if-items">{named.map((one) => <option key={one.itemId} value={one.title ?? one.itemId}>{one.itemId}</option>)}</datalist>
          </div>
          <button type="submit" class="button" disabled={action.busy}>Show the list</button>
        </form>
        {action.error && <Problem message={action.error} />}
        {answer && <Answer answer={answer} />}
      </div>
    </Card>
  );
}

function Answer({ answer }: { answer: WhatIfAnswer }) {
  const [came, left] = [entering(answer), leaving(answer)];
  return (
    <div class="what-if">
      <div><h3>Now</h3><Ranked items={answer.before} marked={left} mark="leaving" says="would leave" /></div>
      <div><h3>Then</h3><Ranked items={answer.after} marked={came} mark="entering" says="would come in" /></div>
    </div>
  );
}

function Ranked({ items, marked, mark, says }: { items: readonly ListedItem[]; marked: ReadonlySet<string>; mark: string; says: string }) {
  return (
    <ol>
      {items.map((item, index) => (
        <li key={item.itemId} class={marked.has(item.itemId) ? mark : ""}>
          <span class="rank">{index + 1}</span>
          <span>{item.title ?? item.itemId}{marked.has(item.itemId) && <span class="visually-hidden"> ({says})</span>}</span>
        </li>
      ))}
    </ol>
  );
}

/** What the field completes: the user's own items and the popular ones, each once. */
function namedOf(profile: Profile, popular: List | null): Titled[] {
  const all = [...profile.recent, ...(popular?.recommendations ?? [])].map(({ itemId, title }): Titled => ({ itemId, title }));
  return [...new Map(all.map((one) => [one.itemId, one])).values()];
}

/** The id of a title that is completed; else the text is an id. */
const idOf = (text: string, named: readonly Titled[]): string => named.find((one) => one.title === text)?.itemId ?? text;

const ids = (items: readonly ListedItem[]) => new Set(items.map((item) => item.itemId));
const entering = ({ before, after }: WhatIfAnswer) => ids(after.filter((item) => !ids(before).has(item.itemId)));
const leaving = ({ before, after }: WhatIfAnswer) => ids(before.filter((item) => !ids(after).has(item.itemId)));
