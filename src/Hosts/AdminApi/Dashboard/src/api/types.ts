// The documents of the API under the names of the pages. Times are yyyy-MM-ddTHH:mm:ss.fffZ. What the API describes as a text and the
// pages tell apart has its values here; members that bodies may leave out, answers always have.
import type * as api from "./documents";

type With<T, Narrower> = Omit<T, keyof Narrower> & Narrower;

export type Overview = With<api.OverviewDocument, { readonly running: Run | null; readonly lastRun: Run | null }>;
export type Traffic = api.TrafficDocument;

export type RunState = "planning" | "ranking" | "completed" | "cancelled" | "skipped" | "interrupted";
export type Run = With<api.BatchDocument, { readonly state: RunState }>;
export type Runs = With<api.BatchesDocument, { readonly runs: readonly Run[] }>;
export type Segment = api.SegmentDocument;
export type RunDetail = With<api.BatchDetailDocument, { readonly run: Run }>;

export type Model = api.ModelDocument;
export type Gate = api.GateDocument;
export type Models = api.ModelsDocument;
export type Training = With<api.TrainingDocument, { readonly state: "training" | "promoted" | "turned-away" | "failed" | "cancelled" }>;

export type SignedReceipt = api.SignedReceipt;
export type ErasureStatus = api.ErasureStatusDocument;

export type Profile = api.UserDocument;
export type Recent = api.RecentItemDocument;
export type List = With<api.ListDocument, { readonly source: "batch" | "realtime" | "popular" | "stale" }>;
export type ListedItem = api.ListedItemDocument;
export type Titled = api.TitledDocument;
export type Explanation = api.ExplanationDocument;
export type Contribution = api.ContributionDocument;
export type WhatIfAnswer = api.PreviewedDocument;

export type Metrics = api.MetricsDocument;
export type MetricRow = api.MetricRowDocument;
export type Money = api.MoneyDocument;
export type ItemMetrics = api.ItemMetricsDocument;
export type ItemFigures = api.ItemFiguresDocument;
export type ItemDays = api.ItemDaysDocument;

export type Experiment = With<api.ExperimentView, { readonly state: "running" | "stopped" | "promoted" }>;
export type Experiments = With<api.ExperimentsView, { readonly experiments: readonly Experiment[] }>;
export type ExperimentResult = api.ExperimentResultView;
export type ExperimentHistory = api.ExperimentHistoryView;

export type Item = api.ItemDocument;
export type Items = Required<api.ItemsDocument>;
export type ItemPreview = api.ItemPreviewDocument;

export type Scenario = With<Required<api.Scenario>, { readonly boosts: readonly Required<api.Boost>[] }>;
export type ScenarioVersion = With<api.ScenarioDocument, { readonly scenario: Scenario | null }>;
export type ScenarioPreviewAnswer = api.ScenarioPreviewDocument;

export type Quarantined = api.QuarantinedDocument;
export type Quarantine = api.QuarantineDocument;
