import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Run, RunDetail } from "../api/types";
import { linkTo } from "../app/router";
import { Share } from "../charts/Share";
import { count, duration, moment, none, share } from "../format";
import { Loaded } from "../ui/Loaded";
import { Card, Page } from "../ui/parts";
import { partsOf, StateBadge, tookOf } from "./runs";

export function ComparePage({ first, second }: { first: string; second: string }) {
  const both = useResource(`${first} ${second}`, async (signal) => {
    const [before, after] = await Promise.all([first, second].map((id) => get<RunDetail>(`batch-runs/${encodeURIComponent(id)}`, signal)));
    return { before: before!.run, after: after!.run };
  });
  return (
    <Page title="Compare two runs" crumb={{ href: linkTo(["runs"]), text: "Runs" }} lead="The earlier on the left. A change is what the later has more.">
      <Loaded resource={both}>{({ before, after }) => (
        <>
          <div class="columns">
            {[before, after].map((run) => (
              <Card key={run.runId} title={run.runId} note={<StateBadge run={run} />}>
                <Share parts={partsOf(run)} />
              </Card>
            ))}
          </div>
          <Differences before={before} after={after} />
        </>
      )}</Loaded>
    </Page>
  );
}

function Differences({ before, after }: { before: Run; after: Run }) {
  return (
    <Card title="Side by side">
      <table class="table folds" role="table">
        <thead><tr><th scope="col"><span class="visually-hidden">Of the run</span></th><th scope="col" class="end">Earlier</th><th scope="col" class="end">Later</th><th scope="col" class="end">Change</th></tr></thead>
        <tbody>
            {rowsOf(before, after).map(([name, left, right, change, tone]) => (
              <tr key={name} role="row">
                <th role="rowheader" scope="row" class="whole">{name}</th>
                <td role="cell" class="end break" data-label="Earlier">{left}</td>
                <td role="cell" class="end break" data-label="Later">{right}</td>
                <td role="cell" class={`end ${tone}`} data-label="Change">{change}</td>
              </tr>
            ))}
          </tbody>
      </table>
    </Card>
  );
}

type Row = readonly [name: string, left: string, right: string, change: string, tone: string];

function rowsOf(before: Run, after: Run): Row[] {
  // More ranked users are good news, more fallback and failed ones bad; the others are neither.
  const counted = (name: string, key: "active" | "ranked" | "fallback" | "failed" | "skipped" | "recommendations", good: -1 | 0 | 1): Row => {
    const change = after[key] - before[key];
    return [name, count(before[key]), count(after[key]), signed(change, count), change * good > 0 ? "up" : change * good < 0 ? "down" : ""];
  };
  const lasted = (run: Run) => (run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null);
  const [was, is] = [lasted(before), lasted(after)];
  return [
    ["Start (UTC)", moment(before.startedAt), moment(after.startedAt), "", ""],
    ["Took", tookOf(before), tookOf(after), was !== null && is !== null ? signed(is - was, duration) : none, ""],
    ["Model", before.modelVersion ?? none, after.modelVersion ?? none, before.modelVersion === after.modelVersion ? "same" : "another", ""],
    counted("Active users", "active", 0),
    counted("Ranked", "ranked", 1),
    counted("Fallback", "fallback", -1),
    ["Fallback share", share(before.fallback, before.active), share(after.fallback, after.active), "", ""],
    counted("Failed", "failed", -1),
    counted("Skipped", "skipped", 0),
    counted("Recommendations", "recommendations", 0),
  ];
}

const signed = (change: number, text: (value: number) => string): string =>
  change === 0 ? "±0" : `${change > 0 ? "+" : "−"}${text(Math.abs(change))}`;
