import { useState } from "preact/hooks";
import { useAction } from "../api/action";
import { getPages, post } from "../api/client";
import { useResource } from "../api/resource";
import type { Quarantine, Quarantined } from "../api/types";
import { Meter } from "../charts/Share";
import { count, moment, plural } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Confirm } from "../ui/Confirm";
import { Loaded, Problem } from "../ui/Loaded";
import { Card, Empty, Page } from "../ui/parts";

interface Redriven {
  readonly records: number;
  readonly appended: number;
  readonly dropped: number;
  readonly stillRejected: readonly Quarantined[];
}

const ofPage = 100;

export function QuarantinePage() {
  const [reason, setReason] = useState("");
  const [pages, setPages] = useState(1);
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const quarantine = useResource(`quarantine ${reason}`, async (signal) => {
    const filter = reason ? `&reason=${encodeURIComponent(reason)}` : "";
    const all = await getPages<Quarantine>(`quarantine?n=${ofPage}${filter}`, pages, signal);
    const records = all.flatMap((page) => page.records);
    setReasons((before) => [...new Set([...before, ...records.map((record) => record.reason)])].sort());
    return { records, more: all.at(-1)!.more };
  }, 15_000);
  const choose = (next: string) => {
    setReason(next);
    setPages(1);
    setChosen(new Set());
  };
  const more = () => {
    setPages(pages + 1);
    quarantine.reload();
  };
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const action = useAction();
  const redrive = () => void action.run(async () => {
    const done = await post<Redriven>("quarantine/redrive", chosen.size > 0 ? { positions: [...chosen] } : {});
    setChosen(new Set());
    quarantine.reload();
    return `${plural(done.appended, "event")} sent again, ${plural(done.stillRejected.length, "record")} still rejected.`;
  });
  const [dismissing, setDismissing] = useState(false);
  const dismiss = async () => {
    const done = await post<{ readonly records: number }>("quarantine/dismiss", { positions: [...chosen] });
    return `${plural(done.records, "record")} dismissed.`;
  };
  const dismissed = (done: boolean) => {
    setDismissing(false);
    if (!done) return;
    setChosen(new Set());
    quarantine.reload();
  };
  const any = (quarantine.data?.records.length ?? 0) > 0;
  return (
    <Page
      title="Quarantine" lead="Records that were not valid are kept here with the reason. Send them again once what was wrong with them is mended."
      actions={any && (
        <>
          {chosen.size > 0 && (
            <ActionButton needs="operator" disabled={action.busy} onClick={() => setDismissing(true)}>
              {`Dismiss ${plural(chosen.size, "record")}`}
            </ActionButton>
          )}
          <ActionButton needs="operator" class="button primary" disabled={action.busy} onClick={redrive}>
            {action.busy ? "Sending …" : chosen.size > 0 ? `Send ${plural(chosen.size, "record")} again` : "Send all again"}
          </ActionButton>
        </>
      )}
    >
      {dismissing && (
        <Confirm title={`Dismiss ${plural(chosen.size, "record")}?`} verb="Dismiss" danger work={dismiss} close={dismissed}>
          <p>They are not listed any more, and can't be sent again.</p>
        </Confirm>
      )}
      {action.error && <Problem message={action.error} />}
      {reasons.length > 0 && (
        <div class="row">
          <label for="reason">Reason</label>
          <select id="reason" class="input metric-choice" value={reason} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">Any</option>
            {reasons.map((one) => <option key={one} value={one}>{one}</option>)}
          </select>
        </div>
      )}
      <Loaded resource={quarantine}>{(data) => (data.records.length === 0 ? (
        <Card title="Records"><Empty title="Nothing was rejected"><p>Every record that came in was valid, or was sent again or dismissed since.</p></Empty></Card>
      ) : (
        <>
          <Reasons records={data.records} more={data.more} />
          <Records records={data.records} more={data.more ? more : null} chosen={chosen} choose={setChosen} />
        </>
      ))}</Loaded>
    </Page>
  );
}

function Reasons({ records, more }: { records: readonly Quarantined[]; more: boolean }) {
  const byReason = Object.entries(Object.groupBy(records, (record) => record.reason))
    .map(([reason, group]) => ({ reason, number: group!.length }))
    .sort((one, other) => other.number - one.number);
  return (
    <Card title="Reasons" note={more ? `Of the newest ${count(records.length)}; there are more` : plural(records.length, "record")}>
      <dl class="reasons">
        {byReason.map(({ reason, number }) => (
          <>
            <dt key={reason}><code>{reason}</code></dt>
            <dd><Meter value={number} greatest={byReason[0]!.number} tone={3} /></dd>
            <dd>{count(number)}</dd>
          </>
        ))}
      </dl>
    </Card>
  );
}

interface RecordsProps {
  readonly records: readonly Quarantined[];
  /** Loads older ones; null where there are none. */
  readonly more: (() => void) | null;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}

function Records({ records, more, chosen, choose }: RecordsProps) {
  const turn = (position: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(position);
    else next.delete(position);
    choose(next);
  };
  return (
    <Card title="Records" note={`Newest first${more ? `, the first ${count(records.length)}` : ""}; choose some to send or dismiss only those`}>
      <table class="table folds" role="table">
        <thead>
          <tr>
            <th scope="col" class="narrow"><span class="visually-hidden">Choose</span></th>
            <th scope="col">Arrived (UTC)</th><th scope="col">Reason</th><th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.position} role="row">
              <td role="cell" class="narrow" data-label="Choose">
                <input type="checkbox" aria-label={`Choose the record at ${record.position}`} checked={chosen.has(record.position)}
                  onChange={(event) => turn(record.position, event.currentTarget.checked)} />
              </td>
              <td role="cell" class="number" data-label="Arrived (UTC)">{moment(record.arrivedAt)}</td>
              <td role="cell" data-label="Reason"><code>{record.reason}</code></td>
              <td role="cell" class="whole">
                <p class="break">{record.message}</p>
                <details class="disclosure">
                  <summary>The record</summary>
                  <pre tabIndex={0} role="region" aria-label={`The record at ${record.position}`}>{record.raw}</pre>
                  <p class="faint break">Position {record.position}</p>
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && <button type="button" class="button quiet small" onClick={more}>Show older records</button>}
    </Card>
  );
}
