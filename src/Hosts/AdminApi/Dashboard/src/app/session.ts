import { useEffect, useState } from "preact/hooks";

const storage = "recommendation.key";
const listeners = new Set<() => void>();
let key = stored();
let asked: KeyAsked = "no";
let role: Role | null = null;

/** What a key may do; each may do what the ones before it may. */
export type Role = "reader" | "writer" | "operator";

/** Whether the server wants a key: no, yes, or yes and it did not know the one that was sent. */
export type KeyAsked = "no" | "yes" | "again";

/** The API key: held by this tab alone, and gone with it. */
export const apiKey = (): string | null => key;

export function useKeyAsked(): KeyAsked {
  const [value, setValue] = useState(asked);
  useEffect(() => {
    const follow = () => setValue(asked);
    listeners.add(follow);
    return () => void listeners.delete(follow);
  }, []);
  return value;
}

/** The role of the key, as the server's last answer said; null where it asks for none. */
export function useRole(): Role | null {
  const [value, setValue] = useState(role);
  useEffect(() => {
    const follow = () => setValue(role);
    listeners.add(follow);
    follow();
    return () => void listeners.delete(follow);
  }, []);
  return value;
}

/** What an answer says of the key; refusals say nothing. */
export function noteRole(said: string | null): void {
  if (said === null || said === role) return;
  role = said as Role | null;
  for (const listener of listeners) listener();
}

export function askForKey(): void {
  change(null, key === null ? (asked === "again" ? "again" : "yes") : "again");
}

export function enterKey(entered: string): void {
  change(entered, "no");
}

export function forgetKey(): void {
  change(null, "yes");
}

function change(next: string | null, ask: KeyAsked): void {
  key = next;
  asked = ask;
  role = null;
  try {
    if (next === null) sessionStorage.removeItem(storage);
    else sessionStorage.setItem(storage, next);
  } catch {
    // Storage may be switched off; the key then lasts until the page is left.
  }
  for (const listener of listeners) listener();
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(storage);
  } catch {
    return null;
  }
}
