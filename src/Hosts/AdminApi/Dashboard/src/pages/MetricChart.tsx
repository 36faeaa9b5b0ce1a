import { useState } from "preact/hooks";
import type { Models } from "../api/types";
import { Chart } from "../charts/Chart";
import { date } from "../format";
import { Card } from "../ui/parts";
import { metricsOf } from "./metrics";

/** One metric over the versions, oldest on the left. */
export function MetricChart({ models: { models } }: { models: Models }) {
  const metrics = metricsOf(models);
  const [name, setName] = useState(metrics[0]!.name);
  const metric = metrics.find((one) => one.name === name) ?? metrics[0]!;
  const oldestFirst = [...models].reverse();
  const measured = oldestFirst.some((model) => metric.of(model) !== null);
  return (
    <Card title="Over the versions" note={(
      <span class="row">
        <label for="metric">Metric</label>
        <select id="metric" class="input metric-choice" value={metric.name} onChange={(event) => setName(event.currentTarget.value)}>
          {metrics.map((one) => <option key={one.name} value={one.name}>{one.text}</option>)}
        </select>
      </span>
    )}>
      {measured && (
        <Chart
          label={`${metric.text} of each model version, oldest first.`} kind="line" fromZero={false} format={metric.format} pointName="Trained as of" height={200}
          points={oldestFirst.map((model) => date(model.createdAt))}
          series={[{ name: metric.text, tone: 1, values: oldestFirst.map(metric.of) }]}
        />
      )}
    </Card>
  );
}
