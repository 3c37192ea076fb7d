/** Result files for pages: designs whose measures follow from their choices by plain arithmetic, and names that are hostile to HTML. */

import { type DesignPoint, identityOf, keyOfIdentity } from "../../explore/point.ts";
import type { ResultLine } from "../../explore/result-line.ts";
import { accuracyOf } from "../../statistics/interval.ts";

/** Each would do something if it became markup, ended the script of the data, or were evaluated. */
export const HOSTILE: readonly string[] = [
  "</script><script>window.hostile = 1</script>",
  '<img src=x onerror="window.hostile = 1">',
  "<!--<script>",
  "\u2028 {{constructor.constructor('window.hostile = 1')()}} 'window.hostile = 1'",
];

const SCHEMES = ["ring", "queue", HOSTILE[1]!] as const;

/** Everything that makes a point but the part that a fixture varies: the lines are as a sweep writes them. */
function pointOf(n: number): DesignPoint {
  const data = {
    source: `sha256:${"0123456789abcdef".repeat(4)}.h5`,
    channels: null,
    classes: null,
    timeUnit: null,
    offset: 0,
    limit: null,
    samples: 200,
    timestepMs: null,
    steps: 100,
    group: null,
    merge: true,
  };
  const network = { timestep: { ms: 1 }, populations: {}, projections: [] };
  return { version: 1, network, core: { seed: n }, data, training: null };
}

/**
 * Design n: bits 4, 6, 8; one of three schemes; tau 10 + n / 1000, a number of its own each. Memory is 1000 bits + 100 scheme, accuracy
 * grows with bits alone; each tenth is infeasible (scheme 2: a memory too small), each 97th has failed.
 */
export function resultOf(n: number): ResultLine {
  const [bits, scheme] = [4 + 2 * (n % 3), Math.floor(n / 3) % 3];
  const identity = identityOf(pointOf(n));
  const about = {
    schema: "mora/result/1",
    key: keyOfIdentity(identity),
    choices: { bits, scheme: SCHEMES[scheme]!, tau: 10 + n / 1000 },
    seed: null,
    samples: 200,
    right: null,
    seconds: 0.01,
    emulationSeconds: 0.01,
    identity,
    mora: "0.1.0",
  } as const;
  const nothing = { measures: null, reasons: [], error: null, emulated: false } as const;
  if (n % 97 === 96) return { ...about, ...nothing, status: "failed", error: `${HOSTILE[0]}: failed\n  at nowhere` };
  if (n % 10 === 9) {
    const text = `synapse memory: needs 70,000 B, the core has 65,536 B ${HOSTILE[1]}`;
    const reason = { kind: "capacity", what: "synapses", value: 70_000, limit: 65_536, by: 4464, text } as const;
    return { ...about, ...nothing, status: "infeasible", reasons: [reason] };
  }
  const total = 1000 * bits + 100 * scheme + (n % 50);
  const mean = 5000 + 10 * ((n * 7919) % 1000);
  return {
    ...about,
    status: "done",
    reasons: [],
    error: null,
    emulated: true,
    measures: {
      accuracy: accuracyOf(100 + 10 * bits + (n % 7), 200),
      memory: { total, registers: 200, padding: 50, learning: 0, synapses: total - 300, ring: 100 },
      cycles: { mean, median: mean, p99: 2 * mean, max: 3 * mean },
      microseconds: mean / 100,
      counters: { synapticOps: 1000 * n, deadlineMisses: 0 },
      spikes: 10 + (n % 5),
      loss: null,
      updates: null,
    },
  };
}

/** A result file of so many designs. */
export function resultFile(designs: number): string {
  return Array.from({ length: designs }, (_, n) => `${JSON.stringify(resultOf(n))}\n`).join("");
}
