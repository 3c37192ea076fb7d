// What `npm run check:trained` makes of its findings: each broken claim is named, a kept one is not.

import { expect, test } from "vitest";
import type { FixedComparison } from "../bench/trained-fixed.ts";
import { checkDocument, fixedTable } from "../bench/trained-report.ts";
import { type Course, compareCourses } from "../bench/trained-variants.ts";
import { failures, type NetworkFindings } from "../bench/trained-verdict.ts";
import { renderTable } from "../report/table.ts";

const comparison = (changes: Partial<FixedComparison> = {}): FixedComparison => ({
  samples: 300,
  fixedCorrect: 238,
  floatCorrect: 239,
  classChanged: 9,
  correctnessChanged: 5,
  sameSpikes: 40,
  meanSpikes: 690.5,
  floatMeanSpikes: 690,
  saturated: 3,
  ...changes,
});

const findings = (changes: Partial<NetworkFindings> = {}, claim: Partial<FixedComparison> = {}): NetworkFindings => ({
  name: "snn_syn",
  samples: 300,
  float: { predictions: 300, spikes: 300, raster: true },
  floatSoftmaxCorrect: 239,
  floatSumCorrect: 246,
  rows: [
    { weightBits: 4, membraneBits: 16, comparison: comparison({ fixedCorrect: 30 }) },
    { weightBits: 8, membraneBits: 16, comparison: comparison(claim) },
    { weightBits: 8, membraneBits: 24, comparison: comparison({ fixedCorrect: 240 }) },
  ],
  sumRule: comparison({ fixedCorrect: 245, floatCorrect: 246 }),
  variants: [{ name: "delay queue", difference: null, queuePeak: 1859 }],
  spikeRingRefusal: "refused",
  hasSynapticDelays: true,
  shortQueue: { entries: 64, dropped: 7, sameAsRing: false },
  ...changes,
});

test("nothing fails when all claims hold", () => {
  expect(failures([findings()])).toEqual([]);
});

test("the limits themselves are allowed: 1 point pooled, 3 points in one network, 5 % changed", () => {
  const even = [1, 2].map(() => findings({}, { fixedCorrect: 239 }));
  expect(failures([findings({}, { fixedCorrect: 230, correctnessChanged: 35 }), ...even])).toEqual([]);
});

test.each<[string, Partial<NetworkFindings>, Partial<FixedComparison>, RegExp]>([
  ["a prediction", { float: { predictions: 299, spikes: 300, raster: true } }, {}, /expected prediction on 299 of 300/],
  ["a spike count", { float: { predictions: 300, spikes: 298, raster: true } }, {}, /number of spikes on 298 of 300/],
  ["the raster", { float: { predictions: 300, spikes: 300, raster: false } }, {}, /raster of sample 0/],
  ["pooled accuracy", {}, { fixedCorrect: 235 }, /pooled: 8-bit weights lose 1.33 points/],
  ["changed correctness", {}, { correctnessChanged: 16 }, /pooled: 8-bit weights change correctness on 5.3 %/],
  [
    "a variant",
    { variants: [{ name: "16 lanes", difference: "scores after watched step 3", queuePeak: 0 }] },
    {},
    /16 lanes against ring: scores after watched step 3/,
  ],
  ["an accepted spike ring", { spikeRingRefusal: null }, {}, /spike ring accepts synaptic delays/],
  ["a refused spike ring", { hasSynapticDelays: false }, {}, /spike ring refuses the network/],
  [
    "a loss without a count",
    { shortQueue: { entries: 64, dropped: 0, sameAsRing: false } },
    {},
    /64 entries differs from the ring and counts no loss/,
  ],
])("%s: one failure, named", (_, changes, claim, message) => {
  const failed = failures([findings(changes, claim)]);
  expect(failed).toHaveLength(1);
  expect(failed[0]).toMatch(message);
});

test("a loss of more than 3 points in one network is named beside the pooled one", () => {
  const failed = failures([findings({}, { fixedCorrect: 229 })]);
  expect(failed).toEqual([
    "snn_syn: 8-bit weights lose 3.3 points, at most 3 are allowed",
    "pooled: 8-bit weights lose 3.33 points, at most 1 is allowed",
  ]);
});

test("the document has accuracies in per cent, by bits of a weight", () => {
  expect(checkDocument([findings()], [])).toMatchObject({
    snn_syn: {
      float_agree: 300,
      float_under_core_rule: 79.7,
      fixed: { 4: 10, 8: 79.3 },
      fixed_membrane_24: { 8: 80 },
      points_lost: 0.33,
      changed_share: 1.7,
    },
    pooled: { samples: 300, float_agree: 300, fixed: { 8: 79.3 }, failures: [] },
  });
});

test("the table has a row for each membrane and a dash for what was not measured", () => {
  const lines = renderTable(fixedTable([findings()]), "text").split("\n");
  expect(lines[4]!.trim().split(/\s+/)).toEqual(["snn_syn", "16", "79.7", "10.0", "-", "-", "79.3", "-", "-", "-"]);
  expect(lines[5]!.trim().split(/\s+/)).toEqual(["snn_syn", "24", "79.7", "-", "-", "-", "80.0", "-", "-", "-"]);
});

const course = (changes: Partial<Course> = {}): Course => ({
  steps: [{ spikes: [Uint8Array.of(1, 0)], membrane: [Int32Array.of(5, -5)], scores: Int32Array.of(1, 2) }],
  decisions: [{ class: 1, step: 0 }],
  spikes: [Uint32Array.of(0, 1)],
  counters: {
    core: new Uint32Array(16),
    spikes: Uint32Array.of(0, 1),
    accumulatorSaturated: new Uint32Array(2),
    membraneSaturated: new Uint32Array(2),
    mergedBits: new Uint32Array(1),
    learning: null,
  },
  ...changes,
});

test.each<[string, Partial<Course>, string | null]>([
  ["nothing", {}, null],
  ["a spike", { steps: [{ ...course().steps[0]!, spikes: [Uint8Array.of(1, 1)] }] }, "spikes of population 0"],
  ["a membrane", { steps: [{ ...course().steps[0]!, membrane: [Int32Array.of(5, 5)] }] }, "membrane of population 0"],
  ["a score", { steps: [{ ...course().steps[0]!, scores: Int32Array.of(1, 3) }] }, "scores after"],
  ["a class", { decisions: [{ class: 0, step: 0 }] }, "sample 0"],
  ["a spike count", { spikes: [Uint32Array.of(0, 2)] }, "sample 0"],
  ["a step too few", { steps: [] }, "0 steps, not 1"],
  ["a saturation", { counters: { ...course().counters, membraneSaturated: Uint32Array.of(0, 1) } }, "membraneSat"],
  ["a merged bit", { counters: { ...course().counters, mergedBits: Uint32Array.of(2) } }, "2 bits merged"],
])("two courses that differ in %s", (_, changes, words) => {
  const { difference } = compareCourses("other", course(), course(changes));
  if (words === null) expect(difference).toBeNull();
  else expect(difference).toContain(words);
});
