import type { Model, Models } from "../api/types";
import { bytes, count, fixed, moment, none } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Badge, Card, Facts } from "../ui/parts";
import { titleOf } from "./metrics";
import { meaningOf } from "./parameters";

interface ModelTableProps {
  readonly models: Models;
  /** Loads older ones; null where there are none. */
  readonly more: (() => void) | null;
  readonly promote: (model: Model) => void;
}

export function ModelTable({ models: { models, current, previous }, more, promote }: ModelTableProps) {
  const ndcg = Object.keys(models[0]?.metrics ?? {}).find((name) => name.startsWith("ndcg"));
  return (
    <Card title="Versions" note="Newest first">
      <table class="table folds" role="table">
        <thead>
          <tr>
            <th scope="col">Version</th><th scope="col">State</th><th scope="col" class="end">{ndcg ? titleOf(ndcg) : "Quality"}</th>
            <th scope="col" class="end">Items</th><th scope="col" class="end">Interactions</th><th scope="col" class="end">Size</th>
            <th scope="col" class="narrow"><span class="visually-hidden">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.version} role="row">
              <th role="rowheader" scope="row" class="whole">
                <span class="mono break">{model.version}</span>
                <Details model={model} />
              </th>
              <td role="cell" data-label="State"><State model={model} current={current} previous={previous} /></td>
              <td role="cell" class="end" data-label={ndcg ? titleOf(ndcg) : "Quality"}>{ndcg && model.metrics[ndcg] !== undefined ? fixed(model.metrics[ndcg], 4) : none}</td>
              <td role="cell" class="end" data-label="Items">{count(model.items)}</td>
              <td role="cell" class="end" data-label="Interactions">{count(model.interactions)}</td>
              <td role="cell" class="end" data-label="Size">{bytes(model.artefactBytes)}</td>
              <td role="cell" class="narrow">
                {model.version !== current && <ActionButton needs="operator" class="button small" label={`Promote ${model.version}`} onClick={() => promote(model)}>Promote</ActionButton>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && <button type="button" class="button quiet small" onClick={more}>Show older versions</button>}
    </Card>
  );
}

function State({ model, current, previous }: { model: Model; current: string | null; previous: string | null }) {
  if (model.version === current) return <Badge tone="good">Current</Badge>;
  if (model.gate && !model.gate.passed) return <Badge tone="bad">Turned away</Badge>;
  return model.version === previous ? <Badge>Previous</Badge> : <Badge>Kept</Badge>;
}

function Details({ model }: { model: Model }) {
  return (
    <details class="disclosure">
      <summary>{model.gate ? "Gate and parameters" : "Parameters"}</summary>
      <div class="stack">
        {model.gate && (
          <div class={`notice ${model.gate.passed ? "good" : "bad"}`}>
            <ul>{model.gate.reasons.map((reason) => <li key={reason} class="break">{reason}</li>)}</ul>
          </div>
        )}
        <Facts facts={[
          ["Trainer", model.trainer],
          ["As of", `${moment(model.createdAt)} UTC`],
          ...Object.entries(model.metrics).map(([name, value]) => [titleOf(name), `${Number(value.toPrecision(5))}`] as const),
        ]} />
        <Facts facts={Object.entries(model.parameters).map(([name, value]) => [
          meaningOf(name)[0],
          <>{Number(value.toPrecision(6))} <span class="faint">{meaningOf(name)[1] && `the greater: ${meaningOf(name)[1]} · `}<code>{name}</code></span></>,
        ] as const)} />
      </div>
    </details>
  );
}
