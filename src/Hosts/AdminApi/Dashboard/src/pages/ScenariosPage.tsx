import { useState } from "preact/hooks";
import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { ScenarioVersion } from "../api/types";
import { goTo, linkTo } from "../app/router";
import { moment, none } from "../format";
import { Loaded } from "../ui/Loaded";
import { Card, Empty, Page } from "../ui/parts";
import { sources } from "./scenarios";

export function ScenariosPage() {
  const scenarios = useResource("scenarios", (signal) => get<{ scenarios: ScenarioVersion[] }>("scenarios", signal));
  return (
    <Page title="Scenarios" lead="How lists are made for each place of the shop: the home page, the basket, an e-mail.">
      <Card title="In force">
        <Loaded resource={scenarios}>{({ scenarios: all }) => (all.length === 0 ? (
          <Empty title="No scenario yet"><p>Every list is made by the model alone. A scenario adds filters, boosts, pins, promotions and diversity: name one below, and try it on a user before it is in force.</p></Empty>
        ) : <Table scenarios={all} />)}</Loaded>
      </Card>
      <Card title="New scenario"><NewScenario /></Card>
    </Page>
  );
}

function Table({ scenarios }: { scenarios: readonly ScenarioVersion[] }) {
  return (
    <table class="table folds" role="table">
      <thead>
        <tr><th scope="col">Scenario</th><th scope="col">Source</th><th scope="col" class="end">Version</th><th scope="col">Changed (UTC)</th><th scope="col">By</th><th scope="col">Why</th></tr>
      </thead>
      <tbody>
        {scenarios.map((one) => (
          <tr key={one.name} role="row">
            <th role="rowheader" scope="row" class="whole"><a class="break" href={linkTo(["scenarios", one.name])}>{one.name}</a></th>
            <td role="cell" data-label="Source">{sources[one.scenario?.source ?? ""] ?? none}</td>
            <td role="cell" class="end" data-label="Version">{one.version}</td>
            <td role="cell" class="number" data-label="Changed (UTC)">{moment(one.at)}</td>
            <td role="cell" class="break" data-label="By">{one.by}</td>
            <td role="cell" class="break" data-label="Why">{one.reason ?? none}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NewScenario() {
  const [name, setName] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    goTo(["scenarios", name.trim()]);
  };
  return (
    <form class="inline-form compact" onSubmit={submit}>
      <div class="field">
        <label for="scenario-name">Name</label>
        <input id="scenario-name" class="input" autocomplete="off" autocapitalize="off" spellcheck={false} required pattern="[a-z0-9_\-]+" title="a–z, 0–9, - and _"
          placeholder="home" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </div>
      <button type="submit" class="button primary">Go on</button>
    </form>
  );
}
