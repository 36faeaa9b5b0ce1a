import type { Run, RunState } from "../api/types";
import type { Part } from "../charts/Share";
import { Badge } from "../ui/parts";
import { duration, none } from "../format";

const states: Readonly<Record<RunState, { tone?: "good" | "warn" | "bad" | "busy"; text: string }>> = {
  planning: { tone: "busy", text: "Planning" },
  ranking: { tone: "busy", text: "Ranking" },
  completed: { tone: "good", text: "Completed" },
  cancelled: { tone: "warn", text: "Cancelled" },
  skipped: { tone: "warn", text: "Skipped" },
  interrupted: { tone: "bad", text: "Interrupted" },
};

export function StateBadge({ run }: { run: Run }) {
  const { tone, text } = states[run.state];
  return run.state === "completed" && run.failed > 0 ? <Badge tone="bad">Completed with failures</Badge> : <Badge tone={tone}>{text}</Badge>;
}

export const isGoing = (run: Run): boolean => run.state === "planning" || run.state === "ranking";

/** Whether it can go on where it stopped. */
export const isResumable = (run: Run): boolean => run.state === "cancelled" || run.state === "interrupted";

export const outcomes = [
  { key: "ranked", name: "Ranked", tone: 1 },
  { key: "fallback", name: "Fallback", tone: 2 },
  { key: "failed", name: "Failed", tone: 3 },
  { key: "skipped", name: "Skipped", tone: 4 },
] as const;

export const partsOf = (counts: Readonly<Record<(typeof outcomes)[number]["key"], number>>): Part[] =>
  outcomes.map(({ key, name, tone }) => ({ name, tone, value: counts[key] }));

export const tookOf = (run: Run): string =>
  run.finishedAt ? duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt)) : none;
