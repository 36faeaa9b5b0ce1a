import { useState } from "preact/hooks";
import { getPages, post } from "../api/client";
import { useResource } from "../api/resource";
import type { Run, Runs } from "../api/types";
import { goTo, linkTo } from "../app/router";
import { Chart } from "../charts/Chart";
import { count, date, moment, none, share } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Confirm } from "../ui/Confirm";
import { Loaded } from "../ui/Loaded";
import { Card, Empty, Page } from "../ui/parts";
import { isGoing, outcomes, StateBadge, tookOf } from "./runs";

const refreshWhileGoing = 2000;
const refreshElse = 15_000;
const ofPage = 60;
const ofChart = 60;

export function RunsPage() {
  const [pages, setPages] = useState(1);
  const runs = useResource(
    "runs", (signal) => getPages<Runs>(`batch-runs?n=${ofPage}`, pages, signal),
    (data) => (data?.some((page) => page.runs.some(isGoing)) ? refreshWhileGoing : refreshElse));
  const more = () => {
    setPages(pages + 1);
    runs.reload();
  };
  const [starting, setStarting] = useState(false);
  return (
    <Page
      title="Runs" lead="Each night, every user active in the last 30 days gets a new list."
      actions={<ActionButton needs="operator" class="button primary" onClick={() => setStarting(true)}>Start a run</ActionButton>}
    >
      <Loaded resource={runs}>{(data) => (data[0]!.runs.length > 0 ? <Contents runs={data.flatMap((page) => page.runs)} more={data.at(-1)!.next === null ? null : more} /> : (
        <Card title="Runs">
          <Empty title="No run yet"><p>The nightly run starts at 02:00 UTC. To see lists sooner, start one now.</p></Empty>
        </Card>
      ))}</Loaded>
      {starting && <StartRun close={() => setStarting(false)} />}
    </Page>
  );
}

function Contents({ runs, more }: { runs: readonly Run[]; more: (() => void) | null }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const oldestFirst = runs.slice(0, ofChart).reverse();
  const choose = (id: string, on: boolean) => setChosen((before) => (on ? [...before, id].slice(-2) : before.filter((one) => one !== id)));
  return (
    <>
      <Card title="Users by outcome" note={`The last ${oldestFirst.length === 1 ? "run" : `${oldestFirst.length} runs`}, oldest first`}>
        <Chart
          label="Users of each run by outcome: ranked, fallback, failed, skipped. Enter opens the run." kind="bars" whole format={count} pointName="Start"
          points={oldestFirst.map((run) => date(run.startedAt).replace(/ \d+$/, ""))}
          series={outcomes.map(({ key, name, tone }) => ({ name, tone, values: oldestFirst.map((run) => run[key]) }))}
          onPick={(index) => goTo(["runs", oldestFirst[index]!.runId])}
        />
      </Card>
      <Card
        title="All runs"
        note={chosen.length === 2
          ? <a class="button small" href={linkTo(["runs", "compare"], { a: earlier(runs, chosen), b: later(runs, chosen) })}>Compare the two</a>
          : "Choose two to compare them"}
      >
        <table class="table folds" role="table">
          <thead>
            <tr>
              <th scope="col" class="narrow"><span class="visually-hidden">Compare</span></th>
              <th scope="col">Run</th><th scope="col">State</th><th scope="col">Start (UTC)</th><th scope="col" class="end">Took</th>
              <th scope="col" class="end">Active</th><th scope="col" class="end">Fallback</th><th scope="col" class="end">Failed</th>
            </tr>
          </thead>
          <tbody>{runs.map((run) => <Row key={run.runId} run={run} chosen={chosen.includes(run.runId)} choose={choose} />)}</tbody>
        </table>
        {more && <button type="button" class="button quiet small" onClick={more}>Show older runs</button>}
      </Card>
    </>
  );
}

function Row({ run, chosen, choose }: { run: Run; chosen: boolean; choose: (id: string, on: boolean) => void }) {
  return (
    <tr role="row">
      <td role="cell" class="narrow" data-label="Compare">
        <input type="checkbox" aria-label={`Compare ${run.runId}`} checked={chosen} onChange={(event) => choose(run.runId, event.currentTarget.checked)} />
      </td>
      <th role="rowheader" scope="row" class="whole"><a class="break" href={linkTo(["runs", run.runId])}>{run.runId}</a></th>
      <td role="cell" data-label="State"><StateBadge run={run} /></td>
      <td role="cell" class="number" data-label="Start (UTC)">{moment(run.startedAt)}</td>
      <td role="cell" class="end" data-label="Took">{tookOf(run)}</td>
      <td role="cell" class="end" data-label="Active">{count(isGoing(run) ? run.users : run.active)}</td>
      <td role="cell" class="end" data-label="Fallback">{run.active > 0 ? share(run.fallback, run.active) : none}</td>
      <td role="cell" class="end" data-label="Failed">{count(run.failed)}</td>
    </tr>
  );
}

function StartRun({ close }: { close: () => void }) {
  const [users, setUsers] = useState("");
  const start = async () => {
    const list = users.split(/[\s,]+/).filter(Boolean);
    const run = await post<{ runId: string }>("batch-runs", list.length > 0 ? { users: list } : {});
    goTo(["runs", run.runId]);
    return `Run ${run.runId} has started.`;
  };
  return (
    <Confirm title="Start a run" verb="Start" work={start} close={close}>
      <p class="soft">It ranks every active user with the current model and replaces their lists. One run goes at a time.</p>
      <div class="field">
        <label for="run-users">Only these users</label>
        <input id="run-users" class="input" placeholder="All active users" autocomplete="off" value={users} onInput={(event) => setUsers(event.currentTarget.value)} />
        <span class="hint">Ids, separated by commas or spaces. Leave it empty for all.</span>
      </div>
    </Confirm>
  );
}

const indexIn = (runs: readonly Run[], id: string) => runs.findIndex((run) => run.runId === id);
const earlier = (runs: readonly Run[], [a = "", b = ""]: readonly string[]) => (indexIn(runs, a) > indexIn(runs, b) ? a : b);
const later = (runs: readonly Run[], [a = "", b = ""]: readonly string[]) => (indexIn(runs, a) > indexIn(runs, b) ? b : a);
