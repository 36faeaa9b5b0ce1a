import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { sources, type Draft, type Fault } from "./scenarios";

interface FormProps {
  readonly draft: Draft;
  readonly change: (next: Draft) => void;
  readonly fault: Fault | null;
}

const windows = ["hour", "day", "week", "month"];

/** Every member of a scenario. What the server refuses is said at its field; a condition is marked at the column. */
export function ScenarioForm({ draft, change, fault }: FormProps) {
  const set = (part: Partial<Draft>) => change({ ...draft, ...part });
  return (
    <>
      <div class="inline-form">
        <Field id="source" label="Candidates" fault={fault}>
          <select id="source" class="input" value={draft.source} onChange={(event) => set({ source: event.currentTarget.value })}>
            {Object.entries(sources).map(([name, says]) => <option key={name} value={name}>{`${name}: ${says}`}</option>)}
          </select>
        </Field>
        {draft.source === "popular" && (
          <Field id="window" label="Popular within" fault={fault}>
            <select id="window" class="input" value={draft.window} onChange={(event) => set({ window: event.currentTarget.value })}>
              <option value="">the model's time</option>
              {windows.map((one) => <option key={one} value={one}>{`the last ${one}`}</option>)}
            </select>
          </Field>
        )}
        <Text id="n" label="Items in a list" fault={fault} value={draft.n} set={(n) => set({ n })} />
      </div>
      <Condition id="filter" label="Filter" hint={<>Only items that meet it, such as <code>item.price &lt; 100.0 &amp;&amp; "sale" in item.tags</code>.</>} fault={fault} value={draft.filter} set={(filter) => set({ filter })} />

      <Rules title="Boosts" one="boost" id="boosts" fault={fault} rules={draft.boosts} made={{ when: "", multiply: "1.5", add: "" }} change={(boosts) => set({ boosts })}>
        {(boost, at, edit) => (
          <>
            <Condition id={`${at}.when`} label="When" fault={fault} value={boost.when} set={(when) => edit({ ...boost, when })} />
            <div class="inline-form">
              <Text id={`${at}.multiply`} label="Multiply the score by" fault={fault} value={boost.multiply} set={(multiply) => edit({ ...boost, multiply })} />
              <Text id={`${at}.add`} label="then add" fault={fault} value={boost.add} set={(add) => edit({ ...boost, add })} />
            </div>
          </>
        )}
      </Rules>
      <Rules title="Pins" one="pin" id="pins" fault={fault} rules={draft.pins} made={{ itemId: "", place: "1" }} change={(pins) => set({ pins })}>
        {(pin, at, edit) => (
          <div class="inline-form">
            <Text id={`${at}.itemId`} label="Item id" fault={fault} value={pin.itemId} set={(itemId) => edit({ ...pin, itemId })} />
            <Text id={`${at}.place`} label="Place" fault={fault} value={pin.place} set={(place) => edit({ ...pin, place })} />
          </div>
        )}
      </Rules>
      <Rules title="Promotions" one="promotion" id="promotions" fault={fault} rules={draft.promotions} made={{ filter: "", share: "0.2" }} change={(promotions) => set({ promotions })}>
        {(promotion, at, edit) => (
          <>
            <Condition id={`${at}.filter`} label="Items that meet" fault={fault} value={promotion.filter} set={(filter) => edit({ ...promotion, filter })} />
            <Text id={`${at}.share`} label="Share of the places, 0–1" fault={fault} value={promotion.share} set={(share) => edit({ ...promotion, share })} />
          </>
        )}
      </Rules>
      <fieldset class="rules">
        <legend>Diversity</legend>
        <div class="inline-form">
          <Text id="diversity.by" label="No more items alike in" fault={fault} value={draft.diversity.by} placeholder="categories" set={(by) => set({ diversity: { ...draft.diversity, by, max: draft.diversity.max || "2", window: draft.diversity.window || "6" } })} />
          {draft.diversity.by !== "" && (
            <>
              <Text id="diversity.max" label="than" fault={fault} value={draft.diversity.max} set={(max) => set({ diversity: { ...draft.diversity, max } })} />
              <Text id="diversity.window" label="among places in a row" fault={fault} value={draft.diversity.window} set={(window) => set({ diversity: { ...draft.diversity, window } })} />
            </>
          )}
          <Text id="diversity.similarity" label="How much likeness to the items before counts, 0–1" fault={fault} value={draft.diversity.similarity} set={(similarity) => set({ diversity: { ...draft.diversity, similarity } })} />
        </div>
      </fieldset>
      <fieldset class="rules">
        <legend>Exploration</legend>
        <div class="inline-form">
          <Text id="exploration.share" label="Share of the places for new items, 0–0.5" fault={fault} value={draft.exploration.share} set={(share) => set({ exploration: { ...draft.exploration, share } })} />
          {draft.exploration.share !== "" && (
            <Text id="exploration.days" label="that are not older, in days" fault={fault} value={draft.exploration.days} set={(days) => set({ exploration: { ...draft.exploration, days } })} />
          )}
        </div>
      </fieldset>
      <div class="inline-form">
        <Field id="repeats" label="Items that the user acted on" fault={fault}>
          <select id="repeats" class="input" value={draft.repeats} onChange={(event) => set({ repeats: event.currentTarget.value as Draft["repeats"] })}>
            <option value="">as the settings say</option><option value="false">are left out</option><option value="true">may come again</option>
          </select>
        </Field>
        <label class="check"><input type="checkbox" checked={draft.fillUp} onChange={(event) => set({ fillUp: event.currentTarget.checked })} /> Popular items fill up short lists</label>
      </div>
    </>
  );
}

interface RulesProps<T> {
  readonly title: string;
  readonly one: string;
  readonly id: string;
  readonly fault: Fault | null;
  readonly rules: readonly T[];
  readonly made: T;
  readonly change: (rules: T[]) => void;
  readonly children: (rule: T, at: string, edit: (next: T) => void) => ComponentChildren;
}

function Rules<T>({ title, one, id, fault, rules, made, change, children }: RulesProps<T>) {
  return (
    <fieldset class="rules">
      <legend>{title}</legend>
      {rules.map((rule, index) => (
        <div key={index} class="rule">
          {children(rule, `${id}[${index}]`, (next) => change(rules.map((other, at) => (at === index ? next : other))))}
          <div class="row spread">
            <Wrong id={`${id}[${index}]`} fault={fault} />
            <button type="button" class="button quiet small" aria-label={`Remove ${one} ${index + 1}`} onClick={() => change(rules.filter((_, at) => at !== index))}>Remove</button>
          </div>
        </div>
      ))}
      <div class="row"><button type="button" class="button small" onClick={() => change([...rules, made])}>Add a {one}</button><Wrong id={id} fault={fault} /></div>
    </fieldset>
  );
}

const isAt = (id: string, fault: Fault | null): fault is Fault => fault !== null && fault.member === id;

function Wrong({ id, fault }: { id: string; fault: Fault | null }) {
  return isAt(id, fault) ? <span id={`${id}-wrong`} class="wrong break" role="alert">{fault.sentence}</span> : null;
}

function Field({ id, label, fault, children }: { id: string; label: string; fault: Fault | null; children: ComponentChildren }) {
  return <div class="field"><label for={id}>{label}</label>{children}<Wrong id={id} fault={fault} /></div>;
}

interface TextProps {
  readonly id: string;
  readonly label: string;
  readonly fault: Fault | null;
  readonly value: string;
  readonly placeholder?: string;
  readonly set: (value: string) => void;
}

function Text({ id, label, fault, value, placeholder, set }: TextProps) {
  return (
    <Field id={id} label={label} fault={fault}>
      <input id={id} class="input" autocomplete="off" autocapitalize="off" spellcheck={false} placeholder={placeholder} value={value}
        aria-invalid={isAt(id, fault) ? "true" : undefined} aria-describedby={isAt(id, fault) ? `${id}-wrong` : undefined} onInput={(event) => set(event.currentTarget.value)} />
    </Field>
  );
}

/** A condition. Refused, it shows where: a mark under the column, and the cursor is put there. */
function Condition({ id, label, hint, fault, value, set }: TextProps & { readonly hint?: ComponentChildren }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const column = isAt(id, fault) ? fault.column : null;
  useEffect(() => {
    if (column === null || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(column - 1, column);
  }, [fault]);
  return (
    <Field id={id} label={label} fault={fault}>
      <textarea ref={field} id={id} class="input code" rows={Math.min(6, value.split("\n").length)} autocapitalize="off" spellcheck={false} value={value}
        aria-invalid={isAt(id, fault) ? "true" : undefined} aria-describedby={isAt(id, fault) ? `${id}-wrong` : undefined} onInput={(event) => set(event.currentTarget.value)} />
      {column !== null && <pre class="at-column" aria-hidden="true">{value.slice(0, column - 1).replaceAll("\n", " ")}<mark>{value.slice(column - 1, column) || " "}</mark>{value.slice(column).replaceAll("\n", " ")}</pre>}
      {hint && <span class="hint">{hint}</span>}
    </Field>
  );
}
