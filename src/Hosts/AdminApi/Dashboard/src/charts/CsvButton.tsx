import { announce } from "../ui/announce";
import { saveCsv } from "./csv";

interface CsvButtonProps {
  /** The file's name without its ending. */
  readonly name: string;
  /** What it holds, for who hears the button's name. */
  readonly of: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export function CsvButton({ name, of, header, rows }: CsvButtonProps) {
  const save = () => {
    saveCsv(name, header, rows);
    announce(`${name}.csv is saved.`);
  };
  return <button type="button" class="button quiet small" aria-label={`Save as CSV: ${of}`} onClick={save}>CSV</button>;
}
