import { useState } from "preact/hooks";
import { get, post } from "../api/client";
import { useResource } from "../api/resource";
import type { Run, RunDetail, Segment } from "../api/types";
import { linkTo } from "../app/router";
import { Chart } from "../charts/Chart";
import { Share } from "../charts/Share";
import { count, moment, none, plural, time } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Confirm } from "../ui/Confirm";
import { Loaded } from "../ui/Loaded";
import { Card, Facts, Page } from "../ui/parts";
import { groupsOf } from "./segments";
import { isGoing, isResumable, outcomes, partsOf, StateBadge, tookOf } from "./runs";

const refreshWhileGoing = 700;

export function RunPage({ id }: { id: string }) {
  const detail = useResource(
    id, (signal) => get<RunDetail>(`batch-runs/${encodeURIComponent(id)}`, signal),
    (data) => (data === null || isGoing(data.run) ? refreshWhileGoing : null));
  const [asking, setAsking] = useState<"cancel" | "resume" | null>(null);
  const close = (done: boolean) => { setAsking(null); if (done) detail.reload(); };
  const run = detail.data?.run;
  return (
    <Page
      title={id} crumb={{ href: linkTo(["runs"]), text: "Runs" }}
      lead={run && <><StateBadge run={run} /> {run.note}</>}
      actions={run && (
        isGoing(run) ? <ActionButton needs="operator" class="button danger" onClick={() => setAsking("cancel")}>Cancel the run</ActionButton>
          : isResumable(run) && <ActionButton needs="operator" class="button primary" onClick={() => setAsking("resume")}>Resume the run</ActionButton>
      )}
    >
      <Loaded resource={detail}>{(data) => <Contents {...data} />}</Loaded>
      {asking === "cancel" && <CancelRun id={id} close={close} />}
      {asking === "resume" && <ResumeRun id={id} close={close} />}
    </Page>
  );
}

function Contents({ run, segments }: RunDetail) {
  return (
    <>
      <Progress run={run} segments={segments} />
      <div class="columns wide-first tops">
        <div class="stack">
          {segments.length > 0 && <Segments segments={segments} />}
          <Failures segments={segments} />
        </div>
        <About run={run} />
      </div>
    </>
  );
}

function Progress({ run, segments }: Pick<RunDetail, "run" | "segments">) {
  const done = segments.reduce((sum, segment) => sum + segment.ranked + segment.fallback + segment.failed + segment.skipped, 0);
  const counts = run.state === "completed" ? run : sumOf(segments);
  return (
    <Card title={isGoing(run) ? "Going on" : "What became of the users"} note={isGoing(run) ? "This page follows the run" : undefined}>
      <div class="stack">
        <Timeline run={run} done={segments.length} />
        {isGoing(run) && (
          <div>
            <progress aria-label="Users done" value={done} max={Math.max(run.users, 1)} />
            <p class="faint number">{count(done)} of {plural(run.users, "user")}</p>
          </div>
        )}
        <Share parts={partsOf(counts)} />
      </div>
    </Card>
  );
}

function Timeline({ run, done }: { run: Run; done: number }) {
  const planned = run.segments > 0 || run.state === "completed";
  const over = !isGoing(run);
  const stopped = run.state === "cancelled" || run.state === "skipped" || run.state === "interrupted";
  const step = (name: string, state: string, text: string) => <li key={name} class={state}><strong>{name}</strong>{text}</li>;
  return (
    <ol class="steps">
      {step("Started", "done", `${time(run.startedAt)} UTC${run.attempt > 1 ? `, attempt ${run.attempt}` : ""}`)}
      {step("Planned", planned ? "done" : stopped ? "stopped" : "now", planned ? plural(run.segments, "segment") : stopped ? run.state : "Finding active users")}
      {step("Ranked", run.state === "completed" ? "done" : run.state === "ranking" ? "now" : stopped && planned ? "stopped" : "", planned ? `${count(done)} of ${count(run.segments)}` : none)}
      {step("Finished", run.state === "completed" ? "done" : stopped ? "stopped" : "", over ? `${run.state === "completed" ? "" : `${run.state}, `}after ${tookOf(run)}` : none)}
    </ol>
  );
}

function Segments({ segments }: { segments: readonly Segment[] }) {
  const groups = groupsOf(segments);
  const grouped = groups.length < segments.length;
  return (
    <Card title="Segments" note={grouped ? `${plural(segments.length, "segment")}, several to a bar` : plural(segments.length, "segment")}>
      <Chart
        label="Users of each segment by outcome." kind="bars" whole format={count} pointName="Segment" points={groups.map((group) => group.name)}
        series={outcomes.map(({ key, name, tone }) => ({ name, tone, values: groups.map((group) => group.counts[key]) }))}
      />
    </Card>
  );
}

function Failures({ segments }: { segments: readonly Segment[] }) {
  const failed = segments.filter((segment) => segment.failed > 0 || segment.firstError !== null);
  return (
    <Card title="Failures">
      {failed.length === 0 ? <p class="soft quiet-text">No user's ranking failed. Who fails keeps the list they had.</p> : (
        <table class="table folds" role="table">
          <thead><tr><th scope="col">Segment</th><th scope="col" class="end">Users</th><th scope="col">First error</th></tr></thead>
          <tbody>
            {failed.map((segment) => (
              <tr key={segment.segment} role="row">
                <th role="rowheader" scope="row" data-label="Segment">{segment.segment}</th>
                <td role="cell" class="end" data-label="Users">{count(segment.failed)}</td>
                <td role="cell" class="break" data-label="First error">{segment.firstError ?? none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function About({ run }: { run: Run }) {
  return (
    <Card title="About the run">
      <Facts facts={[
        ["Start", `${moment(run.startedAt)} UTC`],
        ["End", run.finishedAt ? `${moment(run.finishedAt)} UTC` : none],
        ["Took", tookOf(run)],
        ["Active since", `${moment(run.cutoff)} UTC`],
        ["Model", run.modelVersion ?? "none: the popular items"],
        ["Attempt", count(run.attempt)],
        ["Segments", count(run.segments)],
        ["Users", count(run.users)],
        ["Recommendations", count(run.recommendations)],
      ]} />
    </Card>
  );
}

function CancelRun({ id, close }: { id: string; close: (done: boolean) => void }) {
  const cancel = async () => {
    await post(`batch-runs/${encodeURIComponent(id)}/cancel`);
    return `Run ${id} is cancelled.`;
  };
  return (
    <Confirm title="Cancel this run?" verb="Cancel the run" danger work={cancel} close={close}>
      <p class="soft">It stops after the segments that are being ranked. Lists already saved stay. It can be resumed here, or with <code class="break">recommend batch resume {id}</code>.</p>
    </Confirm>
  );
}

function ResumeRun({ id, close }: { id: string; close: (done: boolean) => void }) {
  const resume = async () => {
    await post("batch-runs", { runId: id });
    return `Run ${id} goes on.`;
  };
  return (
    <Confirm title="Resume this run?" verb="Resume the run" work={resume} close={close}>
      <p class="soft">It goes on with the segments that have no result yet, with the model that it began with.</p>
    </Confirm>
  );
}

const sumOf = (segments: readonly Segment[]) => segments.reduce(
  (sum, one) => ({ ranked: sum.ranked + one.ranked, fallback: sum.fallback + one.fallback, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }),
  { ranked: 0, fallback: 0, failed: 0, skipped: 0 });
