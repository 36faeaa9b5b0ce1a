// Made from the OpenAPI document of the API by tests/Dashboard: do not edit. To make it anew, run that test with UPDATE_SNAPSHOTS=1.

/** What became of the events of a request. */
export interface AppendedDocument {
  /** New, and on disk. */
  readonly accepted: number;
  /** Known already by their event ids. */
  readonly duplicates: number;
  /** In quarantine. */
  readonly rejected: number;
  /** One for each event, in the order of the request. */
  readonly results: readonly EventResultDocument[];
}

/** What became of the impressions of a request. */
export interface AppendedImpressionsDocument {
  /** New, and on disk. */
  readonly accepted: number;
  /** Known already. */
  readonly duplicates: number;
  /** In quarantine, with the reason. */
  readonly rejected: number;
  /** Why impressions count without their list, as codes, and how many: `malformed`, `unknown-format`, `unknown-key`, `bad-signature`, `other-user`. */
  readonly recommendationIdProblems: Readonly<Record<string, number>>;
}

/** A run, how far it is, and its segments. */
export interface BatchDetailDocument {
  readonly run: BatchDocument;
  readonly progress: BatchProgressDocument;
  readonly segments: readonly SegmentDocument[];
}

/** A batch run. */
export interface BatchDocument {
  readonly runId: string;
  /** `planning`, `ranking`, `completed`, `cancelled`, `skipped` or `interrupted` (its process died). */
  readonly state: string;
  readonly startedAt: string;
  readonly cutoff: string;
  readonly finishedAt: string | null;
  readonly modelVersion: string | null;
  readonly attempt: number;
  readonly segments: number;
  /** How many users were frozen; 0 until the run is planned. */
  readonly users: number;
  /** Users accounted for, once completed: ranked + fallback + failed + skipped. */
  readonly active: number;
  readonly ranked: number;
  readonly fallback: number;
  readonly failed: number;
  readonly skipped: number;
  readonly recommendations: number;
  /** Why it was skipped, or the first failure; null where all went well. */
  readonly note: string | null;
}

/** What a run would do. */
export interface BatchPreviewDocument {
  readonly dryRun: boolean;
  readonly users: number;
  readonly segments: number;
  readonly cutoff: string;
  readonly modelVersion: string | null;
}

/** How far a run is: the sum of the segments that have a result. */
export interface BatchProgressDocument {
  readonly usersDone: number;
  readonly users: number;
  readonly segmentsDone: number;
  readonly segments: number;
  /** Users done of all users, 0 … 1; 0 while it is planned. */
  readonly fraction: number;
  readonly ranked: number;
  readonly fallback: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Some runs, newest start first. */
export interface BatchesDocument {
  readonly runs: readonly BatchDocument[];
  /** The cursor of what follows; null where nothing does. */
  readonly next: string | null;
}

/** Raises or lowers the scores of the items that meet a condition. */
export interface Boost {
  /** The condition. */
  readonly when: string;
  /** What scores are multiplied with; null for 1. */
  readonly multiply?: number | null;
  /** What is added to the product; null for 0. */
  readonly add?: number | null;
}

/** What an item of the history adds to a score. */
export interface ContributionDocument {
  readonly itemId: string;
  readonly title: string | null;
  readonly events: number;
  readonly lastType: string;
  readonly lastAt: string;
  readonly historyWeight: number;
  readonly itemWeight: number;
  /** Its share: all amounts add up to the score. */
  readonly amount: number;
  /** What both items say of themselves, in words. */
  readonly shares: readonly string[];
}

/** How a dependency is. */
export interface DependencyDocument {
  readonly name: string;
  readonly status: string;
  /** What is wrong with it; null where nothing is. */
  readonly problem: string | null;
}

/** Which records to dismiss: those that are named, or that have the reason and the age. */
export interface DismissBody {
  /** As the list names them, at most 10,000; null to choose by the others. */
  readonly positions?: readonly string[] | null;
  /** Only records that were rejected for this; null for any reason. */
  readonly reason?: string | null;
  /** Only records that arrived more than so many days ago; null for any age. */
  readonly olderThanDays?: number | null;
}

/** What was dismissed. */
export interface DismissDocument {
  /** How many records were open, and are dismissed now. */
  readonly records: number;
}

/** How alike the items of a list may be: by an attribute, by the model, or both. */
export interface Diversity {
  /** The attribute that is looked at, such as `categories`; each value of a list counts. Null for none. */
  readonly by?: string | null;
  /** The most items with one value within a window. */
  readonly max?: number | null;
  /** How many places in a row a window has. */
  readonly window?: number | null;
  /** How much the similarity to an item that is in the list already counts against a candidate, above 0 to 1: the rest is what its score counts. Null for not at all. */
  readonly similarity?: number | null;
}

/** Why an experiment is stopped. */
export interface EndExperimentBody {
  readonly why: string;
}

/** What was erased, and when: what a receipt signs, as this JSON without white space. */
export interface ErasureReceipt {
  /** Of this form: 3. Form 1 has no `found`, and form 2 neither `erasureId` nor `places`. */
  readonly version: number;
  /** The key that signed it: the first 16 bytes of SHA-256 of its public part (SubjectPublicKeyInfo), as hexadecimal text. */
  readonly keyId: string;
  /** Who was erased. */
  readonly userId: string;
  /** The time of the erasure's record in the log: what is before the record never counts again. */
  readonly erasedAt: string;
  /** When the receipt was signed. */
  readonly issuedAt: string;
  readonly removed: RemovedData;
  /** Whether anything was kept of the user; false for a user who was never seen under this id, or was erased before. Null in form 1. */
  readonly found?: boolean | null;
  /** The erasure. Null in earlier forms. */
  readonly erasureId?: string | null;
  /** The places that were erased, by their keys in docs/personal-data.md. Null in earlier forms. */
  readonly places?: readonly string[] | null;
}

/** An erasure as hosts show it. */
export interface ErasureStatusDocument {
  readonly erasureId: string;
  readonly userId: string;
  /** `erasing` or `finished`. */
  readonly state: string;
  readonly requestedAt: string;
  /** The time of its record in the log: what is before the record is erased. */
  readonly erasedAt: string;
  readonly finishedAt: string | null;
  readonly found: boolean;
  readonly interactionsCounted: number;
  readonly interactionsRemoved: number;
  readonly quarantinedRemoved: number;
  /** The places that are done, by their keys in docs/personal-data.md. */
  readonly placesDone: readonly string[];
  /** Why it was interrupted; null if it was not. It is continued in any case. */
  readonly problem: string | null;
  readonly receipt: SignedReceipt | null;
  /** In the answer to a request: the erasures of the ids that were merged with the user; absent if there are none. */
  readonly mergedErasures?: readonly string[] | null;
}

/** Some erasures. */
export interface ErasuresDocument {
  readonly erasures: readonly ErasureStatusDocument[];
}

/** What a user did with an item. Members that are not named here are ignored. */
export interface EventBody {
  /** Who: 1–256 UTF-8 bytes without control characters. */
  readonly userId: string;
  /** With what: 1–256 UTF-8 bytes without control characters. */
  readonly itemId: string;
  /** What was done, such as `view`, `click`, `add-to-cart` or `purchase`; `view` if absent. */
  readonly interactionType?: string | null;
  /** When: ISO 8601, in UTC if it has no offset; milliseconds since 1970 as a number are read, too. The time of arrival if absent. */
  readonly timestamp?: string | null;
  /** Names the event, so that it counts once however often it is sent. */
  readonly eventId?: string | null;
  /** A rating, a quantity or an amount; what it means is a setting of the type. */
  readonly value?: number | null;
  /** The ISO 4217 code of an amount in the value. */
  readonly currency?: string | null;
  /** The id of the list that led to it. One that does not count is reported in the result, and the event counts without it. */
  readonly recommendationId?: string | null;
}

/** What became of one event. */
export interface EventResultDocument {
  /** `accepted`, `duplicate` or `rejected`. */
  readonly status: string;
  /** The id, its own or the one it was given; null where it was rejected. */
  readonly eventId: string | null;
  /** Why it was rejected, as a code. */
  readonly reason: string | null;
  /** Why it was rejected, as a sentence. */
  readonly message: string | null;
  /** Why it counts without its recommendation id, as a code; null where that is right, or absent. */
  readonly recommendationIdProblem?: string | null;
}

/** An experiment to start. */
export interface ExperimentBody {
  /** Its name, which no other experiment ever had. */
  readonly name: string;
  /** The variants that are compared with the control; shares are fractions, and the control gets the rest. */
  readonly variants: readonly VariantBody[];
  /** Why. */
  readonly why: string;
  /** What decides: `ctr` (if absent), `conversion` or `revenue`. */
  readonly metric?: string | null;
  /** The currency of revenue. */
  readonly currency?: string | null;
  /** The share of the users who take part; 1 if absent. */
  readonly traffic?: number | null;
  /** The share of the participants who belong to no variant; 0 if absent. */
  readonly holdOut?: number | null;
  /** The lift that it is planned for; .05 if absent. */
  readonly effect?: number | null;
  /** Metrics that no variant may harm, and the loss that is tolerated. */
  readonly guardrails?: readonly GuardrailDocument[] | null;
  /** Users who get a variant whatever the hash says. */
  readonly overrides?: Readonly<Record<string, string>> | null;
  /** Experiments of one layer share no users; that of the lists if absent. */
  readonly layer?: string | null;
}

/** What was done with an experiment. */
export interface ExperimentChangeDocument {
  /** `running`, `stopped` or `promoted`. */
  readonly state: string;
  /** When. */
  readonly at: string;
  /** Who. */
  readonly by: string;
  /** Why. */
  readonly why: string;
  /** The variant that was promoted; null otherwise. */
  readonly variant: string | null;
}

/** What was known at the end of a day. */
export interface ExperimentDayView {
  /** The day (UTC). */
  readonly day: string;
  /** The variants, the control first. */
  readonly variants: readonly VariantDayView[];
}

/** What an experiment showed at the end of each of its days, oldest first. */
export interface ExperimentHistoryView {
  /** The experiment. */
  readonly name: string;
  /** What decides. */
  readonly metric: string;
  /** The days; every few days of a long experiment. */
  readonly days: readonly ExperimentDayView[];
}

/** What an experiment shows so far. */
export interface ExperimentResultView {
  readonly experiment: ExperimentView;
  /** `undecided`, `promote`, `keep-control`, `stop-for-guardrail` or `invalid`. */
  readonly decision: string;
  /** The variant that won or must stop; null for none. */
  readonly variant: string | null;
  /** The decision as a sentence. */
  readonly verdict: string;
  /** Whether the users are distributed otherwise than planned. */
  readonly skewed: boolean;
  /** The figures of each variant. */
  readonly variants: readonly VariantResultView[];
}

/** A variant. Shares are fractions of the participants. */
export interface ExperimentVariantDocument {
  readonly name: string;
  readonly share: number;
  /** The model that ranks; null for the current one. */
  readonly model: string | null;
}

/** An experiment as it is shown. */
export interface ExperimentView {
  /** Its name. */
  readonly name: string;
  /** `running`, `stopped` or `promoted`. */
  readonly state: string;
  /** Which lists it concerns. */
  readonly scenario: string;
  /** Experiments of one layer share no users. */
  readonly layer: string;
  /** The share of the layer's users who take part. */
  readonly traffic: number;
  /** The share of the participants who belong to no variant. */
  readonly holdOut: number;
  /** What decides: `ctr`, `conversion` or `revenue`. */
  readonly metric: string;
  /** The currency of revenue; null for none. */
  readonly currency: string | null;
  /** The lift that it is planned for. */
  readonly effect: number;
  /** The variants, the control first. */
  readonly variants: readonly ExperimentVariantDocument[];
  /** What no variant may harm. */
  readonly guardrails: readonly GuardrailDocument[];
  /** How many users were given a variant by name. */
  readonly overrides: number;
  /** What was done with it, by whom and why. */
  readonly changes: readonly ExperimentChangeDocument[];
}

/** All experiments. */
export interface ExperimentsView {
  readonly experiments: readonly ExperimentView[];
}

/** Why an item is, or is not, recommended to a user. */
export interface ExplanationDocument {
  readonly userId: string;
  readonly itemId: string;
  readonly title: string | null;
  /** `listed`, `unrelated`, `seen`, `variant`, `unavailable`, `unknown-item` or `popular`. */
  readonly outcome: string;
  /** The same for people. */
  readonly sentence: string;
  readonly modelVersion: string | null;
  /** The sum of the amounts, and of `deletedAmount`; null where no score is made of the history. */
  readonly score: number | null;
  /** The item's place in the list, from 1; null where it is not in it. */
  readonly place: number | null;
  /** Of each item of the history that says anything of it, greatest first. */
  readonly contributions: readonly ContributionDocument[];
  /** What items of the history add that were deleted from the catalogue, which are not named; absent if there are none. */
  readonly deletedAmount?: number | null;
}

/** A share of the places that goes to new items, so that they get feedback. */
export interface Exploration {
  /** The share, in the mean over many lists. */
  readonly share: number;
  /** Items are new for so many days after `createdAt`. */
  readonly days?: number;
}

/** Everything that is kept of a user, in a form that programs can read. */
export interface ExportDocument {
  readonly profile: ProfileDocument | null;
  /** The newest 500 distinct items that the user acted on, newest first. */
  readonly history: readonly HistoryEntryDocument[];
  /** How many items are kept as hashes since the user acted on them; null without a profile. */
  readonly actedOnItems: number | null;
  readonly list: RecommendationDocument | null;
  readonly interactions: readonly ExportedEventDocument[];
  readonly quarantined: readonly QuarantinedDocument[];
  /** The user's attributes by name. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** An event of the log. */
export interface ExportedEventDocument {
  readonly eventId: string | null;
  readonly itemId: string;
  readonly interactionType: string;
  readonly timestamp: string;
  readonly value: number | null;
  readonly currency: string | null;
  readonly recommendationId: string | null;
  readonly arrivedAt: string;
  /** The merged id that it came with; absent where it is the user's own. */
  readonly userId?: string | null;
}

/** Whether a model may become the current one, and why. */
export interface GateDocument {
  readonly passed: boolean;
  readonly reasons: readonly string[];
}

/** A metric that no variant may harm, and the loss that is tolerated, as a fraction. */
export interface GuardrailDocument {
  readonly metric: string;
  readonly tolerance: number;
}

/** How it is. */
export interface HealthDocument {
  /** `ok` or `failed`. */
  readonly status: string;
  /** What it works with; empty where only the process was asked for. */
  readonly dependencies: readonly DependencyDocument[];
}

/** All interactions of one type that the user had with an item. */
export interface HistoryEntryDocument {
  readonly itemId: string;
  readonly interactionType: string;
  readonly count: number;
  readonly last: string;
  readonly valueSum: number | null;
}

/** How many distinct items were added or replaced. */
export interface ImportedItemsDocument {
  readonly imported: number;
}

/** Which items of a list were on screen. */
export interface ImpressionBody {
  /** Who saw them. */
  readonly userId: string;
  /** The ids of the items that were on screen; those that were scrolled past unseen are none. */
  readonly items: readonly string[];
  /** The `recommendationId` of the list; null for items that were shown without one. */
  readonly recommendationId?: string | null;
  /** When: as in events. The time of arrival if absent. */
  readonly timestamp?: string | null;
}

/** An item to add or to replace. */
export interface ItemBody {
  /** 1–256 UTF-8 bytes without control characters. */
  readonly itemId: string;
  /** At most 1,000 characters. */
  readonly title?: string | null;
  /** From the widest to the narrowest, or paths such as `Home &gt; Kitchen`; at most 20 of at most 200 characters. */
  readonly categories?: readonly string[] | null;
  /** False for what must not be recommended now; a new item is available. */
  readonly available?: boolean | null;
  /** At most 10,000 characters. */
  readonly description?: string | null;
  /** In the currency; not negative. */
  readonly price?: number | null;
  /** The code of the price's currency (ISO 4217), such as EUR. */
  readonly currency?: string | null;
  /** The address of a picture: https, http, or a path. */
  readonly imageUrl?: string | null;
  /** The address of the item's page: https, http, or a path. */
  readonly url?: string | null;
  /** When the item became, or becomes, available; it is not recommended before (ISO 8601). */
  readonly createdAt?: string | null;
  /** From when on the item is not recommended any more (ISO 8601). */
  readonly expiresAt?: string | null;
  /** What the variants of one product share. */
  readonly group?: string | null;
  /** Other attributes by name: texts, numbers, true or false, times (ISO 8601), arrays of texts, or vectors as arrays of numbers. An attribute has one type in the whole catalogue; null removes it. */
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}

/** A day. */
export interface ItemDayDocument {
  readonly day: string;
  readonly figures: ItemFiguresDocument;
}

/** What lists led to with an item, day by day. */
export interface ItemDaysDocument {
  /** The item. */
  readonly itemId: string;
  /** The first day (UTC). */
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** The days that have something, oldest first. */
  readonly days: readonly ItemDayDocument[];
}

/** An item of the catalogue. */
export interface ItemDocument {
  readonly itemId: string;
  readonly title: string | null;
  /** From the widest to the narrowest, or paths. */
  readonly categories: readonly string[];
  /** False for what must not be recommended now. */
  readonly available: boolean;
  readonly description: string | null;
  readonly price: number | null;
  readonly currency: string | null;
  readonly imageUrl: string | null;
  readonly url: string | null;
  /** When it became, or becomes, available. */
  readonly createdAt: string | null;
  /** From when on it is not recommended any more. */
  readonly expiresAt: string | null;
  /** What the variants of one product share. */
  readonly group: string | null;
  /** Other attributes by name. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What lists led to with an item. */
export interface ItemFiguresDocument {
  /** How often lists had it on screen. */
  readonly impressions: number;
  /** Clicks that are attributed to a list. */
  readonly clicks: number;
  /** Conversions that are attributed to a list. */
  readonly conversions: number;
  /** Conversions that no list led to. */
  readonly otherConversions: number;
  /** Exact amounts of the attributed conversions by currency; `none` where events named none. */
  readonly revenue: readonly MoneyDocument[];
}

/** An item and what lists led to with it. */
export interface ItemMetricDocument {
  readonly itemId: string;
  readonly title: string | null;
  readonly figures: ItemFiguresDocument;
}

/** Items and what lists led to with them. */
export interface ItemMetricsDocument {
  /** The first day (UTC). */
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** The items. */
  readonly items: readonly ItemMetricDocument[];
}

/** What to change of an item that is known. A member that is absent changes nothing; null removes. */
export interface ItemPatchBody {
  /** At most 1,000 characters. */
  readonly title?: string | null;
  /** From the widest to the narrowest, or paths such as `Home &gt; Kitchen`; at most 20 of at most 200 characters. */
  readonly categories?: readonly string[] | null;
  /** False for what must not be recommended now; a new item is available. */
  readonly available?: boolean | null;
  /** At most 10,000 characters. */
  readonly description?: string | null;
  /** In the currency; not negative. */
  readonly price?: number | null;
  /** The code of the price's currency (ISO 4217), such as EUR. */
  readonly currency?: string | null;
  /** The address of a picture: https, http, or a path. */
  readonly imageUrl?: string | null;
  /** The address of the item's page: https, http, or a path. */
  readonly url?: string | null;
  /** When the item became, or becomes, available; it is not recommended before (ISO 8601). */
  readonly createdAt?: string | null;
  /** From when on the item is not recommended any more (ISO 8601). */
  readonly expiresAt?: string | null;
  /** What the variants of one product share. */
  readonly group?: string | null;
  /** Other attributes by name: texts, numbers, true or false, times (ISO 8601), arrays of texts, or vectors as arrays of numbers. An attribute has one type in the whole catalogue; null removes it. */
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}

/** What putting items would change. */
export interface ItemPreviewDocument {
  /** How many items the catalogue does not have. */
  readonly added: number;
  /** How many would be another than now. */
  readonly changed: number;
  /** How many are already so. */
  readonly unchanged: number;
  /** The items that would be added or changed. */
  readonly items: readonly PreviewedItemDocument[];
}

/** The items that were found. */
export interface ItemsDocument {
  readonly items: readonly ItemDocument[];
  /** The cursor of what follows; null where nothing does. */
  readonly next?: string | null;
}

/** How far the profiles are behind the log. */
export interface LagDocument {
  /** Users with events that their profiles do not hold yet. */
  readonly pendingUsers: number;
  /** From arrival to profile, for the last events applied; null before the first. */
  readonly milliseconds: number | null;
}

/** A lift and its interval, which holds at every look. */
export interface LiftView {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** A list of items, best first. */
export interface ListDocument {
  /** Whose; null where the list is nobody's. */
  readonly userId: string | null;
  /** To what the items are similar; null otherwise. */
  readonly itemId: string | null;
  /** Where the first item comes from: `batch`, `realtime`, `stale` or `popular`. */
  readonly source: string;
  /** The model that ranked it; null where there is none. */
  readonly modelVersion: string | null;
  /** When it was ranked. */
  readonly lastUpdated: string;
  /** Names the list: send it with impressions and events. Null for previews, and where the platform has no ids. */
  readonly recommendationId: string | null;
  /** The items. */
  readonly recommendations: readonly ListedItemDocument[];
  /** The cursor of what follows; null where nothing does. */
  readonly next?: string | null;
  /** The scenario that the list was asked of; left out if none was named. */
  readonly scenario?: string | null;
}

/** An item of a list. */
export interface ListedItemDocument {
  readonly itemId: string;
  readonly title: string | null;
  readonly score: number;
  /** The items of the history that contributed most; null where that was not asked for. */
  readonly because: readonly TitledDocument[] | null;
  /** Where the item comes from if not from where its list comes from; else left out. */
  readonly source?: string | null;
  /** The rules of the scenario that moved the item; left out if none did. */
  readonly rules?: readonly string[] | null;
  /** What the item has of the fields that were asked for; left out where none were. */
  readonly fields?: Readonly<Record<string, unknown>> | null;
}

/** Whom an anonymous id belongs to. */
export interface MergeBody {
  /** The user. */
  readonly userId: string;
}

/** An anonymous id that was merged into a user, as hosts show it. */
export interface MergedUserDocument {
  /** The id that events had before the login. */
  readonly anonymousId: string;
  /** The user. */
  readonly userId: string;
  /** Whether they were merged now, and not before. */
  readonly isNew: boolean;
}

/** The figures of one group. A dimension that was not asked for is null, and so is one that feedback without a list lacks. */
export interface MetricRowDocument {
  /** The day (UTC). */
  readonly day: string | null;
  /** The scenario of the lists. */
  readonly scenario: string | null;
  /** Where the lists came from. */
  readonly source: string | null;
  /** The model that ranked them. */
  readonly model: string | null;
  /** The experiment that the users took part in. */
  readonly experiment: string | null;
  /** Their variant of it. */
  readonly variant: string | null;
  /** The type of event. */
  readonly type: string | null;
  /** Lists of which an item was on screen. */
  readonly lists: number;
  /** Items that were on screen. */
  readonly impressions: number;
  /** Clicks attributed to the lists. */
  readonly clicks: number;
  /** Conversions attributed to the lists. */
  readonly conversions: number;
  /** Users, without those who were erased. */
  readonly users: number;
  /** Exact amounts by currency; `none` where events named none. */
  readonly revenue: readonly MoneyDocument[];
  readonly ctr: RateDocument;
  readonly conversionRate: RateDocument;
  /** The share of impressions of items that the user had been shown before. */
  readonly repeatRate: number | null;
  /** Different items on screen; null by segment, since items are counted over all users. */
  readonly items: number | null;
  /** The share of the current model's items that were on screen. */
  readonly coverage: number | null;
  /** The mean of −log₂ of an item's share of all impressions: high where rare items are shown. */
  readonly novelty: number | null;
  /** The value of the users' attribute; absent where none was asked for, and for users without it. */
  readonly segment?: string | null;
}

/** The figures of some days. */
export interface MetricsDocument {
  /** The first day (UTC). */
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** The dimensions that the rows are told apart by. */
  readonly by: readonly string[];
  /** `final` if the days are over and all that arrived in them is counted; else `provisional`. */
  readonly state: string;
  /** What arrived before is counted; null if nothing was counted yet. */
  readonly countedThrough: string | null;
  /** The groups. */
  readonly rows: readonly MetricRowDocument[];
  /** The attribute of users whose values are told apart; absent for none. */
  readonly segment?: string | null;
}

/** A minute's events: counted for the first time, put into quarantine, dropped as copies. */
export interface MinuteDocument {
  readonly at: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicated: number;
}

/** A trained model, as hosts answer it. */
export interface ModelDocument {
  /** Its name. */
  readonly version: string;
  /** Whether it ranks now; left out where that was not asked. */
  readonly isCurrent: boolean | null;
  /** The time that it was trained for. */
  readonly createdAt: string;
  /** When the newest interaction that it was trained on happened; null where that was not recorded. */
  readonly trainedThrough: string | null;
  /** The algorithm. */
  readonly trainer: string;
  /** Users with a history. */
  readonly users: number;
  /** Items that it can rank. */
  readonly items: number;
  /** Interactions that it was trained on. */
  readonly interactions: number;
  /** The size of its file. */
  readonly artefactBytes: number;
  /** By name. */
  readonly parameters: Readonly<Record<string, number>>;
  /** What was measured on held-out interactions, by name. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly gate: GateDocument | null;
  /** Whether it was trained without the newest interactions, only to be measured. */
  readonly isCandidate: boolean;
  readonly refit: RefitDocument | null;
}

/** Some models, newest first, and which one is current. */
export interface ModelsDocument {
  readonly current: string | null;
  readonly previous: string | null;
  readonly models: readonly ModelDocument[];
  /** The cursor of what follows; null where nothing does. */
  readonly next: string | null;
}

/** An amount of money. */
export interface MoneyDocument {
  readonly currency: string;
  readonly amount: number;
}

/** The erasures that are not finished; `GET /v1/erasures` lists them with what stopped them. */
export interface OpenErasuresDocument {
  /** How many. */
  readonly open: number;
  /** How long ago the oldest of them was requested; null if there is none. */
  readonly oldestSeconds: number | null;
}

/** How it is now, on one page. */
export interface OverviewDocument {
  /** What counts as now. */
  readonly asOf: string;
  readonly traffic: TrafficDocument;
  readonly lag: LagDocument;
  readonly stored: StoredDocument;
  /** How long ago the last completed run of all active users ended; null before the first. */
  readonly listAgeSeconds: number | null;
  /** Of the users of the last completed run of all active users, who got the popular items, 0 … 1; null before the first. */
  readonly fallbackShare: number | null;
  readonly shown: ShownDocument;
  readonly model: ModelDocument | null;
  readonly running: BatchDocument | null;
  readonly lastRun: BatchDocument | null;
  readonly erasures: OpenErasuresDocument;
}

/** An item with a fixed place. It is shown only if it may be recommended, and meets the filter. */
export interface Pin {
  /** The item. */
  readonly itemId: string;
  /** Its place, from 1. */
  readonly place: number;
}

/** An item's place in both lists, from 1; null where it is not in one. */
export interface PlaceChangeDocument {
  readonly itemId: string;
  readonly title: string | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** Which model is current. */
export interface PointerDocument {
  readonly current: string | null;
  readonly previous: string | null;
}

/** A user's list as it is, and as it would be after one more event. */
export interface PreviewedDocument {
  readonly userId: string;
  readonly itemId: string;
  readonly title: string | null;
  readonly interactionType: string;
  readonly modelVersion: string | null;
  readonly before: readonly ListedItemDocument[];
  readonly after: readonly ListedItemDocument[];
  readonly changes: readonly PlaceChangeDocument[];
}

/** An item before and after. */
export interface PreviewedItemDocument {
  readonly before: ItemDocument | null;
  readonly after: ItemDocument;
}

/** An error as JSON: problem details of RFC 9457, with the code to decide by and the request's id. */
export interface ProblemDocument {
  /** Names the kind of problem; a URN that ends with the code. */
  readonly type: string;
  /** The kind of problem for people. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  /** A sentence that says what to do. */
  readonly detail: string;
  /** What programs decide by. */
  readonly code: string;
  /** What to look for in the logs. */
  readonly requestId: string;
  /** What became of each event, where none was valid. */
  readonly results?: readonly EventResultDocument[] | null;
}

/** A profile as JSON: the reference system's attribute names, and what is new. */
export interface ProfileDocument {
  readonly userId: string;
  readonly interactionCount: number;
  readonly firstInteraction: string | null;
  readonly lastInteraction: string | null;
  readonly lastItemId: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly recent: readonly RecentDocument[];
  /** Whether every interaction that was counted is remembered; if not, `recommend rebuild` makes it whole. */
  readonly historyIsComplete: boolean;
  /** The user that this id was merged into; left out if it was not. */
  readonly mergedInto?: string | null;
  /** The ids that were merged into this user; left out if there are none. */
  readonly mergedUsers?: readonly string[] | null;
}

/** How to promote. */
export interface PromoteBody {
  /** Whether to take a model that the gate turned away. */
  readonly force?: boolean;
}

/** Which variant is promoted, and why. */
export interface PromoteVariantBody {
  /** The variant. */
  readonly variant: string;
  /** Why. */
  readonly why: string;
  /** Whether to take a model that the gate turned away; false if absent. */
  readonly force?: boolean;
}

/** A share of the places that goes to the items that meet a condition, no more and no fewer. */
export interface Promotion {
  /** The condition. An item that meets several counts for the first. */
  readonly filter: string;
  /** The share of the places, from 0 to 1; so many places as are whole. */
  readonly share: number;
}

/** Some rejected records, newest arrival first unless asked otherwise. */
export interface QuarantineDocument {
  readonly records: readonly QuarantinedDocument[];
  /** Whether there are more. */
  readonly more: boolean;
  /** The cursor of what follows; null where nothing does. */
  readonly next: string | null;
}

/** A rejected record. */
export interface QuarantinedDocument {
  readonly position: string;
  readonly arrivedAt: string;
  readonly reason: string;
  readonly message: string;
  readonly userId: string | null;
  /** The record as it came; bytes that are no UTF-8 are shown as U+FFFD. */
  readonly raw: string;
  /** When its events were appended anew; null where they were not. */
  readonly redrivenAt: string | null;
  /** When it was dismissed; null where it was not. */
  readonly dismissedAt: string | null;
}

/** An item of a list as JSON. */
export interface RankedItemDocument {
  readonly itemId: string;
  readonly score: number;
  readonly because: readonly string[];
  /** Where the item comes from if not from where its list comes from; else left out. */
  readonly source?: string | null;
}

/** A rate and its interval at 95 %, which takes each user for one observation. */
export interface RateDocument {
  /** The rate; null where nothing is in the denominator. */
  readonly value: number | null;
  /** The lower bound; null with fewer than two users. */
  readonly lower: number | null;
  /** The upper bound. */
  readonly upper: number | null;
}

/** A public key. */
export interface ReceiptKey {
  readonly keyId: string;
  readonly algorithm: string;
  /** SubjectPublicKeyInfo in PEM. */
  readonly publicKey: string;
}

/** One of a profile's newest interactions as JSON. */
export interface RecentDocument {
  readonly itemId: string;
  readonly type: string;
  readonly at: string;
  /** Left out where the event had none. */
  readonly value?: number | null;
}

/** One of a user's newest interactions. */
export interface RecentItemDocument {
  readonly itemId: string;
  readonly title: string | null;
  readonly type: string;
  readonly at: string;
}

/** What a list is asked for. */
export interface RecommendBody {
  /** The scenario; absent for `default`. */
  readonly scenario?: string;
  /** The user; absent for a visitor. */
  readonly userId?: string | null;
  /** A visitor's interactions, which are not stored; at most 1,000. */
  readonly history?: readonly SessionEvent[] | null;
  /** The items of the basket: they are not offered, and scenarios may find what goes with them. */
  readonly basket?: readonly string[] | null;
  /** Items to be put in order, such as the result of a search; absent for any item. */
  readonly candidates?: readonly string[] | null;
  /** Items to leave out; at most 500. */
  readonly exclude?: readonly string[] | null;
  /** What conditions know as `context`: texts, numbers, and true or false by name. */
  readonly context?: Readonly<Record<string, unknown>> | null;
  /** Properties and attributes of the catalogue to give with each item; at most 32 names. */
  readonly fields?: readonly string[] | null;
  /** How many items to give at most; absent for what the scenario says, or for all candidates. */
  readonly n?: number | null;
}

/** Which lists are asked for. */
export interface RecommendUsersBody {
  /** The scenario; absent for `default`. */
  readonly scenario?: string;
  /** The users; 1–200. */
  readonly users: readonly string[];
  /** Items to leave out; at most 500. */
  readonly exclude?: readonly string[] | null;
  /** What conditions know as `context`: texts, numbers, and true or false by name. */
  readonly context?: Readonly<Record<string, unknown>> | null;
  /** Properties and attributes of the catalogue to give with each item; at most 32 names. */
  readonly fields?: readonly string[] | null;
  /** How many items to give at most for each user; absent for what the scenario says. */
  readonly n?: number | null;
}

/** A stored list as JSON: the reference system's attribute names, and what is new. */
export interface RecommendationDocument {
  readonly userId: string;
  readonly recommendations: readonly RankedItemDocument[];
  readonly lastUpdated: string;
  readonly modelVersion: string | null;
  readonly runId: string | null;
  readonly source: string;
  readonly profileVersion: number;
}

/** Which records to send again. */
export interface RedriveBody {
  /** As the list names them, at most 10,000; null for all. */
  readonly positions?: readonly string[] | null;
}

/** What became of the records. */
export interface RedriveDocument {
  /** Records that are valid now and are marked as redriven. */
  readonly records: number;
  /** Events appended to the log. */
  readonly appended: number;
  /** Valid events that were there already, or are of a user erased since. */
  readonly dropped: number;
  /** Records that stay, each with why it is rejected now. */
  readonly stillRejected: readonly StillRejectedDocument[];
}

/** Which candidate a model was refitted from, and what that was measured on. */
export interface RefitDocument {
  /** The model that chose the parameters, and was measured. */
  readonly candidate: string;
  /** The candidate was trained on interactions until then, and measured on later ones. */
  readonly measuredAfter: string;
  /** When the newest interaction that it was measured on happened. */
  readonly measuredThrough: string;
}

/** What was removed. */
export interface RemovedData {
  /** Always: nothing of it is left but a tombstone that holds the id and the time. */
  readonly profile: boolean;
  /** Always: there is no stored list. */
  readonly list: boolean;
  /** Interactions that the profile had counted. */
  readonly interactionsCounted: number;
  /** Interactions removed from the log, its archive included. */
  readonly interactionsInLog: number;
  /** Records removed from quarantine. */
  readonly quarantinedRecords: number;
}

/** How lists are made for one place of a shop, such as the home page or the basket. The stages have a fixed order: source, eligible items, filter, score, boosts, diversity, promotions, pins, fill-up. */
export interface Scenario {
  /** Where the candidates come from; see ScenarioSources. */
  readonly source?: string;
  /** The window of popular items: hour, day, week or month; null for what is popular by the model. */
  readonly window?: string | null;
  /** A condition that every item of the list meets; null for none. */
  readonly filter?: string | null;
  /** What raises or lowers the scores of items. */
  readonly boosts?: readonly Boost[];
  /** Items with a fixed place. */
  readonly pins?: readonly Pin[];
  /** Shares of the places that go to certain items. */
  readonly promotions?: readonly Promotion[];
  readonly diversity?: Diversity | null;
  readonly exploration?: Exploration | null;
  /** Whether popular items fill up lists that the source leaves short. */
  readonly fillUp?: boolean;
  /** Whether items that the user acted on are offered again; null for what the settings say. */
  readonly repeats?: boolean | null;
  /** How many items a list has unless the request says otherwise. */
  readonly n?: number;
}

/** A version of a scenario. */
export interface ScenarioDocument {
  /** The scenario. */
  readonly name: string;
  /** The number of the version, from 1. */
  readonly version: number;
  /** When it was made. */
  readonly at: string;
  /** Who made it. */
  readonly by: string;
  /** Why; null if nothing was said. */
  readonly reason: string | null;
  readonly scenario: Scenario | null;
}

/** A scenario to try. */
export interface ScenarioPreviewBody {
  readonly scenario: Scenario;
  /** Whose list to show; null for somebody of whom nothing is known. */
  readonly userId?: string | null;
  /** The items of the basket, for scenarios that find what goes with it. */
  readonly basket?: readonly string[] | null;
}

/** The lists before and after a change. */
export interface ScenarioPreviewDocument {
  readonly before: ListDocument;
  readonly after: ListDocument;
}

/** Versions of scenarios. */
export interface ScenariosDocument {
  readonly scenarios: readonly ScenarioDocument[];
}

/** What became of a segment's users. */
export interface SegmentDocument {
  readonly segment: number;
  readonly ranked: number;
  readonly fallback: number;
  readonly failed: number;
  readonly skipped: number;
  readonly recommendations: number;
  /** The first failure as a sentence; null where none. */
  readonly firstError: string | null;
}

/** An interaction of a visitor. */
export interface SessionEvent {
  /** The item. */
  readonly itemId: string;
  /** The type; `view` if absent. */
  readonly interactionType?: string;
  /** When; now if absent. */
  readonly timestamp?: string | null;
}

/** Lists shown, by source. */
export interface ShownDocument {
  readonly batch: number;
  readonly realtime: number;
  readonly stale: number;
  readonly popular: number;
}

/** A receipt and its signature. */
export interface SignedReceipt {
  readonly receipt: ErasureReceipt;
  /** `ES256`: ECDSA on P-256 with SHA-256, as in JWS (r and s, 32 bytes each). */
  readonly algorithm: string;
  /** Over the receipt's JSON, base64url. */
  readonly signature: string;
}

/** What is to go with some items. */
export interface SimilarBody {
  /** The items, such as those of a basket. */
  readonly items: readonly string[];
  /** How many items to give at most; 10 where it is absent. */
  readonly n?: number | null;
  /** Ids of items to leave out. */
  readonly exclude?: readonly string[] | null;
  /** Categories of which an item must have one. */
  readonly category?: readonly string[] | null;
  /** What makes items similar: `behaviour`, `content` or `both`; both where it is absent. */
  readonly by?: string | null;
}

/** Which run to start. */
export interface StartRunBody {
  /** Whom to rank; null for all who are active. At most 2,000. */
  readonly users?: readonly string[] | null;
  /** Whether only to say what the run would do. */
  readonly dryRun?: boolean;
  /** Its id; null for one made of the time. A run that was cancelled or died goes on. */
  readonly runId?: string | null;
}

/** A record that stays; without its bytes, since answers to keyed requests are kept for a day. */
export interface StillRejectedDocument {
  readonly position: string;
  readonly reason: string;
  readonly message: string;
}

/** How much is stored. */
export interface StoredDocument {
  readonly profiles: number | null;
  readonly lists: number | null;
  /** Rejected records that were not sent again. */
  readonly quarantined: number | null;
}

/** A stored list. */
export interface StoredListDocument {
  readonly source: string;
  readonly modelVersion: string | null;
  readonly runId: string | null;
  readonly lastUpdated: string;
  /** Whether it was made from the profile as it is now. */
  readonly isCurrent: boolean;
  readonly recommendations: readonly ListedItemDocument[];
}

/** An item and its title, where the catalogue has one. */
export interface TitledDocument {
  readonly itemId: string;
  readonly title: string | null;
}

/** Events as this process saw them. */
export interface TrafficDocument {
  /** When this process started: before that it saw nothing. */
  readonly since: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicated: number;
  readonly failed: number;
  /** 60 minutes, oldest first. */
  readonly minutes: readonly MinuteDocument[];
  /** Interaction types that the settings do not name, and how many events since the start had them; the first 20, then `other`. */
  readonly unnamedTypes: Readonly<Record<string, number>>;
}

/** How to train. */
export interface TrainBody {
  /** Whether to train in one pass with fixed parameters, instead of choosing them on held-out interactions. */
  readonly fast?: boolean;
  /** Whether the model becomes current whatever the gate says. */
  readonly force?: boolean;
}

/** A training in this process. */
export interface TrainingDocument {
  readonly id: string;
  /** `training`, `promoted`, `turned-away` (by the gate), `failed` or `cancelled`. */
  readonly state: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** What is being done, as a short phrase. */
  readonly stage: string;
  /** 0 … 1. */
  readonly fraction: number;
  readonly model: ModelDocument | null;
  /** Why it failed; null where it did not. */
  readonly problem: string | null;
}

/** The trainings of this process, newest first; the last 50. */
export interface TrainingsDocument {
  readonly trainings: readonly TrainingDocument[];
}

/** The attributes of a user. */
export interface UserAttributesDocument {
  readonly userId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What is kept of a user. */
export interface UserDocument {
  readonly userId: string;
  readonly interactionCount: number;
  readonly firstInteraction: string | null;
  readonly lastInteraction: string | null;
  readonly lastItemId: string | null;
  readonly counts: Readonly<Record<string, number>>;
  /** The newest interactions, newest first. */
  readonly recent: readonly RecentItemDocument[];
  readonly list: StoredListDocument | null;
  /** The user's attributes by name. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The user that this id was merged into; absent if it was not. */
  readonly mergedInto?: string | null;
  /** The ids that were merged into this user; absent if there are none. */
  readonly mergedUsers?: readonly string[] | null;
}

/** The list of one of several users, or why there is none. */
export interface UserListDocument {
  /** The id as it was given. */
  readonly userId: string;
  readonly list: ListDocument | null;
  readonly error: UserListError | null;
}

/** Why a list could not be made. */
export interface UserListError {
  /** As in the errors of requests for one list, such as `invalid` or `unavailable`. */
  readonly code: string;
  /** What happened, and what to do. */
  readonly detail: string;
}

/** The lists of several users. */
export interface UserListsDocument {
  /** One for each user, in the order in which they were given. */
  readonly lists: readonly UserListDocument[];
}

/** A variant. */
export interface VariantBody {
  /** Its name. */
  readonly name: string;
  /** Its share of the participants: .5 is half. */
  readonly share: number;
  /** The model that ranks; the current one if absent, as in an A/A test. */
  readonly model?: string | null;
}

/** A variant at the end of a day. */
export interface VariantDayView {
  /** The variant. */
  readonly name: string;
  /** How many users had seen a list. */
  readonly users: number;
  /** The deciding metric; null if there was nothing to divide by. */
  readonly value: number | null;
  readonly lift: LiftView | null;
}

/** The figures of a variant, of users who were assigned to it and saw a list. */
export interface VariantResultView {
  /** The variant. */
  readonly name: string;
  /** How many users. */
  readonly users: number;
  /** Lists that they saw. */
  readonly lists: number;
  /** Items that they saw. */
  readonly impressions: number;
  /** Their clicks. */
  readonly clicks: number;
  /** Their conversions. */
  readonly conversions: number;
  /** Their revenue in the experiment's currency. */
  readonly revenue: number;
  /** Clicks per impression. */
  readonly ctr: number | null;
  /** Conversions per list. */
  readonly conversionRate: number | null;
  /** Revenue per list. */
  readonly revenuePerList: number | null;
  readonly lift: LiftView | null;
}

/** An event that might happen. */
export interface WhatIfBody {
  readonly itemId: string;
  readonly interactionType?: string;
  /** How long both lists are at most; 10 where it is absent. */
  readonly n?: number | null;
}
