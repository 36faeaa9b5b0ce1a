import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { icons, Mark } from "../ui/icons";
import { linkTo } from "./router";
import { apiKey, forgetKey } from "./session";
import { chooseTheme, chosenTheme, type Theme } from "./theme";

const sections = [
  ["results", "Results"],
  ["overview", "Overview"],
  ["runs", "Runs"],
  ["models", "Models"],
  ["users", "Users"],
  ["items", "Items"],
  ["scenarios", "Scenarios"],
  ["quarantine", "Quarantine"],
] as const;

const themes: Readonly<Record<Theme, { next: Theme; name: string }>> = {
  system: { next: "light", name: "as the system" },
  light: { next: "dark", name: "light" },
  dark: { next: "system", name: "dark" },
};

/** Pages that belong to another one's entry. */
const parents: Readonly<Record<string, string>> = { import: "items" };

export function Shell({ section, children }: { section: string; children: ComponentChildren }) {
  const skip = (event: Event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>("main h1")?.focus();
  };
  return (
    <div class="shell">
      <a class="button primary skip" href="#main" onClick={skip}>Skip to the page</a>
      <header class="side"><div class="side-inner">
        <a class="brand" href={linkTo([])}><Mark />Recommendation</a>
        <nav class="nav" aria-label="Pages">
          {sections.map(([name, text]) => (
            <a key={name} href={linkTo(name === "results" ? [] : [name])} aria-current={(parents[section] ?? section) === name ? "page" : undefined}>
              {icons[name]}{text}
            </a>
          ))}
        </nav>
        <div class="side-foot">
          <ThemeButton />
          <a class="button quiet small" href="docs">API</a>
          {apiKey() && <button type="button" class="button quiet small" onClick={forgetKey}>Forget the key</button>}
        </div>
      </div></header>
      <main id="main">{children}</main>
    </div>
  );
}

function ThemeButton() {
  const [theme, setTheme] = useState(chosenTheme);
  const { next, name } = themes[theme];
  const turn = () => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <button type="button" class="button quiet small" onClick={turn} aria-label={`Theme: ${name}. Change to ${themes[next].name}.`} title={`Theme: ${name}`}>
      {icons[theme]}<span>Theme</span>
    </button>
  );
}
