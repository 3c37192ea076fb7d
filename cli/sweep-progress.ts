/** How a sweep shows that it gets on: a bar where standard error is a terminal, else a line every few seconds. */

import cliProgress from "cli-progress";
import { measureOf } from "../explore/measure-names.ts";
import type { ResultLine } from "../explore/result-line.ts";
import type { SweepProgress } from "../explore/sweep.ts";
import { measureColumn } from "../page/measure-units.ts";
import { fixed, percent, whole } from "../report/numbers.ts";
import type { Io } from "./io.ts";
import { duration } from "./train-report.ts";

export interface SweepDisplay {
  onLine(line: ResultLine, progress: SweepProgress): void;
  stop(): void;
}

/** Milliseconds between two lines of a log. */
const EVERY = 10_000;
/** Milliseconds that the rate is of: it follows a search that comes to larger designs, and forgets the start of the processes. */
const RECENT = 60_000;
/** Failures that a log tells at once; their number is in every line, and the end lists some. */
const TOLD = 3;

/** @param quiet with --json: nothing but a terminal's bar */
export function startSweepProgress(
  io: Io,
  quiet: boolean,
  objectives: Readonly<Record<string, "min" | "max">>,
): SweepDisplay {
  const best = new Map<string, number>();
  /** Samples that the best were run on: of a halving the last rung's, since on fewer a design may be lucky. */
  let budget = 0;
  const counts = { infeasible: 0, failed: 0 };
  let bar: cliProgress.SingleBar | undefined;
  let told = performance.now();
  let last: SweepProgress | undefined;
  let stopped = false;
  const marks: { readonly at: number; readonly evaluated: number }[] = [];

  /** Points a second of late; undefined before two were evaluated. */
  const rateOf = (evaluated: number): number | undefined => {
    const now = performance.now();
    if (evaluated > (marks.at(-1)?.evaluated ?? 0)) marks.push({ at: now, evaluated });
    while (marks.length > 2 && marks[1]!.at < now - RECENT) marks.shift();
    const [first] = marks;
    if (first === undefined || evaluated === first.evaluated) return undefined;
    return (evaluated - first.evaluated) / ((now - first.at) / 1000);
  };

  const note = (line: ResultLine): void => {
    const samples = line.samples ?? Number.POSITIVE_INFINITY;
    if (samples > budget) best.clear();
    budget = Math.max(budget, samples);
    if (line.status !== "done") counts[line.status] += 1;
    else if (samples === budget) {
      for (const [name, direction] of Object.entries(objectives)) {
        const value = measureOf(line.measures, name);
        const before = best.get(name);
        if (value !== null && (before === undefined || (direction === "max" ? value > before : value < before)))
          best.set(name, value);
      }
    }
  };
  const state = ({ asked, total = asked, done, evaluated, reused }: SweepProgress): string => {
    const rate = rateOf(evaluated);
    const speed = rate === undefined ? "" : ` | ${rateText(rate)}, ${duration((total - done) / rate)} left`;
    const values = [...best]
      .map(([name, value]) => `${name} ${measureText(name, value)}${inBytes(name) ? " B" : ""}`)
      .join(", ");
    const found = reused === 0 ? "" : ` (${whole(reused)} from the file)`;
    return `${whole(done)}/${whole(total)} points${found}${speed}${values === "" ? "" : ` | best ${values}`} | ${counts.infeasible} infeasible, ${counts.failed} failed`;
  };
  return {
    onLine(line, progress) {
      // An interrupt was told, and points that are done meanwhile are not.
      if (stopped) return;
      note(line);
      last = progress;
      rateOf(progress.evaluated);
      if (!quiet && !io.interactive && line.error !== null && counts.failed <= TOLD)
        io.stderr(`failed: ${JSON.stringify(line.choices)}: ${line.error.split("\n")[0]}\n`);
      if (io.interactive) {
        const { asked, total = asked } = progress;
        bar ??= startBar(total);
        bar.setTotal(total);
        bar.update(progress.done, { state: state(progress) });
      } else if (!quiet && performance.now() - told >= EVERY) {
        told = performance.now();
        io.stderr(`${state(progress)}\n`);
      }
    },
    stop() {
      stopped = true;
      bar?.stop();
      bar = undefined;
      if (!quiet && last !== undefined) io.stderr(`${state(last)}\n`);
      last = undefined;
    },
  };
}

/** Points a second, or a minute where that is the larger number. */
function rateText(rate: number): string {
  return rate < 0.5 ? `${fixed(60 * rate, 1)} a minute` : `${fixed(rate, rate < 10 ? 1 : 0)} a second`;
}

function startBar(total: number): cliProgress.SingleBar {
  const options = {
    format: "{bar} {state}",
    barsize: 16,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  };
  const bar = new cliProgress.SingleBar(options, cliProgress.Presets.legacy);
  bar.start(total, 0, { state: "" });
  return bar;
}

/** Of what tables and logs show, bytes are the only numbers that are not told by their name what they count. */
export function inBytes(name: string): boolean {
  return measureColumn(name).unit === "B";
}

/** A measure as tables write it: shares as percent, whole numbers with thousands apart. */
export function measureText(name: string, value: number | null): string {
  if (value === null) return "-";
  const share = /^accuracy(\.accuracy|\.low|\.high)?$/.test(name) || /^updates(\.lost|\.clamped)?$/.test(name);
  if (share) return percent(value);
  return Number.isInteger(value) ? whole(value) : fixed(value, Math.abs(value) < 10 ? 3 : 1);
}
