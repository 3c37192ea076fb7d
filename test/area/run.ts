/**
 * npm run test:area: a small core through yosys for every target, and through nextpnr-ice40 for its clock; what is counted must add
 * up, memories must be block RAMs as many as `mora size` says, the estimate must be near, a learning engine must keep its registers.
 * Results are made anew, in a folder of its own.
 */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DESIGN_POINTS, manifestOf } from "../../bench/area-points.ts";
import { TARGETS } from "../../hardware/targets.ts";
import type { Area, AreaCounts } from "../../synthesis/area.ts";
import { inBlockRam } from "../../synthesis/block-memories.ts";
import { estimateArea } from "../../synthesis/estimate.ts";
import { place } from "../../synthesis/place.ts";
import { AREA_TARGETS, type AreaTarget } from "../../synthesis/script.ts";
import { synthesise } from "../../synthesis/synthesise.ts";
import { checkLearningRecords } from "./learning-records.ts";
import { checkMemoryShapes, MEMORY_SHAPES } from "./memory-shapes.ts";

const begin = performance.now();
const cache = mkdtempSync(join(tmpdir(), "mora-test-area-"));
const manifest = await manifestOf(DESIGN_POINTS.find(({ name }) => name === "no delays")!);

try {
  for (const target of AREA_TARGETS) await checkTarget(target);
  for (const target of ["ice40", "ecp5"] as const) {
    const fewer = await checkMemoryShapes(target);
    console.log(`${target}: ${MEMORY_SHAPES} memories take the block RAMs that mora size says, ${fewer} of them fewer`);
  }
  console.log(`records of a learning engine: ${await checkLearningRecords()} flip-flops, one for every bit`);
  await checkCounters();
  await checkClock();
  console.log(`area: every check passed, ${((performance.now() - begin) / 1000).toFixed(0)} s`);
} finally {
  rmSync(cache, { recursive: true, force: true });
}

async function checkTarget(target: AreaTarget): Promise<void> {
  const options = { target, multipliers: false, counters: false, cache };
  const { value, kept } = await synthesise(manifest, options);
  const { area, tool } = value;
  assert.equal(kept, false);
  for (const key of Object.keys(area.total) as (keyof AreaCounts)[]) {
    const sum = area.modules.reduce((all, module) => all + module[key], 0);
    assert.equal(sum, area.total[key], `${target} ${key}: the modules' sum is the total`);
  }
  assert.ok(area.total.luts > 1000 && area.total.flipFlops > 500, `${target}: ${JSON.stringify(area.total)}`);
  if (target !== "generic") checkMemories(area, target);
  if (target === "ice40") checkEstimate(area);
  assert.deepEqual(await synthesise(manifest, options), { value, kept: true }, `${target}: the result is kept`);
  console.log(
    `${target}: ${area.total.luts} LUTs, ${area.total.flipFlops} flip-flops, ${area.total.blockRams} block RAMs; ${tool}`,
  );
}

function checkMemories(area: Area, target: "ice40" | "ecp5"): void {
  for (const { memory, blockRams, expectedBlockRams, ...shape } of area.memories) {
    const expected = inBlockRam(shape, target) ? expectedBlockRams : 0;
    assert.equal(
      blockRams,
      expected,
      `${target} ${memory}: ${shape.words} x ${shape.macroBits} takes ${blockRams} blocks`,
    );
  }
}

function checkEstimate(area: Area): void {
  const estimate = estimateArea(manifest, "ice40");
  assert.ok(estimate !== null, "no estimate is fitted (npm run results:area)");
  const { luts, flipFlops } = estimate;
  for (const [name, { value, error }, found] of [
    ["LUTs", luts, area.total.luts],
    ["flip-flops", flipFlops, area.total.flipFlops],
  ] as const) {
    const off = Math.abs(value - found) / found;
    assert.ok(
      off <= error.largest,
      `${name}: estimated ${value}, synthesised ${found}: further off than any point left out`,
    );
  }
}

async function checkCounters(): Promise<void> {
  const options = { target: "ice40", multipliers: false, cache } as const;
  const without = (await synthesise(manifest, { ...options, counters: false })).value.area.total;
  const withThem = (await synthesise(manifest, { ...options, counters: true })).value.area.total;
  assert.ok(withThem.flipFlops > without.flipFlops + 1000, "counters are many flip-flops");
  assert.equal(withThem.blockRams, without.blockRams, "and no memory");
  console.log(`counters: ${withThem.luts - without.luts} LUTs, ${withThem.flipFlops - without.flipFlops} flip-flops`);
}

async function checkClock(): Promise<void> {
  const part = TARGETS.ice40.parts.find(({ name }) => name === "HX8K")!;
  const { clockMHz, logicCells, path } = (await place(manifest, { part, cache })).value;
  assert.ok(clockMHz > 10 && clockMHz < 200, `${clockMHz} MHz`);
  assert.ok(logicCells < part.logicCells);
  assert.ok(Math.abs(path.nanoseconds - 1000 / clockMHz) < 0.5, "the longest path is the clock's period");
  console.log(
    `HX8K: ${clockMHz.toFixed(1)} MHz, ${logicCells} logic cells, longest path through ${path.modules.join(", ")}`,
  );
}
