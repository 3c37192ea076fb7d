/** What stands at the top of every page, as text that needs no script. */

export interface Fact {
  readonly label: string;
  readonly text: string;
}

export interface PageHead {
  readonly title: string;
  /** One sentence: what this is. */
  readonly subject: string;
  /** When and by what the page was made, of which data, how much. */
  readonly facts: readonly Fact[];
  /** What the reader has left out or mended. */
  readonly notes: readonly string[];
}

/** What is the same for all pages of a program: its version, and now. */
export interface Making {
  readonly mora: string;
  readonly date: Date;
}

/** "2026-11-26 04:10 UTC". */
export function dateText(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A data source as people tell it apart: the first digits of a file's SHA-256, or the name of a generated set. */
export function sourceText(source: string): string {
  const [, hash, extension] = /^sha256:([0-9a-f]{64})(.*)$/.exec(source) ?? [];
  return hash === undefined ? source : `SHA-256 ${hash.slice(0, 16)}… (${extension!.replace(/^\./, "") || "file"})`;
}
