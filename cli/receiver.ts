/** The receiver of output spikes, from the command line. */

import type { RunSettings } from "../emulator/record.ts";

/**
 * "ready", or "pattern:SEED:READINESS": ready in a cycle with probability READINESS / 256 (docs/core.md, section 5.3).
 *
 * @throws Error for another text or numbers out of range
 */
export function parseReceiver(value: unknown): RunSettings["receiver"] {
  if (value === "ready") return { readiness: 256, seed: 0 };
  const match = /^pattern:(\d+):(\d+)$/.exec(String(value));
  const seed = Number(match?.[1]);
  const readiness = Number(match?.[2]);
  if (match !== null && seed < 2 ** 32 && readiness >= 1 && readiness <= 256) return { readiness, seed };
  throw new Error(
    `--receiver ${String(value)}: write ready, or pattern:SEED:READINESS with a seed below 2^32 and a readiness from 1 to 256`,
  );
}
