import { useRef, useState } from "preact/hooks";
import { remove } from "../api/client";
import type { ErasureStatus, SignedReceipt } from "../api/types";
import { count, moment } from "../format";
import { Confirm } from "../ui/Confirm";
import { Card, Facts } from "../ui/parts";

/** Erasing can't be taken back: the id has to be typed. */
export function EraseUser({ id, close }: { id: string; close: (receipt: SignedReceipt | null) => void }) {
  const [typed, setTyped] = useState("");
  const receipt = useRef<SignedReceipt | null>(null);
  const erase = async () => {
    const answer = await remove<SignedReceipt | ErasureStatus>(`users/${encodeURIComponent(id)}`);
    if (!("signature" in answer))
      return `The erasure has begun and goes on by itself. GET /v1/erasures/${answer.erasureId} shows it, and its receipt when it is finished.`;
    receipt.current = answer;
    return "The user is erased.";
  };
  return (
    <Confirm title="Erase this user?" verb="Erase for good" danger ready={typed === id} work={erase} close={(done) => close(done ? receipt.current : null)}>
      <p class="soft">Every place that holds personal data loses what it holds of this user, and no later model learns from it. It can't be taken back.
        You get a signed receipt of what was removed.</p>
      <div class="field">
        <label for="typed">Type the user id to go on</label>
        <input id="typed" class="input" autocomplete="off" autocapitalize="off" spellcheck={false} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </div>
    </Confirm>
  );
}

/** What was removed, as the server signed it. */
export function Receipt({ signed }: { signed: SignedReceipt }) {
  const { receipt } = signed;
  const text = JSON.stringify(signed, null, 2);
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "erasure-receipt.json";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Card title="Erased" note="A signed receipt">
      <div class="stack">
        <Facts facts={[
          ["User", receipt.userId],
          ["Erased", `${moment(receipt.erasedAt)} UTC`],
          ["Interactions counted in the profile", count(receipt.removed.interactionsCounted)],
          ["Interactions removed from the log", count(receipt.removed.interactionsInLog)],
          ["Records removed from quarantine", count(receipt.removed.quarantinedRecords)],
          ["Signed by the key", <span class="mono">{receipt.keyId}</span>],
        ]} />
        <div class="row">
          <button type="button" class="button primary" onClick={save}>Save the receipt</button>
          <span class="faint">Check it later with <code>recommend receipt verify FILE</code>.</span>
        </div>
        <details class="disclosure">
          <summary>The receipt itself</summary>
          <pre tabIndex={0} role="region" aria-label="The receipt itself">{text}</pre>
        </details>
      </div>
    </Card>
  );
}
