/**
 * Time of a sweep: points a second, what the second process gains, and what a point costs beside its emulation. Points are as large as
 * those of examples/digits-space.ts, with random weights and generated samples of as many events: nothing has to lie beside the project.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kB } from "../description/core-units.ts";
import { normal, uniform } from "../description/initialisers.ts";
import { network } from "../description/network.ts";
import { input, lif, readout } from "../description/populations.ts";
import { dense, synaptic } from "../description/projections.ts";
import { ms, steps } from "../description/units.ts";
import { spaceOf } from "../explore/load-space.ts";
import type { Space } from "../explore/loaded-space.ts";
import { createPoolRunner } from "../explore/pool-runner.ts";
import { openResults } from "../explore/result-store.ts";
import type { Runner } from "../explore/runner.ts";
import { createSearch } from "../explore/search.ts";
import { type SpaceDescription, space } from "../explore/space.ts";
import { sweep } from "../explore/sweep.ts";
import { median } from "./steps.ts";

function digits() {
  const sound = input({ channels: 140 });
  const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
  const digit = readout({ size: 10, tau: ms(40) });
  return network({
    timestep: ms(5),
    populations: { sound, hidden, digit },
    projections: [
      dense(sound, hidden, { weights: normal(0, 0.08), delays: synaptic({ max: steps(23), init: uniform() }) }),
      dense(hidden, digit, { weights: normal(0, 0.12) }),
    ],
  });
}

/** 300 samples of 120 steps with about 20 events a step: the test samples of the spoken digits have 22. */
const DATA = "patterns:1,classes=10,channels=280,steps=120,span=5,repeats=9,samples=300,timestepMs=5";
const SCHEMES = {
  ring: {},
  queue: { "core.delays.scheme": "queue", "core.delays.entries": 4096, "core.memories.delayQueue.bytes": kB(64) },
};

const designs = (axes: SpaceDescription["axes"]): SpaceDescription =>
  space({ network: digits(), axes, data: { name: DATA, steps: 120, group: 2 }, samples: 300 });

/** 2 schemes, 5 widths of weights, 3 of membranes, 3 numbers of lanes: 90 designs. */
export function sweepSpace(): Promise<Space> {
  return spaceOf(
    designs({
      scheme: { options: SCHEMES },
      bits: { path: "core.weights.bits", values: [3, 4, 5, 6, 8] },
      membrane: { path: "core.membrane.bits", values: [10, 12, 16] },
      lanes: { path: "core.lanes", values: [2, 4, 8] },
    }),
    "bench",
  );
}

/** Designs that are none of those: a process is timed when it has read the samples and its code is compiled. */
function warmUpSpace(): Promise<Space> {
  return spaceOf(
    designs({
      scheme: { options: SCHEMES },
      membrane: { path: "core.membrane.bits", values: [13, 14, 15] },
      lanes: { path: "core.lanes", values: [2, 4, 8] },
    }),
    "bench",
  );
}

export interface SweepTiming {
  readonly points: number;
  readonly seconds: number;
  /** Of all points together. */
  readonly emulationSeconds: number;
}

/** Sweeps designs of a space into a new file. @param points of them, spread over the space; all if left out */
export async function timedSweep(runner: Runner, designs: Space, points?: number): Promise<SweepTiming> {
  const folder = mkdtempSync(join(tmpdir(), "mora-bench-"));
  const store = openResults(join(folder, "results.jsonl"));
  try {
    const search = createSearch(designs, points === undefined ? { kind: "grid" } : { kind: "latin", points });
    const started = performance.now();
    const { lines } = await sweep({ space: designs, search, store, runner, mora: "bench" });
    const seconds = (performance.now() - started) / 1000;
    const other = lines.find(({ status }) => status !== "done");
    if (other !== undefined) throw new Error(`a point of the bench is ${other.status}: ${JSON.stringify(other)}`);
    return {
      points: lines.length,
      seconds,
      emulationSeconds: lines.reduce((sum, line) => sum + line.emulationSeconds, 0),
    };
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times a sweep on a runner that has been warmed up. */
export async function timeRunner(runner: Runner, points?: number): Promise<SweepTiming> {
  try {
    await timedSweep(runner, await warmUpSpace());
    return await timedSweep(runner, await sweepSpace(), points);
  } finally {
    await runner.close();
  }
}

export interface SweepSpeed {
  /** On two processes. */
  readonly pointsPerSecond: number;
  /** Speed-up of two processes over one, divided by 2. */
  readonly efficiency: number;
  /** Share of one process's time that is not emulation. */
  readonly overhead: number;
  readonly points: number;
}

/** @param rounds of which medians are taken; @param points of the 90, for a quick look */
export async function timeSweeps(log: (line: string) => void, rounds: number, points?: number): Promise<SweepSpeed> {
  const { files } = await sweepSpace();
  const timings: { readonly one: SweepTiming; readonly two: SweepTiming }[] = [];
  for (let round = 0; round < rounds; round++) {
    const one = await timeRunner(createPoolRunner({ workers: 1, files: files.paths }), points);
    const two = await timeRunner(createPoolRunner({ workers: 2, files: files.paths }), points);
    timings.push({ one, two });
    log(
      `sweep of ${one.points} points: ${one.seconds.toFixed(2)} s on one process, ${one.emulationSeconds.toFixed(2)} s of it emulation, ` +
        `${two.seconds.toFixed(2)} s on two`,
    );
  }
  const of = (pick: (round: (typeof timings)[number]) => number): number => median(timings.map(pick));
  return {
    pointsPerSecond: of(({ two }) => two.points / two.seconds),
    efficiency: of(({ one, two }) => one.seconds / two.seconds / 2),
    overhead: of(({ one }) => 1 - one.emulationSeconds / one.seconds),
    points: timings[0]!.one.points,
  };
}
