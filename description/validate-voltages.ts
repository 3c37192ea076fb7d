/** The rule that thresholds and weights of a network share one unit. */

import { report } from "./checks.ts";
import type { Issue } from "./issues.ts";

/** A place where a voltage is written, and in which unit. */
export interface VoltageUse {
  readonly path: string;
  readonly value: unknown;
  readonly unit: "mV" | "plain";
}

const UNIT_NAME = { mV: "millivolts", plain: "threshold units" } as const;
const HOW_TO_WRITE = {
  mV: "put mV(...) around it",
  plain: "leave mV(...) away, or put it around every threshold and all weights",
} as const;

/** Reports every voltage whose unit is not that of the first threshold (or, without thresholds, of the first weights). */
export function checkVoltages(issues: Issue[], voltages: readonly VoltageUse[]): void {
  const first = voltages[0];
  if (first === undefined) return;
  for (const { path, value, unit } of voltages) {
    if (unit === first.unit) continue;
    const problem = `is in ${UNIT_NAME[unit]} but ${first.path} is in ${UNIT_NAME[first.unit]}; a network has one unit`;
    report(issues, path, value, problem, HOW_TO_WRITE[first.unit]);
  }
}
