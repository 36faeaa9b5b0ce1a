import { apiKey, askForKey, noteRole } from "../app/session";

/** What the API refused or could not do: a sentence, as it says it. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const unreachable = "The server does not answer. Check that it runs; this page tries again by itself.";

export const get = <T>(route: string, signal?: AbortSignal): Promise<T> => send<T>("GET", route, undefined, signal);

export const post = <T>(route: string, body?: unknown): Promise<T> => send<T>("POST", route, body ?? {});

export const put = <T>(route: string, body: unknown): Promise<T> => send<T>("PUT", route, body);

export const patch = <T>(route: string, body: unknown): Promise<T> => send<T>("PATCH", route, body);

export const remove = <T>(route: string): Promise<T> => send<T>("DELETE", route);

/** The first pages of a list that goes on at a cursor, in one answer each. */
export async function getPages<T extends { readonly next: string | null }>(route: string, pages: number, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = null; all.length === 0 || (cursor !== null && all.length < pages); cursor = all.at(-1)!.next) {
    all.push(await get<T>(cursor === null ? route : `${route}${route.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`, signal));
  }
  return all;
}

async function send<T>(method: string, route: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers = new Headers({ Accept: "application/json" });
  const key = apiKey();
  if (key) headers.set("Authorization", `Bearer ${key}`);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (method === "POST") headers.set("Idempotency-Key", crypto.randomUUID());
  const request: RequestInit = { method, headers, cache: "no-store", credentials: "same-origin" };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;

  let answer: Response;
  try {
    answer = await fetch(`v1/${route}`, request);
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "AbortError") throw problem;
    throw new ApiError(0, unreachable);
  }
  if (answer.status === 401) askForKey();
  else noteRole(answer.headers.get("Recommendation-Role"));
  if (!answer.ok) throw new ApiError(answer.status, await sentenceOf(answer));
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T);
}

/** The detail of a problem document (RFC 9457), else its title, else what the status says. */
async function sentenceOf(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as { detail?: string; title?: string; errors?: Record<string, string[]> };
    const errors = Object.values(problem.errors ?? {}).flat().join(" ");
    if (errors || problem.detail || problem.title) return errors || problem.detail || problem.title!;
  } catch {
    // No problem document: a proxy in between may have answered.
  }
  return `The server answered ${answer.status}${answer.statusText ? ` (${answer.statusText})` : ""}.`;
}
