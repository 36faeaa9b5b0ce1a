import { useState } from "preact/hooks";
import type { Series } from "./Chart";

interface DataTableProps {
  readonly label: string;
  readonly pointName: string;
  readonly points: readonly string[];
  readonly series: readonly Series[];
  readonly format: (value: number | null | undefined) => string;
}

/** The numbers of a chart, for who prefers them or can't see it. Made when it is opened. */
export function DataTable({ label, pointName, points, series, format }: DataTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="disclosure" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as table</summary>
      {open && (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={`${label} As a table.`}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{pointName}</th>
                {series.map((one) => <th key={one.name} scope="col" class="end">{one.name}</th>)}
              </tr>
            </thead>
            <tbody>
              {points.map((point, index) => (
                <tr key={index}>
                  <th scope="row">{point}</th>
                  {series.map((one) => <td key={one.name} class="end">{format(one.values[index])}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
