import { Announcements } from "../ui/announce";
import { ComparePage } from "../pages/ComparePage";
import { ImportPage } from "../pages/ImportPage";
import { ItemPage } from "../pages/ItemPage";
import { ItemsPage } from "../pages/ItemsPage";
import { ModelsPage } from "../pages/ModelsPage";
import { OverviewPage } from "../pages/OverviewPage";
import { QuarantinePage } from "../pages/QuarantinePage";
import { ResultsPage } from "../pages/ResultsPage";
import { RunPage } from "../pages/RunPage";
import { RunsPage } from "../pages/RunsPage";
import { ScenarioPage } from "../pages/ScenarioPage";
import { ScenariosPage } from "../pages/ScenariosPage";
import { UserPage } from "../pages/UserPage";
import { UsersPage } from "../pages/UsersPage";
import { Empty, Page } from "../ui/parts";
import { linkTo, usePlace, type Place } from "./router";
import { useKeyAsked } from "./session";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";

export function App() {
  const place = usePlace();
  const asked = useKeyAsked();
  return (
    <>
      {asked !== "no" ? <SignIn again={asked === "again"} /> : <Shell section={place.path[0] ?? "results"}>{pageOf(place)}</Shell>}
      <Announcements />
    </>
  );
}

/** The table of contents. A key makes another place another page, so that nothing of the one before is left. */
function pageOf({ path, query }: Place) {
  const [section = "results", name, rest] = path;
  if (section === "results" && !name) return <ResultsPage key="results" />;
  if (section === "overview" && !name) return <OverviewPage key="overview" />;
  if (section === "runs" && !name) return <RunsPage key="runs" />;
  if (section === "runs" && name === "compare" && !rest) return <ComparePage key="compare" first={query.get("a") ?? ""} second={query.get("b") ?? ""} />;
  if (section === "runs" && name && !rest) return <RunPage key={`run ${name}`} id={name} />;
  if (section === "models" && !name) return <ModelsPage key="models" />;
  if (section === "users" && !name) return <UsersPage key="users" />;
  if (section === "users" && name && !rest) return <UserPage key={`user ${name}`} id={name} />;
  if (section === "items" && !name) return <ItemsPage key={`items ${query}`} query={query} />;
  if (section === "import" && !name) return <ImportPage key="import" />;
  if (section === "items" && name && !rest) return <ItemPage key={`item ${name}`} id={name} />;
  if (section === "scenarios" && !name) return <ScenariosPage key="scenarios" />;
  if (section === "scenarios" && name && !rest) return <ScenarioPage key={`scenario ${name}`} name={name} />;
  if (section === "quarantine" && !name) return <QuarantinePage key="quarantine" />;
  return (
    <Page key="missing" title="There is no such page">
      <Empty title="The address leads nowhere"><p><a href={linkTo(["overview"])}>Go to the overview</a></p></Empty>
    </Page>
  );
}
