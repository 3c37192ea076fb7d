/** What happened in which cycle of a sample; written by the core when tracing is on, drawn by report/vcd.ts. */
export interface TraceEvent {
  readonly cycle: number;
  /** phase: starts; input: event taken; row: request along a projection; output: event leaves. */
  readonly kind: "phase" | "input" | "row" | "output";
  /** phase: PHASE_*; input: global channel; row: projection index << 16 | source (0xffff: from the delay queue); output: neuron. */
  readonly value: number;
}
