import { useState } from "preact/hooks";
import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Metrics, Overview } from "../api/types";
import { linkTo } from "../app/router";
import { Chart } from "../charts/Chart";
import { count, date, money, none, percent, short } from "../format";
import { Loaded } from "../ui/Loaded";
import { Card, Empty, Page, Tile } from "../ui/parts";
import { ExperimentCards } from "./ExperimentCards";
import { Funnel } from "./Funnel";
import { ItemTables } from "./ItemTables";
import { amountOf, byScenario, change, currenciesOf, dayAfter, days, daysBetween, ofLists, ratio, sumsOf, unitOf } from "./results";

const refresh = 60_000;

export function ResultsPage() {
  const [span, setSpan] = useState<number>(28);
  const metrics = useResource(`results ${span}`, (signal) => load(span, signal), refresh);
  return (
    <Page
      title="Results" lead="What the lists of recommendations led to: clicks, purchases and revenue."
      actions={(
        <>
          <label for="span" class="soft quiet-text">Days</label>
          <select id="span" class="input metric-choice" value={span} onChange={(event) => setSpan(Number(event.currentTarget.value))}>
            {days.map((one) => <option key={one} value={one}>The last {one}</option>)}
          </select>
        </>
      )}
    >
      <Loaded resource={metrics}>{(data) => (ofLists(data.rows).length === 0 ? <Begin /> : <Contents metrics={data} span={span} />)}</Loaded>
    </Page>
  );
}

/** The days asked for and as many before, to compare with; the days are those of the server's clock. */
async function load(span: number, signal: AbortSignal): Promise<Metrics> {
  const today = (await get<Overview>("overview", signal)).asOf.slice(0, 10);
  return get<Metrics>(`metrics?by=day,scenario&from=${dayAfter(today, 1 - 2 * span)}&to=${today}`, signal);
}

function Contents({ metrics, span }: { metrics: Metrics; span: number }) {
  const currencies = currenciesOf(metrics);
  const [chosen, choose] = useState<string | null>(null);
  const currency = chosen !== null && currencies.includes(chosen) ? chosen : currencies[0] ?? null;
  const from = dayAfter(metrics.to, 1 - span);
  const rows = metrics.rows.filter((row) => row.day! >= from);
  const all = daysBetween(from, metrics.to);
  return (
    <>
      <Tiles now={rows} before={metrics.rows.filter((row) => row.day! < from)} currency={currency} />
      <div class="columns">
        <Card title="Revenue from lists" note={currencies.length > 1 ? (
          <span class="row">
            <label for="currency">Currency</label>
            <select id="currency" class="input metric-choice" value={currency ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
              {currencies.map((one) => <option key={one} value={one}>{unitOf(one) || "without one"}</option>)}
            </select>
          </span>
        ) : "By scenario and day"}>
          {currency === null ? (
            <p class="soft quiet-text">No purchase from a list has an amount. Say in the settings which type of event has one: <code>{'"purchase": {"revenue": true}'}</code>, and
              send <code>value</code> and <code>currency</code> with the events.</p>
          ) : (
            <DayChart label={`Revenue from lists by scenario and day${unitOf(currency) && `, in ${currency}`}.`} days={all} csv="revenue" format={(value) => money(value, unitOf(currency))} axis={short}
              series={byScenario(ofLists(rows), all, (row) => amountOf(row, currency))} />
          )}
        </Card>
        <Card title="Conversions from lists" note="By scenario and day">
          <DayChart label="Conversions from lists by scenario and day." days={all} csv="conversions" format={count} axis={short} whole series={byScenario(ofLists(rows), all, (row) => row.conversions)} />
        </Card>
      </div>
      <Funnel rows={ofLists(rows)} currency={currency} />
      <ExperimentCards />
      <ItemTables from={from} to={metrics.to} currency={currency} />
    </>
  );
}

interface DayChartProps {
  readonly label: string;
  readonly days: readonly string[];
  readonly csv: string;
  readonly series: ReturnType<typeof byScenario>;
  readonly format: (value: number) => string;
  readonly axis: (value: number) => string;
  readonly whole?: boolean;
}

function DayChart({ days: all, ...chart }: DayChartProps) {
  return <Chart {...chart} kind="bars" pointName="Day" points={all.map((day) => date(`${day}T00:00:00Z`).replace(/ \d+$/, ""))} height={220} />;
}

function Tiles({ now, before, currency }: { now: Metrics["rows"]; before: Metrics["rows"]; currency: string | null }) {
  const [sums, was] = [sumsOf(ofLists(now), currency), sumsOf(ofLists(before), currency)];
  const [bought, all] = [sums.conversions, sumsOf(now, currency).conversions];
  const against = (value: number | null, earlier: number | null) => {
    const changed = change(value, earlier);
    return changed === null ? "Nothing before to compare with" : `${changed} against the days before`;
  };
  const [ctr, rate] = [ratio(sums.clicks, sums.impressions), ratio(sums.conversions, sums.lists)];
  return (
    <dl class="tiles five">
      <Tile name="Revenue" value={currency === null ? none : short(Math.round(sums.revenue))} unit={unitOf(currency) || undefined} note={currency === null ? "No amounts" : against(sums.revenue, was.revenue)} />
      <Tile name="Conversions" value={short(sums.conversions)} note={against(sums.conversions, was.conversions)} />
      <Tile name="Click-through rate" value={ctr === null ? none : percent(ctr)} note={against(ctr, ratio(was.clicks, was.impressions))} />
      <Tile name="Conversion rate" value={rate === null ? none : percent(rate)} note={rate === null ? "No list was seen" : "Conversions per list"} />
      <Tile name="Share of all" value={all === 0 ? none : percent(bought / all)} note={`${short(bought)} of ${short(all)} conversions`} />
    </dl>
  );
}

/** What to do before there is anything to show. */
function Begin() {
  return (
    <Card title="How to begin">
      <Empty title="No list was seen yet">
        <p>Results are counted from what is on screen and what follows. Three steps bring them here:</p>
        <ol class="begin">
          <li>Ask for lists: <code>GET /v1/users/ID/recommendations</code>. Each answer has a <code>recommendationId</code>.</li>
          <li>Send what was on screen to <code>POST /v1/impressions</code>, with that id.</li>
          <li>Send clicks and purchases to <code>POST /v1/interactions</code>, with the id where the page still knows it.</li>
        </ol>
        <p>How events come in and how the lists are is on the <a href={linkTo(["overview"])}>overview</a>; every route is in <a href="docs">the API's page</a>.</p>
      </Empty>
    </Card>
  );
}
