import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Experiment, Experiments, ExperimentHistory, ExperimentResult } from "../api/types";
import { Chart } from "../charts/Chart";
import { count, date, fixed, moment, none, percent } from "../format";
import { Loaded } from "../ui/Loaded";
import { Badge, Card } from "../ui/parts";

const refresh = 60_000;
const shown = 6;
const tones = [1, 2, 5, 3, 4] as const;
const metrics: Readonly<Record<string, string>> = { ctr: "click-through rate", conversion: "conversion rate", revenue: "revenue per list" };

/** The experiments, those that run first; none where there are none. */
export function ExperimentCards() {
  const experiments = useResource("experiments", (signal) => get<Experiments>("experiments", signal), refresh);
  return (
    <Loaded resource={experiments}>{({ experiments: all }) => (
      <>
        {all.slice(0, shown).map((one) => <ExperimentCard key={one.name} experiment={one} />)}
        {all.length > shown && <p class="faint">{count(all.length - shown)} older experiments are in <code>recommend experiments list</code>.</p>}
      </>
    )}</Loaded>
  );
}

function ExperimentCard({ experiment }: { experiment: Experiment }) {
  const path = `experiments/${encodeURIComponent(experiment.name)}`;
  const result = useResource(path, (signal) => get<ExperimentResult>(path, signal), experiment.state === "running" ? refresh : null);
  const history = useResource(`${path} history`, (signal) => get<ExperimentHistory>(`${path}/history`, signal), experiment.state === "running" ? refresh : null);
  const last = experiment.changes.at(-1)!;
  return (
    <Card title={`Experiment ${experiment.name}`} note={<State experiment={experiment} />}>
      <div class="stack">
        <p class="faint break">{last.state === "running" ? "Started" : last.state === "promoted" ? "Promoted" : "Stopped"} {moment(last.at)} UTC by {last.by}: {last.why}</p>
        <Loaded resource={result}>{(data) => <><p class={`notice ${toneOf(data.decision)}`}>{data.verdict}</p><Variants result={data} /></>}</Loaded>
        <Loaded resource={history}>{(data) => <Bands name={experiment.name} history={data} />}</Loaded>
      </div>
    </Card>
  );
}

function State({ experiment }: { experiment: Experiment }) {
  if (experiment.state === "running") return <Badge tone="busy">Running</Badge>;
  return experiment.state === "promoted" ? <Badge tone="good">Promoted</Badge> : <Badge>Stopped</Badge>;
}

const toneOf = (decision: string): string =>
  decision === "promote" ? "good" : decision === "invalid" || decision === "stop-for-guardrail" ? "bad" : "";

/** How the lift of each variant and its interval narrowed down, day by day. */
function Bands({ name, history }: { name: string; history: ExperimentHistory }) {
  const variants = (history.days.at(-1)?.variants ?? []).slice(1).map((one) => one.name);
  const liftOf = (day: ExperimentHistory["days"][number], variant: string) => day.variants.find((one) => one.name === variant)?.lift ?? null;
  if (!history.days.some((day) => variants.some((variant) => liftOf(day, variant) !== null)))
    return <p class="soft quiet-text">An interval is drawn from the day on which each variant has 100 users and enough of them acted.</p>;
  return (
    <Chart
      label={`Lift in ${metrics[history.metric] ?? history.metric} against the control and its 95 % interval, day by day.`} kind="line" height={240} pointName="Day" csv={`experiment-${name}`}
      points={history.days.map(({ day }) => date(`${day}T00:00:00Z`).replace(/ \d+$/, ""))} format={signed}
      series={variants.slice(0, tones.length).map((variant, index) => ({
        name: variant, tone: tones[index]!,
        values: history.days.map((day) => liftOf(day, variant)?.value ?? null),
        lower: history.days.map((day) => liftOf(day, variant)?.lower ?? null),
        upper: history.days.map((day) => liftOf(day, variant)?.upper ?? null),
      }))}
    />
  );
}

function Variants({ result: { variants } }: { result: ExperimentResult }) {
  return (
    <table class="table folds" role="table">
      <thead>
        <tr>
          <th scope="col">Variant</th><th scope="col" class="end">Users</th><th scope="col" class="end">Lists</th>
          <th scope="col" class="end">Click-through</th><th scope="col" class="end">Conversions per list</th><th scope="col" class="end">Lift</th>
        </tr>
      </thead>
      <tbody>
        {variants.map((one) => (
          <tr key={one.name} role="row">
            <th role="rowheader" scope="row" class="whole break">{one.name}</th>
            <td role="cell" class="end" data-label="Users">{count(one.users)}</td>
            <td role="cell" class="end" data-label="Lists">{count(one.lists)}</td>
            <td role="cell" class="end" data-label="Click-through">{one.ctr === null ? none : percent(one.ctr)}</td>
            <td role="cell" class="end" data-label="Conversions per list">{one.conversionRate === null ? none : fixed(one.conversionRate, 3)}</td>
            <td role="cell" class="end" data-label="Lift">{one.lift === null ? none : `${signed(one.lift.value)} (${signed(one.lift.lower)} to ${signed(one.lift.upper)})`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(1)} %`;
