/** Who evaluates points: processes on this machine, or whatever else implements this, such as a queue that other machines take from. */

import type { Failure, Outcome } from "./outcome.ts";
import type { DesignPoint } from "./point.ts";
import type { Bounds } from "./space.ts";

/** Plain data, as it travels: what it holds is read as descriptions, never executed. */
export interface Job {
  /** Address of the point. */
  readonly key: string;
  readonly point: DesignPoint;
  /** Those on what is known without a run spare the run. */
  readonly constraints: Readonly<Record<string, Bounds>>;
}

export interface Runner {
  /** Points that it works on at once; with so many under way it has no pause. Grows and shrinks with the machines that take part. */
  readonly width: number;
  /**
   * Whoever takes the answer records it before the turn of the event loop ends: a runner may then forget it.
   * Never rejects for what a point does: an evaluation that throws, and one whose process dies each time, are failures.
   *
   * @throws ExploreError when there is nobody to evaluate
   */
  evaluate(job: Job): Promise<Outcome | Failure>;
  /** Ends the processes; what is under way is lost, and never answered. */
  close(): Promise<void>;
}
