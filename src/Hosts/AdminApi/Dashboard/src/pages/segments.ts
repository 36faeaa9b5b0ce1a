import type { Segment } from "../api/types";

interface Group {
  readonly name: string;
  readonly counts: { ranked: number; fallback: number; failed: number; skipped: number };
}

const mostBars = 60;

/** At most so many bars: neighbours are added up where there are more segments. */
export function groupsOf(segments: readonly Segment[]): Group[] {
  const size = Math.ceil(segments.length / mostBars);
  const groups: Group[] = [];
  for (let start = 0; start < segments.length; start += size) {
    const members = segments.slice(start, start + size);
    const counts = { ranked: 0, fallback: 0, failed: 0, skipped: 0 };
    for (const member of members) {
      counts.ranked += member.ranked;
      counts.fallback += member.fallback;
      counts.failed += member.failed;
      counts.skipped += member.skipped;
    }
    const [first, last] = [members[0]!.segment, members[members.length - 1]!.segment];
    groups.push({ name: first === last ? `${first}` : `${first}–${last}`, counts });
  }
  return groups;
}
