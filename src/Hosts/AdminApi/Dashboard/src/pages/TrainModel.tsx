import { useEffect, useState } from "preact/hooks";
import { useAction } from "../api/action";
import { get, post } from "../api/client";
import { useResource } from "../api/resource";
import type { Training } from "../api/types";
import { percent } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { announce } from "../ui/announce";
import { Confirm } from "../ui/Confirm";
import { Problem } from "../ui/Loaded";
import { Card } from "../ui/parts";

const refresh = 500;

export function TrainModel({ started, close }: { started: (id: string) => void; close: () => void }) {
  const [fast, setFast] = useState(false);
  const train = async () => {
    started((await post<Training>("models", { fast })).id);
    return "The training has started.";
  };
  return (
    <Confirm title="Train a model" verb="Train" work={train} close={close}>
      <p class="soft">It learns from every event in the log and is measured on the newest ones. If the gate lets it, it becomes the current model.</p>
      <label class="check"><input type="checkbox" checked={fast} onChange={(event) => setFast(event.currentTarget.checked)} /> Quick: fixed parameters instead of a search</label>
    </Confirm>
  );
}

/** Follows a training to its end; a failure stays until it is read. */
export function TrainingCard({ id, ended }: { id: string; ended: () => void }) {
  const training = useResource(id, (signal) => get<Training>(`trainings/${encodeURIComponent(id)}`, signal), (data) => (data === null || data.state === "training" ? refresh : null));
  const { data, error } = training;
  const state = data?.state;
  const cancelling = useAction();
  const cancel = () => void cancelling.run(async () => {
    await post(`trainings/${encodeURIComponent(id)}/cancel`);
    return "The training stops after what it is computing.";
  });
  useEffect(() => {
    if (!data || (state !== "promoted" && state !== "turned-away" && state !== "cancelled")) return;
    announce(state === "cancelled" ? "The training is cancelled." : state === "promoted" ? `Model ${data.model?.version} is trained and current.` : `Model ${data.model?.version} is trained, and the gate turned it away.`);
    ended();
  }, [state]);
  return (
    <Card title="Training" note={id}>
      {error && <Problem message={error.message} retry={training.reload} />}
      {data?.state === "failed" ? <Problem message={data.problem ?? "It failed."} retry={ended} retryText="Close" /> : (
        <>
          <progress aria-label="Training" value={data?.fraction ?? 0} max={1} />
          <div class="row spread">
            <p class="faint number">{data?.stage ?? "Starting"} · {percent(data?.fraction ?? 0)}</p>
            <ActionButton needs="operator" class="button small" disabled={cancelling.busy} onClick={cancel}>Cancel the training</ActionButton>
          </div>
          {cancelling.error && <Problem message={cancelling.error} />}
        </>
      )}
    </Card>
  );
}
