import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAction } from "../api/action";
import { Problem } from "./Loaded";

interface ConfirmProps {
  readonly title: string;
  readonly verb: string;
  readonly danger?: boolean;
  readonly children: ComponentChildren;
  /** Does it, and says what happened. */
  readonly work: () => Promise<string>;
  readonly close: (done: boolean) => void;
  readonly ready?: boolean;
}

/** Asks before something is done that others notice. Open while it is rendered; Escape and Cancel close it. */
export function Confirm({ title, verb, danger, children, work, close, ready = true }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const action = useAction();
  useEffect(() => {
    const [element, before] = [dialog.current!, document.activeElement];
    element.showModal();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await action.run(work)) close(true);
  };
  return (
    <dialog ref={dialog} aria-labelledby="confirm-title" onCancel={(event) => { event.preventDefault(); if (!action.busy) close(false); }}>
      <form onSubmit={submit}>
        <h2 id="confirm-title">{title}</h2>
        {children}
        {action.error && <Problem message={action.error} />}
        <div class="dialog-actions">
          <button type="button" class="button" disabled={action.busy} onClick={() => close(false)}>Cancel</button>
          <button type="submit" class={`button primary ${danger ? "danger" : ""}`} disabled={action.busy || !ready}>
            {action.busy ? "One moment …" : verb}
          </button>
        </div>
      </form>
    </dialog>
  );
}
