import type { ComponentChildren } from "preact";
import type { Resource } from "../api/resource";
import { Loading } from "./parts";

/** What a resource holds: its data, a place holder while it loads, or what went wrong and a way to try again. */
export function Loaded<T>({ resource, children }: { resource: Resource<T>; children: (data: T) => ComponentChildren }) {
  const { data, error, reload } = resource;
  if (data === null && error === null) return <Loading />;
  return (
    <>
      {error && <Problem message={data === null ? error.message : `${error.message} What you see was loaded before.`} retry={reload} />}
      {data !== null && children(data)}
    </>
  );
}

export function Problem({ message, retry, retryText = "Try again" }: { message: string; retry?: () => void; retryText?: string }) {
  return (
    <div class="notice bad" role="alert">
      <p class="break">{message}</p>
      {retry && <button type="button" class="button small" onClick={retry}>{retryText}</button>}
    </div>
  );
}
