/** Colours as the page's style sheet has them now, and shapes and dashes that tell the same apart without colour. */

export interface Theme {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly surface: string;
  readonly accent: string;
  /** Okabe and Ito's colours, which stay apart for all kinds of colour vision. */
  readonly series: readonly string[];
}

/** The library's own, and a star, a triangle on its tip and a plus, which fill as much of their place. */
export const SYMBOLS: readonly string[] = [
  "circle",
  "triangle",
  "rect",
  "diamond",
  "path://M5,0L6.5,3.5L10,3.9L7.4,6.4L8.1,10L5,8.2L1.9,10L2.6,6.4L0,3.9L3.5,3.5Z",
  "path://M0,0L10,0L5,9Z",
  "path://M3.5,0L6.5,0L6.5,3.5L10,3.5L10,6.5L6.5,6.5L6.5,10L3.5,10L3.5,6.5L0,6.5L0,3.5L3.5,3.5Z",
];
export const DASHES: readonly (string | readonly number[])[] = [
  "solid",
  "dashed",
  "dotted",
  [10, 3, 2, 3],
  [2, 6],
  [14, 4],
  [6, 2, 2, 2, 2, 2],
];
/** As many groups as there are colours and shapes. */
export const MOST_GROUPS = 7;

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read("text"),
    quiet: read("quiet"),
    line: read("line"),
    surface: read("surface"),
    accent: read("accent"),
    series: Array.from({ length: MOST_GROUPS }, (_, n) => read(`series-${n}`)),
  };
}

/** Draws again when the reader's scheme changes, and before and after the page is printed, which is done on white. */
export function onThemeChange(draw: () => void): void {
  const printing = (on: boolean): void => {
    document.documentElement.classList.toggle("printing", on);
    draw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  matchMedia("print").addEventListener("change", ({ matches }) => printing(matches));
  addEventListener("beforeprint", () => printing(true));
  addEventListener("afterprint", () => printing(false));
}
