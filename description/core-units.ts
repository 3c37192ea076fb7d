/** Units of a core description, tagged objects as in units.ts: `{ "MHz": 100 }`, `{ "cycles": 5000 }`. */

import type { Milliseconds } from "./units.ts";

/** A clock frequency in megahertz. */
export interface Frequency {
  readonly MHz: number;
}

/** A time in clock cycles. */
export interface Cycles {
  readonly cycles: number;
}

/** Time between two ticks; "free": the next step starts when the last one is done. */
export type TickPeriod = "free" | Milliseconds | Cycles;

/** Clock frequency in megahertz. */
export function MHz(value: number): Frequency {
  return { MHz: value };
}

/** Time in clock cycles. */
export function cycles(value: number): Cycles {
  return { cycles: value };
}

/** Bytes in `value` kilobytes of 1024 bytes. */
export function kB(value: number): number {
  return value * 1024;
}
