import type { ComponentChildren } from "preact";

const Icon = ({ children }: { children: ComponentChildren }) => (
  <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    {children}
  </svg>
);

export const icons = {
  results: <Icon><path d="M3.500 16.500v-5M8 16.500V8M12.500 16.500V10M17 16.500V3.500" /></Icon>,
  overview: <Icon><path d="M3 11.5 7 7l3.5 3L17 3.5M3 16.5h14" /></Icon>,
  runs: <Icon><path d="M15.5 12.5A6.5 6.5 0 0 1 7.5 4.5a6.5 6.5 0 1 0 8 8Z" /></Icon>,
  models: <Icon><circle cx="10" cy="4.5" r="2" /><circle cx="4.5" cy="14.5" r="2" /><circle cx="15.5" cy="14.5" r="2" /><path d="m9 6.3-3.5 6.4M11 6.3l3.5 6.4M6.5 14.5h7" /></Icon>,
  users: <Icon><circle cx="10" cy="6.5" r="3" /><path d="M3.8 17c.5-3.4 3-5.2 6.2-5.2s5.7 1.8 6.2 5.2" /></Icon>,
  items: <Icon><path d="M3 6.500 10 3l7 3.500v7L10 17l-7-3.500v-7ZM3 6.500l7 3.500 7-3.500M10 10v7" /></Icon>,
  scenarios: <Icon><path d="M3 5.500h6M13 5.500h4M3 14.500h3M10 14.500h7" /><circle cx="11" cy="5.500" r="2" /><circle cx="8" cy="14.500" r="2" /></Icon>,
  quarantine: <Icon><path d="M10 2.8 17.3 16H2.700L10 2.800ZM10 8v3.500M10 13.700v.100" /></Icon>,
  light: <Icon><circle cx="10" cy="10" r="3.2" /><path d="M10 2.500v1.500M10 16v1.500M2.5 10H4M16 10h1.500M4.7 4.700l1 1M14.3 14.300l1 1M4.7 15.300l1-1M14.3 5.700l1-1" /></Icon>,
  dark: <Icon><path d="M15.5 12.500A6.5 6.5 0 0 1 7.5 4.500a6.5 6.5 0 1 0 8 8Z" /></Icon>,
  system: <Icon><circle cx="10" cy="10" r="6.5" /><path d="M10 3.500v13a6.5 6.5 0 0 0 0-13Z" fill="currentColor" /></Icon>,
};

export const Mark = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#0b6e69" />
    <g fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round">
      <path d="M8 22h16" opacity=".45" /><path d="M8 16h12" opacity=".7" /><path d="M8 10h8" />
    </g>
  </svg>
);
