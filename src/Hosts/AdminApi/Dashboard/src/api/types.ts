// The documents of the API, as far as the pages read them. Times are yyyy-MM-ddTHH:mm:ss.fffZ.

export interface Overview {
  readonly asOf: string;
  readonly traffic: Traffic;
  readonly lag: { readonly pendingUsers: number; readonly milliseconds: number | null };
  readonly stored: { readonly profiles: number | null; readonly lists: number | null; readonly quarantined: number | null };
  readonly listAgeSeconds: number | null;
  readonly fallbackShare: number | null;
  readonly shown: { readonly batch: number; readonly realtime: number; readonly stale: number; readonly popular: number };
  readonly model: Model | null;
  readonly running: Run | null;
  readonly lastRun: Run | null;
}

/** The last hour, as the process that serves the page saw it. */
export interface Traffic {
  readonly since: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicated: number;
  readonly failed: number;
  readonly minutes: readonly { readonly at: string; readonly accepted: number; readonly rejected: number; readonly duplicated: number }[];
}

export type RunState = "planning" | "ranking" | "completed" | "cancelled" | "skipped" | "interrupted";

/** A page of runs; `next` is the cursor of the page after. */
export interface Runs {
  readonly runs: readonly Run[];
  readonly next: string | null;
}

export interface Run {
  readonly runId: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly cutoff: string;
  readonly finishedAt: string | null;
  readonly modelVersion: string | null;
  readonly attempt: number;
  readonly segments: number;
  readonly users: number;
  readonly active: number;
  readonly ranked: number;
  readonly fallback: number;
  readonly failed: number;
  readonly skipped: number;
  readonly recommendations: number;
  readonly note: string | null;
}

export interface Segment {
  readonly segment: number;
  readonly ranked: number;
  readonly fallback: number;
  readonly failed: number;
  readonly skipped: number;
  readonly recommendations: number;
  readonly firstError: string | null;
}

export interface RunDetail {
  readonly run: Run;
  readonly segments: readonly Segment[];
}

export interface Model {
  readonly version: string;
  readonly createdAt: string;
  readonly trainer: string;
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  readonly artefactBytes: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly trainedThrough?: string | null;
  readonly gate?: Gate | null;
}

/** What the gate said of a model, and why. */
export interface Gate {
  readonly passed: boolean;
  readonly reasons: readonly string[];
}

export interface Models {
  readonly current: string | null;
  readonly previous: string | null;
  readonly models: readonly Model[];
  readonly next: string | null;
}

/** A training in the serving process. */
export interface Training {
  readonly id: string;
  readonly state: "training" | "promoted" | "turned-away" | "failed" | "cancelled";
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly stage: string;
  readonly fraction: number;
  readonly model: Model | null;
  readonly problem: string | null;
}

/** What was erased, and the signature over it. */
export interface SignedReceipt {
  readonly receipt: {
    readonly keyId: string;
    readonly userId: string;
    readonly erasedAt: string;
    readonly issuedAt: string;
    readonly removed: { readonly interactionsCounted: number; readonly interactionsInLog: number; readonly quarantinedRecords: number };
  };
  readonly algorithm: string;
  readonly signature: string;
}

/** An erasure that is not finished. */
export interface ErasureStatus {
  readonly erasureId: string;
  readonly state: string;
}

export interface Profile {
  readonly userId: string;
  readonly interactionCount: number;
  readonly firstInteraction: string | null;
  readonly lastInteraction: string | null;
  readonly lastItemId: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly recent: readonly Recent[];
}

export interface Recent {
  readonly itemId: string;
  readonly title: string | null;
  readonly type: string;
  readonly at: string;
}

export interface List {
  readonly userId: string | null;
  readonly source: "batch" | "realtime" | "popular" | "stale";
  readonly modelVersion: string | null;
  readonly lastUpdated: string;
  readonly recommendations: readonly ListedItem[];
}

export interface ListedItem {
  readonly itemId: string;
  readonly title: string | null;
  readonly score: number;
  readonly because: readonly Titled[] | null;
}

export interface Titled {
  readonly itemId: string;
  readonly title: string | null;
}

/** Why an item is, or is not, in a list: the score is the sum of the amounts. */
export interface Explanation {
  readonly sentence: string;
  readonly score: number | null;
  readonly contributions: readonly Contribution[];
}

/** Of the history's item: how often the profile remembers it, the latest of those times, and what it adds. */
export interface Contribution extends Titled {
  readonly events: number;
  readonly lastType: string;
  readonly lastAt: string;
  readonly amount: number;
}

/** An item of the catalogue. */
export interface Item {
  readonly itemId: string;
  readonly title: string | null;
  readonly categories: readonly string[];
  readonly available: boolean;
}

export interface WhatIfAnswer {
  readonly modelVersion: string | null;
  readonly before: readonly ListedItem[];
  readonly after: readonly ListedItem[];
}

export interface Quarantined {
  readonly position: string;
  readonly arrivedAt: string;
  readonly reason: string;
  readonly message: string;
  readonly userId: string | null;
  readonly raw: string;
  readonly redrivenAt: string | null;
  readonly dismissedAt: string | null;
}

export interface Quarantine {
  readonly records: readonly Quarantined[];
  readonly more: boolean;
  readonly next: string | null;
}
