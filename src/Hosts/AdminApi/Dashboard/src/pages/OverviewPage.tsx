import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Overview, Run } from "../api/types";
import { linkTo } from "../app/router";
import { Chart } from "../charts/Chart";
import { Share } from "../charts/Share";
import { brief, count, moment, none, percent, plural, short, time } from "../format";
import { Loaded } from "../ui/Loaded";
import { Card, Empty, Facts, Page, Tile } from "../ui/parts";
import { partsOf, StateBadge, tookOf } from "./runs";

const refresh = 5000;
const worryingFallback = 0.2;
const worryingAge = 36 * 3600;

export function OverviewPage() {
  const overview = useResource("overview", (signal) => get<Overview>("overview", signal), refresh);
  return (
    <Page title="Overview" lead="What comes in, how soon it counts, and what people are shown.">
      <Loaded resource={overview}>{(data) => (
        <>
          <Tiles data={data} />
          <div class="columns wide-first">
            <Events data={data} />
            <LatestRun running={data.running} last={data.lastRun} />
          </div>
          <div class="columns">
            <Shown data={data} />
            <CurrentModel data={data} />
          </div>
        </>
      )}</Loaded>
    </Page>
  );
}

function Tiles({ data }: { data: Overview }) {
  const { traffic, lag, stored, listAgeSeconds, fallbackShare } = data;
  const lastWhole = traffic.minutes.at(-2) ?? traffic.minutes.at(-1);
  return (
    <dl class="tiles">
      <Tile name="Events a minute" value={short(lastWhole?.accepted ?? 0)} note={`${short(traffic.accepted)} in the last hour`} />
      <Tile name="Rejected" value={short(traffic.rejected)} note={stored.quarantined === null ? "In the last hour" : `${short(stored.quarantined)} in quarantine`}
        tone={traffic.rejected > 0 ? "warn" : undefined} href={linkTo(["quarantine"])} />
      <Tile name="Lag" value={lag.milliseconds === null ? none : brief(lag.milliseconds)} note={lag.pendingUsers === 0 ? "Every event counts" : `${plural(lag.pendingUsers, "profile")} behind`} />
      <Tile name="Profiles" value={stored.profiles === null ? none : short(stored.profiles)} note={stored.lists === null ? "Users with a history" : `${plural(stored.lists, "stored list")}`} href={linkTo(["users"])} />
      <Tile name="List age" value={listAgeSeconds === null ? none : brief(listAgeSeconds * 1000)} note={listAgeSeconds === null ? "No run has completed" : "Since the last run"} href={linkTo(["runs"])}
        tone={listAgeSeconds !== null && listAgeSeconds > worryingAge ? "warn" : undefined} />
      <Tile name="Fallback share" value={fallbackShare === null ? none : percent(fallbackShare)} note={fallbackShare === null ? "No run has completed" : "Got the popular items"} href={linkTo(["runs"])}
        tone={fallbackShare !== null && fallbackShare > worryingFallback ? "warn" : undefined} />
    </dl>
  );
}

function Events({ data: { traffic } }: { data: Overview }) {
  const { minutes } = traffic;
  const quiet = traffic.accepted + traffic.rejected + traffic.duplicated === 0;
  return (
    <Card title="Events by the minute" note={`This server has seen them since ${time(traffic.since)} UTC`}>
      {quiet ? (
        <Empty title="Nothing came in within the last hour">
          <p>Send events to <code>POST /v1/interactions</code>, or take in a file with <code>recommend ingest FILE</code>.</p>
        </Empty>
      ) : (
        <Chart
          label="Events of the last hour by the minute: counted, copies dropped, rejected." kind="bars" whole format={count} axis={short} height={230}
          points={minutes.map((minute) => time(minute.at))}
          series={[
            { name: "Counted", tone: 1, values: minutes.map((minute) => minute.accepted) },
            { name: "Copies", tone: 4, values: minutes.map((minute) => minute.duplicated) },
            { name: "Rejected", tone: 3, values: minutes.map((minute) => minute.rejected) },
          ]}
        />
      )}
    </Card>
  );
}

function LatestRun({ running, last }: { running: Run | null; last: Run | null }) {
  const run = running ?? last;
  return (
    <Card title={running ? "A run is going on" : "Last run"} note={run && <a href={linkTo(["runs", run.runId])}>{running ? "Watch it" : "Details"}</a>}>
      {run ? (
        <div class="stack">
          <div class="row spread"><StateBadge run={run} /><span class="faint number">{moment(run.startedAt)} UTC</span></div>
          {!running && <Share parts={partsOf(run)} />}
          <Facts facts={running ? [["Users", count(run.users)], ["Segments", count(run.segments)]] : [
            ["Active users", count(run.active)],
            ["Recommendations", count(run.recommendations)],
            ["Took", tookOf(run)],
          ]} />
        </div>
      ) : (
        <Empty title="No run yet"><p>The nightly run starts at 02:00 UTC. <a href={linkTo(["runs"])}>Start one now</a></p></Empty>
      )}
    </Card>
  );
}

function Shown({ data: { shown } }: { data: Overview }) {
  const all = shown.batch + shown.realtime + shown.stale + shown.popular;
  return (
    <Card title="Lists shown" note="In the last hour, by where they came from">
      {all === 0 ? <p class="soft quiet-text">Nobody asked for a list. Applications ask with <code>GET /v1/users/ID/recommendations</code>; <a href={linkTo(["users"])}>look at a user's here</a>.</p> : (
        <Share parts={[
          { name: "Last run", tone: 1, value: shown.batch },
          { name: "Ranked on request", tone: 5, value: shown.realtime },
          { name: "Popular items", tone: 2, value: shown.popular },
          { name: "Stale", tone: 3, value: shown.stale },
        ]} />
      )}
    </Card>
  );
}

function CurrentModel({ data: { model } }: { data: Overview }) {
  return (
    <Card title="Current model" note={<a href={linkTo(["models"])}>All models</a>}>
      {model ? (
        <Facts facts={[
          ["Version", <span class="mono break">{model.version}</span>],
          ["Trained as of", `${moment(model.createdAt)} UTC`],
          ["Knows", `${plural(model.items, "item")}, from ${plural(model.interactions, "interaction")}`],
        ]} />
      ) : <p class="soft quiet-text">There is none yet: everyone is shown what is popular. <a href={linkTo(["models"])}>Train one</a></p>}
    </Card>
  );
}
