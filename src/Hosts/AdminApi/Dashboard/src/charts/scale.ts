/** Ticks at 1, 2 or 5 times a power of ten, from 0 through the greatest value. Whole numbers only, where asked for. */
export function niceTicks(greatest: number, wanted: number, whole: boolean): number[] {
  const top = greatest > 0 ? greatest : 1;
  const rough = top / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max([1, 2, 5, 10].find((factor) => factor * power >= rough)! * power, whole ? 1 : 0);
  const ticks: number[] = [];
  for (let tick = 0; tick < Math.ceil(top / step) + 0.5; tick++) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

/** Ticks around values that need not start at 0, such as a quality that moves in the third digit. */
export function niceRange(least: number, greatest: number, wanted: number): number[] {
  if (greatest - least < 1e-9) {
    const around = Math.abs(greatest) > 0 ? Math.abs(greatest) * 0.1 : 1;
    return niceRange(least - around, greatest + around, wanted);
  }
  const rough = (greatest - least) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power;
  const ticks: number[] = [];
  for (let tick = Math.floor(least / step); tick <= Math.ceil(greatest / step); tick++) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

/** Every how many-th label fits, if each needs so many pixels. */
export function labelStep(labels: number, width: number, needed: number): number {
  const fitting = Math.max(1, Math.floor(width / needed));
  return Math.max(1, Math.ceil(labels / fitting));
}
