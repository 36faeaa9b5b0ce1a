import type { MetricRow } from "../api/types";
import { CsvButton } from "../charts/CsvButton";
import { count, money, none, percent } from "../format";
import { Card } from "../ui/parts";
import { sumsOf, unitOf } from "./results";

/** From lists to purchases: how many of each step, and how many of the step before. */
export function Funnel({ rows, currency }: { rows: readonly MetricRow[]; currency: string | null }) {
  const scenarios = [...new Set(rows.map((row) => row.scenario!))].sort();
  return (
    <Card title="From the list to the purchase" note={(
      <CsvButton
        name="funnel" of="From the list to the purchase, by scenario"
        header={["scenario", "lists", "impressions", "clicks", "conversions", unitOf(currency) ? `revenue ${currency}` : "revenue"]}
        rows={scenarios.map((name) => {
          const sums = sumsOf(rows.filter((row) => row.scenario === name), currency);
          return [name, sums.lists, sums.impressions, sums.clicks, sums.conversions, sums.revenue];
        })}
      />
    )}>
      <div class={scenarios.length > 1 ? "columns" : "stack"}>
        <Steps rows={rows} />
        {scenarios.length > 1 && <ByScenario rows={rows} scenarios={scenarios} currency={currency} />}
      </div>
    </Card>
  );
}

function Steps({ rows }: { rows: readonly MetricRow[] }) {
  const sums = sumsOf(rows, null);
  const steps = [
    { name: "Items on screen", value: sums.impressions, of: `in ${count(sums.lists)} lists`, tone: 4 },
    { name: "Clicks", value: sums.clicks, of: sums.impressions > 0 ? `${percent(sums.clicks / sums.impressions)} of the items` : none, tone: 5 },
    { name: "Conversions", value: sums.conversions, of: sums.clicks > 0 ? `${percent(sums.conversions / sums.clicks)} of the clicks` : none, tone: 1 },
  ];
  // Each bar against the one before would hide the size; a root keeps small steps visible.
  const width = (value: number) => (sums.impressions > 0 ? 100 * Math.sqrt(Math.min(1, value / sums.impressions)) : 0);
  return (
    <ol class="funnel-steps">
      {steps.map((step) => (
        <li key={step.name}>
          <span class="row spread"><span>{step.name} <strong class="number">{count(step.value)}</strong></span><span class="faint">{step.of}</span></span>
          <span class="funnel-bar" aria-hidden="true"><i class={`fill-${step.tone}`} style={{ width: `${width(step.value)}%` }} /></span>
        </li>
      ))}
    </ol>
  );
}

function ByScenario({ rows, scenarios, currency }: { rows: readonly MetricRow[]; scenarios: readonly string[]; currency: string | null }) {
  return (
    <table class="table folds" role="table">
      <thead>
        <tr>
          <th scope="col">Scenario</th><th scope="col" class="end">Lists</th><th scope="col" class="end">Click-through</th>
          <th scope="col" class="end">Conversions</th>{currency !== null && <th scope="col" class="end">Revenue</th>}
        </tr>
      </thead>
      <tbody>
        {scenarios.map((name) => {
          const sums = sumsOf(rows.filter((row) => row.scenario === name), currency);
          return (
            <tr key={name} role="row">
              <th role="rowheader" scope="row" class="whole break">{name}</th>
              <td role="cell" class="end" data-label="Lists">{count(sums.lists)}</td>
              <td role="cell" class="end" data-label="Click-through">{sums.impressions > 0 ? percent(sums.clicks / sums.impressions) : none}</td>
              <td role="cell" class="end" data-label="Conversions">{count(sums.conversions)}</td>
              {currency !== null && <td role="cell" class="end" data-label="Revenue">{money(sums.revenue, unitOf(currency))}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
