/** Seeded mutants of the RTL: one operator or constant of one module changed, chosen by its text so that most stay when a file changes. */

import { createHash } from "node:crypto";
import type { SourceFile } from "../../hardware/sources.ts";

export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** "mora_lanes.sv: `a == b` -> `a != b`"; names it in survivors.json, without a line number. */
  readonly id: string;
  /** The changed file. */
  readonly text: string;
}

/** What is changed, and what into. */
type Change = readonly [pattern: RegExp, others: readonly string[]];

/** Spaces around operators tell comparisons from assignments and ranges. */
const CHANGES: readonly Change[] = [
  [/ == /, [" != "]],
  [/ != /, [" == "]],
  [/ && /, [" || "]],
  [/ \|\| /, [" && "]],
  [/ < /, [" <= ", " >= "]],
  [/ > /, [" >= ", " <= "]],
  [/ >= /, [" > ", " < "]],
  [/ \+ /, [" - "]],
  [/ - /, [" + "]],
  [/ & /, [" | "]],
  [/ \| /, [" & "]],
  [/ \^ /, [" | "]],
  [/ <<< /, [" >>> "]],
  [/ >>> /, [" <<< ", " >> "]],
  [/ << /, [" >> "]],
  [/ >> /, [" << "]],
  [/1'b0/, ["1'b1"]],
  [/1'b1/, ["1'b0"]],
  [/'d1\b/, ["'d0", "'d2"]],
  [/'d2\b/, ["'d1", "'d3"]],
  [/!(?=[a-z(])/, [""]],
  [/~(?=[a-z(])/, [""]],
];

/** For modules that compute nothing, of wires and records: a value that does not arrive. Taken where the others are too few. */
const LOST: readonly Change[] = [
  [/(?<=^\s*(?:assign )?[^=(]* <?= )(?!'0;)[^;]+(?=;$)/, ["'0"]],
  [/(?<=^\s*(?:if|for) .*\) [^=(]* <?= )(?!'0;)[^;]+(?=;$)/, ["'0"]],
  [/(?<=^\s*[^=(]* = )'0(?=;$)/, ["'1"]],
  [/(?<=^\s*\.\w+_i\s*\()[^()']+(?=\),?$)/, ["'0"]],
];

/** Lines without behaviour: declarations, what only lint wants, waits for a reset. */
const LEFT_OUT = /^\s*(\/\/|`|input|output|parameter|localparam|logic |module|typedef|genvar)|unused|rst_ni/;
/** Their operators are left out too: one turn more or less selects beyond what is there, or is told by the tools. */
const LOOP = /^\s*for \((?:genvar|int)/;

interface Site extends Omit<Mutant, "text" | "id"> {
  readonly rank: string;
  readonly column: number;
  readonly nth: number;
}

/** `count` mutants of a file, or as many as it has places for. */
export function mutantsOf({ name, text }: SourceFile, seed: number, count: number): readonly Mutant[] {
  const lines = text.split("\n");
  const rankedOf = (changes: readonly Change[]): readonly Site[] =>
    ranked(lines.flatMap((line, index) => sitesOf(changes, name, line, index, seed)));
  // At most one change of a line: two say little more than one.
  const chosen: Site[] = [];
  for (const site of [...rankedOf(CHANGES), ...rankedOf(LOST)]) {
    if (chosen.length < count && !chosen.some(({ line }) => line === site.line)) chosen.push(site);
  }
  return chosen.map(({ file, line, before, after, nth }) => {
    const changed = lines.with(line - 1, after);
    const again = nth > 1 ? ` (${nth})` : "";
    return {
      file,
      line,
      before,
      after,
      id: `${file}: ${before.trim()} -> ${after.trim()}${again}`,
      text: changed.join("\n"),
    };
  });
}

/** In the order in which they are taken. The same text twice in a file counts as two places. */
function ranked(sites: readonly Site[]): readonly Site[] {
  const seen = new Map<string, number>();
  const numbered = sites.map((site) => {
    const key = `${site.before} ${site.column} ${site.after}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { ...site, nth, rank: digest(`${site.rank} ${nth}`) };
  });
  return numbered.sort((a, b) => (a.rank < b.rank ? -1 : 1));
}

function sitesOf(changes: readonly Change[], file: string, line: string, index: number, seed: number): Site[] {
  if (LEFT_OUT.test(line) || (changes === CHANGES && LOOP.test(line))) return [];
  const code = line.replace(/\/\/.*$/, "");
  return changes.flatMap(([pattern, others]) =>
    [...code.matchAll(new RegExp(pattern, "g"))].flatMap(({ index: column, 0: found }) =>
      others.map((other): Site => {
        const after = line.slice(0, column) + other + line.slice(column + found.length);
        return {
          file,
          line: index + 1,
          before: line,
          after,
          column,
          nth: 0,
          rank: `${seed} ${file} ${line} ${column} ${other}`,
        };
      }),
    ),
  );
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
