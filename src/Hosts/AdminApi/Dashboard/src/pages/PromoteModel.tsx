import { useState } from "preact/hooks";
import { post } from "../api/client";
import type { Model, Models } from "../api/types";
import { none } from "../format";
import { Confirm } from "../ui/Confirm";
import { metricsOf } from "./metrics";

interface PromoteProps {
  readonly model: Model;
  readonly models: Models;
  readonly close: (done: boolean) => void;
}

/** Asks before a model becomes the current one, next to what it would replace, and shows what the gate has against it. */
export function PromoteModel({ model, models, close }: PromoteProps) {
  const [force, setForce] = useState(false);
  const refused = model.gate?.passed === false;
  const promote = async () => {
    await post(`models/${encodeURIComponent(model.version)}/promote`, force ? { force } : {});
    return `Model ${model.version} is the current one.`;
  };
  return (
    <Confirm title="Make this model the current one?" verb="Promote" danger={refused} ready={!refused || force} work={promote} close={close}>
      <p class="soft">From now on <code class="break">{model.version}</code> ranks everyone. Lists of the last run stay until the next one.</p>
      <Comparison from={models.models.find((one) => one.version === models.current)} to={model} />
      {refused && (
        <>
          <div class="notice bad"><ul>{model.gate!.reasons.map((reason) => <li key={reason} class="break">{reason}</li>)}</ul></div>
          <label class="check"><input type="checkbox" checked={force} onChange={(event) => setForce(event.currentTarget.checked)} /> Take it all the same</label>
        </>
      )}
    </Confirm>
  );
}

export function RollBack({ models, close }: { models: Models; close: (done: boolean) => void }) {
  const back = async () => {
    await post("models/rollback");
    return `Model ${models.previous} is the current one again.`;
  };
  const find = (version: string | null) => models.models.find((one) => one.version === version);
  const previous = find(models.previous);
  return (
    <Confirm title="Go back to the model before?" verb="Roll back" work={back} close={close}>
      <p class="soft"><code class="break">{models.previous}</code> becomes current again. Rolling back once more returns to <code class="break">{models.current}</code>.</p>
      {previous && <Comparison from={find(models.current)} to={previous} />}
    </Confirm>
  );
}

function Comparison({ from, to }: { from: Model | undefined; to: Model }) {
  const rows = metricsOf(from ? [from, to] : [to]);
  const text = (model: Model | undefined, metric: (typeof rows)[number]) => {
    const value = model && metric.of(model);
    return value === null || value === undefined ? none : metric.format(value);
  };
  return (
    <table class="table">
      <thead><tr><th scope="col"><span class="visually-hidden">Metric</span></th><th scope="col" class="end">Now</th><th scope="col" class="end">Then</th></tr></thead>
      <tbody>
        {rows.map((metric) => (
          <tr key={metric.name}><th scope="row">{metric.text}</th><td class="end">{text(from, metric)}</td><td class="end">{text(to, metric)}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
