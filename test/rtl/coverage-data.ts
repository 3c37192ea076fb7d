/** Line coverage as Verilator counts it (coverage.dat): points of procedural code, a block or the arm of a branch each. */

/** A point, over all its instances and all runs. */
export interface CoveragePoint {
  readonly file: string;
  /** From 1; the line and column that name the point. */
  readonly line: number;
  readonly column: number;
  /** "block", "if", "else", "elsif", "case". */
  readonly kind: string;
  /** Lines that run when the point is reached; an arm without a statement has none. */
  readonly lines: readonly number[];
  readonly count: number;
}

export type Points = ReadonlyMap<string, CoveragePoint>;

/** C '<key>\x02<value>...' count: f file, l line, n column, o kind, S lines, h instance; \x01 before each key. */
const ENTRY = /^C '([^']*)' (\d+)$/gm;

/** Adds a run's counts to those of others. */
export function addCoverage(text: string, before: Points = new Map()): Points {
  const points = new Map(before);
  for (const [, fields, count] of text.matchAll(ENTRY)) {
    const values = new Map(
      fields!
        .split("\u0001")
        .filter((field) => field !== "")
        .map((field) => field.split("\u0002") as [key: string, value: string]),
    );
    const value = (key: string): string => values.get(key) ?? "";
    const [file, line, column, kind] = [value("f"), Number(value("l")), Number(value("n")), value("o")];
    const key = `${file} ${line} ${column} ${kind}`;
    const known = points.get(key)?.count ?? 0;
    points.set(key, { file, line, column, kind, lines: linesOf(value("S")), count: known + Number(count) });
  }
  return points;
}

/** "14-16,18". */
function linesOf(text: string): readonly number[] {
  if (text === "") return [];
  return text.split(",").flatMap((span) => {
    const [first, last] = span.split("-").map(Number) as [number, number?];
    return Array.from({ length: (last ?? first) - first + 1 }, (_, n) => first + n);
  });
}

export interface ModuleCoverage {
  readonly points: number;
  readonly pointsReached: number;
  readonly lines: number;
  /** A line counts when every point that it belongs to is reached: both arms of a branch on it. */
  readonly linesReached: number;
}

/** By file, in the order of names. */
export function coverageByFile(points: Points): ReadonlyMap<string, ModuleCoverage> {
  const files = [...new Set([...points.values()].map(({ file }) => file))].sort();
  return new Map(
    files.map((file) => {
      const own = [...points.values()].filter((point) => point.file === file);
      const missed = new Set(own.filter(({ count }) => count === 0).flatMap(({ lines }) => lines));
      const lines = new Set(own.flatMap((point) => point.lines));
      const reached = {
        points: own.length,
        pointsReached: own.filter(({ count }) => count > 0).length,
        lines: lines.size,
        linesReached: [...lines].filter((line) => !missed.has(line)).length,
      };
      return [file, reached] as const;
    }),
  );
}

/** Points that no run reached, by file and line. */
export function missedPoints(points: Points): readonly CoveragePoint[] {
  return [...points.values()]
    .filter(({ count }) => count === 0)
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
}
