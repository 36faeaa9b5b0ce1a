import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

let isFirstPage = true;

interface PageProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly crumb?: { readonly href: string; readonly text: string };
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/**
 * A page under its heading. The heading takes the focus, so that a screen reader starts there and Tab goes on from there; not on the
 * first page, where the browser starts at the top.
 */
export function Page({ title, lead, crumb, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Recommendation`;
  }, [title]);
  useEffect(() => {
    if (!isFirstPage) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    isFirstPage = false;
  }, []);
  return (
    <div class="page">
      <header class="page-head">
        <div>
          {crumb && <p class="crumb"><a href={crumb.href}>← {crumb.text}</a></p>}
          <h1 ref={heading} tabIndex={-1} class="break">{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div class="row">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Card({ title, note, children }: { title: string; note?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        {note && <p class="card-note">{note}</p>}
      </div>
      {children}
    </section>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly unit?: string | undefined;
  readonly note: string;
  readonly tone?: "bad" | "warn" | undefined;
  /** Where what it counts is. */
  readonly href?: string | undefined;
}

export function Tile({ name, value, unit, note, tone, href }: TileProps) {
  return (
    <div class={`tile ${tone ?? ""}`}>
      <dt>{href ? <a href={href}>{name}</a> : name}</dt>
      <dd class="value">{value}{unit && <span class="unit">{unit}</span>}</dd>
      <dd class="note">{note}</dd>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return <div class="empty"><h2>{title}</h2>{children}</div>;
}

export function Loading() {
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">Loading …</span>
      <span aria-hidden="true" /><span aria-hidden="true" /><span aria-hidden="true" />
    </div>
  );
}

export function Badge({ tone, children }: { tone?: "good" | "warn" | "bad" | "busy" | undefined; children: ComponentChildren }) {
  return <span class={`badge ${tone ?? ""}`}>{children}</span>;
}

export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return <dl class="facts">{facts.map(([name, value]) => <><dt key={name}>{name}</dt><dd>{value}</dd></>)}</dl>;
}
