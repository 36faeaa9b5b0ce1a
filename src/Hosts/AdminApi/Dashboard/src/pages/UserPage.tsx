import { useState } from "preact/hooks";
import { get } from "../api/client";
import { useResource } from "../api/resource";
import type { Profile, SignedReceipt } from "../api/types";
import { linkTo } from "../app/router";
import { Share } from "../charts/Share";
import { count, moment, none, plural } from "../format";
import { ActionButton } from "../ui/ActionButton";
import { Loaded } from "../ui/Loaded";
import { Card, Empty, Facts, Page } from "../ui/parts";
import { EraseUser, Receipt } from "./EraseUser";
import { History } from "./History";
import { Recommendations } from "./Recommendations";
import { WhatIf } from "./WhatIf";

export function UserPage({ id }: { id: string }) {
  const [erasing, setErasing] = useState(false);
  const [receipt, setReceipt] = useState<SignedReceipt | null>(null);
  const profile = useResource(id, (signal) => profileOf(id, signal));
  const known = receipt === null && profile.data !== null && profile.data !== "unknown";
  return (
    <Page
      title={`User ${id}`} crumb={{ href: linkTo(["users"]), text: "Users" }}
      actions={known && <ActionButton needs="operator" class="button danger" onClick={() => setErasing(true)}>Erase</ActionButton>}
    >
      {receipt !== null ? <Receipt signed={receipt} /> : (
        <Loaded resource={profile}>{(data) => (data === "unknown" ? <Unknown id={id} /> : <Contents profile={data} />)}</Loaded>
      )}
      {erasing && <EraseUser id={id} close={(given) => { setErasing(false); if (given !== null) setReceipt(given); }} />}
    </Page>
  );
}

/** A user of whom nothing is known is an answer, not a failure. */
async function profileOf(id: string, signal: AbortSignal): Promise<Profile | "unknown"> {
  try {
    return await get<Profile>(`users/${encodeURIComponent(id)}`, signal);
  } catch (problem) {
    if (problem instanceof Error && "status" in problem && problem.status === 404) return "unknown";
    throw problem;
  }
}

function Contents({ profile }: { profile: Profile }) {
  return (
    <div class="columns wide-first tops">
      <div class="stack">
        <Recommendations id={profile.userId} />
        <WhatIf profile={profile} />
      </div>
      <div class="stack">
        <About profile={profile} />
        <History recent={profile.recent} all={profile.interactionCount} />
      </div>
    </div>
  );
}

function Unknown({ id }: { id: string }) {
  return (
    <div class="stack">
      <Card title="Nothing is known of this user">
        <Empty title="Never seen, or erased"><p>Check the spelling; ids are compared letter by letter. Somebody without a history is offered what is popular.</p></Empty>
      </Card>
      <Recommendations id={id} />
    </div>
  );
}

function About({ profile }: { profile: Profile }) {
  const types = Object.entries(profile.counts).sort(([, one], [, other]) => other - one);
  return (
    <Card title="Profile">
      <div class="stack">
        <Facts facts={[
          ["Interactions", count(profile.interactionCount)],
          ["First", profile.firstInteraction ? `${moment(profile.firstInteraction)} UTC` : none],
          ["Last", profile.lastInteraction ? `${moment(profile.lastInteraction)} UTC` : none],
          ["Kept in the profile", plural(profile.recent.length, "recent interaction")],
        ]} />
        <Share parts={types.slice(0, 5).map(([type, value], index) => ({ name: type, value, tone: tones[index]! }))} />
      </div>
    </Card>
  );
}

const tones = [1, 5, 2, 4, 3] as const;
