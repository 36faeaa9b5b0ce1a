import { useState } from "preact/hooks";
import { goTo } from "../app/router";
import { Card, Page } from "../ui/parts";

export function UsersPage() {
  const [id, setId] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (id.trim()) goTo(["users", id.trim()]);
  };
  return (
    <Page title="Users" lead="What is known of one user, what they are offered, and why.">
      <Card title="Look somebody up">
        <form class="inline-form compact" onSubmit={submit}>
          <div class="field">
            <label for="user">User id</label>
            <input id="user" class="input" autocomplete="off" autocapitalize="off" spellcheck={false} required value={id} onInput={(event) => setId(event.currentTarget.value)} />
          </div>
          <button type="submit" class="button primary">Look up</button>
        </form>
        <p class="faint lookup-hint">The whole id, as the events carry it. In the sample data, <a href="#/users/12748">12748</a> bought the most.</p>
      </Card>
    </Page>
  );
}
