import { useState } from "preact/hooks";
import { Mark } from "../ui/icons";
import { Problem } from "../ui/Loaded";
import { enterKey } from "./session";

/** Asks for an API key, since the server answered that it needs one. */
export function SignIn({ again }: { again: boolean }) {
  const [key, setKey] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (key.trim()) enterKey(key.trim());
  };
  return (
    <main class="sign-in">
      <form class="card" onSubmit={submit}>
        <p class="brand"><Mark />Recommendation</p>
        <div>
          <h1>An API key, please</h1>
          <p class="soft">This server answers only with a key. Make one on its machine with <code>recommend keys create --role reader</code>; to start runs,
            promote models or erase users it needs the role <code>operator</code>.</p>
        </div>
        {again && <Problem message="The server does not know this key: it may be mistyped or revoked." />}
        <div class="field">
          <label for="key">API key</label>
          <input id="key" class="input mono" type="password" autocomplete="off" autofocus required value={key} onInput={(event) => setKey(event.currentTarget.value)} />
          <span class="hint">It is kept in this tab only, and gone when the tab is closed.</span>
        </div>
        <button type="submit" class="button primary">Go on</button>
      </form>
    </main>
  );
}
