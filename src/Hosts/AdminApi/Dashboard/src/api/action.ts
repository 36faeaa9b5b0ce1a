import { useState } from "preact/hooks";
import { announce } from "../ui/announce";
import { ApiError } from "./client";

export interface Action {
  readonly busy: boolean;
  readonly error: string | null;
  readonly run: (work: () => Promise<string>) => Promise<boolean>;
  readonly clear: () => void;
}

/** Something the reader asked for: busy while it goes on, then a spoken sentence, or the error. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (work: () => Promise<string>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      announce(await work());
      return true;
    } catch (problem) {
      setError(problem instanceof ApiError ? problem.message : String(problem));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, clear: () => setError(null) };
}
