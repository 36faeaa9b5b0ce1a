import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./client";

export interface Resource<T> {
  /** What was loaded last; it stays while newer is loaded, and when that fails. */
  readonly data: T | null;
  readonly error: ApiError | null;
  readonly reload: () => void;
}

/** Milliseconds until it is loaded again; null: not again. */
export type Interval<T> = number | null | ((data: T | null) => number | null);

/**
 * Loads when `key` changes, and again at the interval while the page is visible. An answer that a newer key overtook is dropped.
 */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>, every: Interval<T> = null): Resource<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: ApiError | null }>({ key, data: null, error: null });
  const [turn, setTurn] = useState(0);
  const latest = useRef({ load, every });
  latest.current = { load, every };

  useEffect(() => {
    const ending = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting = false;

    const run = async () => {
      waiting = false;
      if (document.hidden) {
        waiting = true;
        return;
      }
      try {
        const data = await latest.current.load(ending.signal);
        if (ending.signal.aborted) return;
        setState({ key, data, error: null });
        again(data);
      } catch (problem) {
        if (ending.signal.aborted) return;
        const error = problem instanceof ApiError ? problem : new ApiError(0, String(problem));
        setState((before) => ({ key, data: before.key === key ? before.data : null, error }));
        // Only what may pass by itself is tried again: a refusal stays one.
        if (error.status === 0 || error.status === 429 || error.status >= 500) again(null);
      }
    };
    const again = (data: T | null) => {
      const { every } = latest.current;
      const delay = typeof every === "function" ? every(data) : every;
      if (delay !== null) timer = setTimeout(() => void run(), delay);
    };
    const resume = () => {
      if (waiting && !document.hidden) void run();
    };

    document.addEventListener("visibilitychange", resume);
    void run();
    return () => {
      ending.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", resume);
    };
  }, [key, turn]);

  const reload = useCallback(() => setTurn((value) => value + 1), []);
  return state.key === key ? { data: state.data, error: state.error, reload } : { data: null, error: null, reload };
}
