import { useState } from "preact/hooks";
import { get, getPages } from "../api/client";
import { useResource } from "../api/resource";
import type { Model, Models, Training } from "../api/types";
import { ActionButton } from "../ui/ActionButton";
import { Loaded } from "../ui/Loaded";
import { Card, Empty, Page } from "../ui/parts";
import { MetricChart } from "./MetricChart";
import { ModelTable } from "./ModelTable";
import { PromoteModel, RollBack } from "./PromoteModel";
import { TrainingCard, TrainModel } from "./TrainModel";

type Asking = { readonly what: "promote"; readonly model: Model } | { readonly what: "rollback" | "train" } | null;

const ofPage = 50;

export function ModelsPage() {
  const [pages, setPages] = useState(1);
  const models = useResource("models", async (signal): Promise<Models> => {
    const all = await getPages<Models>(`models?n=${ofPage}`, pages, signal);
    return { ...all[0]!, models: all.flatMap((page) => page.models), next: all.at(-1)!.next };
  }, 30_000);
  const more = () => {
    setPages(pages + 1);
    models.reload();
  };
  const trainings = useResource("trainings", (signal) => get<{ trainings: Training[] }>("trainings", signal));
  const [started, setStarted] = useState<string | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  // One that was started on an earlier visit, or by somebody else, is followed, too.
  const going = started ?? trainings.data?.trainings.find((one) => one.state === "training")?.id ?? null;
  const training = going === ended ? null : going;
  const [asking, setAsking] = useState<Asking>(null);
  const data = models.data;
  const close = (done: boolean) => {
    setAsking(null);
    if (done) models.reload();
  };
  return (
    <Page
      title="Models" lead="A new version becomes current only if the gate finds it no worse than those before it."
      actions={
        <>
          {data?.previous && <ActionButton needs="operator" onClick={() => setAsking({ what: "rollback" })}>Roll back</ActionButton>}
          <ActionButton needs="operator" class="button primary" disabled={training !== null} onClick={() => setAsking({ what: "train" })}>Train a model</ActionButton>
        </>
      }
    >
      {training && <TrainingCard id={training} ended={() => { setEnded(training); setStarted(null); models.reload(); trainings.reload(); }} />}
      <Loaded resource={models}>{(loaded) => (loaded.models.length > 0 ? (
        <>
          <MetricChart models={loaded} />
          <ModelTable models={loaded} more={loaded.next === null ? null : more} promote={(model) => setAsking({ what: "promote", model })} />
        </>
      ) : (
        <Card title="Versions">
          <Empty title="No model yet"><p>Until there is one, people are shown what is popular. Take in some events, then train one here or with <code>recommend train</code>.</p></Empty>
        </Card>
      ))}</Loaded>
      {asking?.what === "train" && <TrainModel started={setStarted} close={() => setAsking(null)} />}
      {asking?.what === "promote" && data && <PromoteModel model={asking.model} models={data} close={close} />}
      {asking?.what === "rollback" && data && <RollBack models={data} close={close} />}
    </Page>
  );
}
