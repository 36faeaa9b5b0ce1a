/** What a page asks for beside the scenario. */
export interface ListOptions {
  /** How many items to give at most. */
  n?: number;
  /** The items of the basket. */
  basket?: string[];
  /** Items to be put in order, such as the result of a search. */
  candidates?: string[];
  /** Items to leave out. */
  exclude?: string[];
  /** What conditions of the scenario know as `context`. */
  context?: Record<string, string | number | boolean>;
  /** Properties of the catalogue to give with each item, such as `price` and `imageUrl`. */
  fields?: string[];
}

export interface List {
  scenario: string;
  /** Names the list; write it into `data-recommendation-id`. Null where the server has no ids. */
  recommendationId: string | null;
  source: 'batch' | 'realtime' | 'stale' | 'popular';
  recommendations: { itemId: string; title: string | null; fields?: Record<string, unknown> }[];
}

/** Purchases and refunds are sent by the shop's server. */
export type EventType = 'view' | 'click' | 'add-to-cart' | 'remove-from-cart' | 'like' | 'dislike';

export interface Client {
  /** The visitor; merge it into the user at a login. */
  readonly anonymousId: string;
  /** Keeps the visitor's id in the browser from page to page, or forgets it. */
  setConsent(given: boolean): void;
  /** Makes the visitor somebody new, as after a logout. */
  renew(): void;
  /** Asks for a list of a scenario. Fails with `status` and `code` if the server refuses. */
  recommend(scenario: string, options?: ListOptions): Promise<List>;
  /** Watches the lists of a part of the page, by default the whole: impressions and clicks of `data-item-id`. */
  watch(root?: Document | Element): Client;
  event(type: EventType, itemId: string, recommendationId?: string | null): void;
  impression(itemId: string, recommendationId: string): void;
  /** Sends what waits, now; what fails is sent again up to three times. */
  flush(): Promise<void>;
}

export interface Options {
  /** A key of the role `browser`. */
  key: string;
  /** Where the API is; by default where the script comes from. */
  url?: string;
  /** Whether the visitor agreed to an id that is kept in the browser; false by default. */
  consent?: boolean;
  /** The visitor's id, if the shop's server keeps it. Then nothing is kept in the browser, whatever `consent` says. */
  anonymousId?: string;
}

export function create(options: Options): Client;

declare global {
  /** What the script tag defines; `client` if the tag has `data-key`. */
  const Recommendation: { create(options: Options): Client; client?: Client };
}
