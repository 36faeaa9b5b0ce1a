import { useLayoutEffect, useState } from "preact/hooks";

/** The width of an element in pixels, as it changes: a drawing of that width has letters of the page's size. */
export function useWidth(holder: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(320);
  useLayoutEffect(() => {
    const element = holder.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return width;
}
