import { useState } from "preact/hooks";
import { useAction } from "../api/action";
import { get, put, remove } from "../api/client";
import { useResource } from "../api/resource";
import type { Scenario, ScenarioVersion } from "../api/types";
import { goTo, linkTo } from "../app/router";
import { moment, none } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Confirm } from "../ui/Confirm";
import { Loaded } from "../ui/Loaded";
import { Badge, Card, Page } from "../ui/parts";
import { ScenarioForm } from "./ScenarioForm";
import { ScenarioPreview } from "./ScenarioPreview";
import { documentOf, draftOf, faultOf, newScenario, type Fault } from "./scenarios";

type Versions = readonly ScenarioVersion[];

export function ScenarioPage({ name }: { name: string }) {
  const path = `scenarios/${encodeURIComponent(name)}`;
  const versions = useResource(path, (signal) => versionsOf(path, signal));
  const [asking, setAsking] = useState<"delete" | ScenarioVersion | null>(null);
  const inForce = versions.data?.[0]?.scenario ?? null;
  const close = (done: boolean) => {
    if (done && asking === "delete") goTo(["scenarios"]);
    else if (done) versions.reload();
    setAsking(null);
  };
  return (
    <Page
      title={`Scenario ${name}`} crumb={{ href: linkTo(["scenarios"]), text: "Scenarios" }}
      actions={inForce && <ActionButton needs="operator" class="button danger" onClick={() => setAsking("delete")}>Delete</ActionButton>}
    >
      <Loaded resource={versions}>{(all) => (
        <>
          {/* Another version in force is another form. */}
          <Editor key={all[0]?.version ?? 0} path={path} scenario={inForce ?? newScenario} isNew={inForce === null} saved={versions.reload} />
          {all.length > 0 && <History versions={all} restore={setAsking} />}
        </>
      )}</Loaded>
      {asking === "delete" && (
        <Confirm title="Delete this scenario?" verb="Delete" danger work={async () => { await remove(path); return `Scenario ${name} is deleted; its versions are kept.`; }} close={close}>
          <p class="soft">Requests that name it are refused from now on. Its versions are kept, and each can be put in force again.</p>
        </Confirm>
      )}
      {asking !== null && asking !== "delete" && <Restore path={path} version={asking} close={close} />}
    </Page>
  );
}

/** A name that no scenario ever had is a new one. */
async function versionsOf(path: string, signal: AbortSignal): Promise<Versions> {
  try {
    return (await get<{ scenarios: Versions }>(`${path}/versions`, signal)).scenarios;
  } catch (problem) {
    if (problem instanceof Error && "status" in problem && problem.status === 404) return [];
    throw problem;
  }
}

interface EditorProps {
  readonly path: string;
  readonly scenario: Scenario;
  readonly isNew: boolean;
  readonly saved: () => void;
}

function Editor({ path, scenario, isNew, saved }: EditorProps) {
  const [draft, setDraft] = useState(() => draftOf(scenario));
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const action = useAction();
  const refuse = (problem: unknown) => {
    setFault(faultOf(problem instanceof Error ? problem.message : String(problem)));
    throw problem;
  };
  const save = () => void action.run(async () => {
    setFault(null);
    const query = reason.trim() ? `?reason=${encodeURIComponent(reason.trim())}` : "";
    const version = await put<ScenarioVersion>(`${path}${query}`, documentOf(draft)).catch(refuse) as ScenarioVersion;
    saved();
    return `Version ${version.version} is in force.`;
  });
  return (
    <div class="columns tops">
      <Card title={isNew ? "Not in force yet" : "Rules"}>
        <form class="stack" noValidate onSubmit={(event) => event.preventDefault()}>
          <ScenarioForm draft={draft} change={(next) => { setDraft(next); setFault(null); }} fault={fault} />
          {fault && fault.member === null && <div class="notice bad" role="alert"><p class="break">{fault.sentence}</p></div>}
          <div class="field">
            <label for="reason">Why</label>
            <input id="reason" class="input" autocomplete="off" placeholder="spring sale" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
            <span class="hint">Shown with the version.</span>
          </div>
          <div class="row"><ActionButton needs="operator" class="button primary" disabled={action.busy} onClick={save}>{isNew ? "Put in force" : "Put the change in force"}</ActionButton></div>
        </form>
      </Card>
      <ScenarioPreview path={path} draft={draft} refused={(problem) => setFault(faultOf(problem))} asked={() => setFault(null)} />
    </div>
  );
}

function History({ versions, restore }: { versions: Versions; restore: (version: ScenarioVersion) => void }) {
  return (
    <Card title="Versions" note="Newest first; the newest is in force">
      <table class="table folds" role="table">
        <thead><tr><th scope="col">Version</th><th scope="col">When (UTC)</th><th scope="col">By</th><th scope="col">Why</th><th scope="col" class="narrow"><span class="visually-hidden">Actions</span></th></tr></thead>
        <tbody>
          {versions.map((one, index) => (
            <tr key={one.version} role="row">
              <th role="rowheader" scope="row" class="whole">
                <details class="disclosure"><summary>Version {one.version}</summary><pre tabIndex={0} role="region" aria-label={`Version ${one.version}`}>{JSON.stringify(one.scenario, null, 2)}</pre></details>
                {index === 0 && <Badge tone={one.scenario ? "good" : "warn"}>{one.scenario ? "In force" : "Deleted"}</Badge>}
              </th>
              <td role="cell" class="number" data-label="When (UTC)">{moment(one.at)}</td>
              <td role="cell" class="break" data-label="By">{one.by}</td>
              <td role="cell" class="break" data-label="Why">{one.reason ?? none}</td>
              <td role="cell" class="narrow">
                {index > 0 && one.scenario && <ActionButton needs="operator" class="button small" label={`Put version ${one.version} in force again`} onClick={() => restore(one)}>{index === 1 ? "Undo to this" : "Restore"}</ActionButton>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Restore({ path, version, close }: { path: string; version: ScenarioVersion; close: (done: boolean) => void }) {
  const restore = async () => {
    const made = await put<ScenarioVersion>(`${path}?reason=${encodeURIComponent(`version ${version.version} again`)}`, version.scenario);
    return `Version ${made.version} is in force: it says what version ${version.version} said.`;
  };
  return (
    <Confirm title={`Put version ${version.version} in force again?`} verb="Put in force" work={restore} close={close}>
      <p class="soft">It becomes the newest version. The one that is in force now stays among the versions.</p>
    </Confirm>
  );
}
