/**
 * What goes into a core and what comes out of it: stimulus, settings, records. The emulator and the clock-by-clock model
 * of the tests use the same types, so that a comparison is a deep equality. Cycles count from a sample's clear phase.
 */

/** Input events of one sample, tick by tick. */
export interface Stimulus {
  /** Number of ticks. */
  readonly ticks: number;
  /** Events of tick t are eventStart[t] .. eventStart[t+1]-1; length ticks + 1. */
  readonly eventStart: Uint32Array;
  /** Global channel address of each event, in the order in which the sender offers them. */
  readonly channel: Uint32Array;
  /** Cycle of each event after its tick, non-decreasing within a tick; only for timed arrival, else empty. */
  readonly offset: Uint32Array;
}

export interface RunSettings {
  readonly arrival: "burst" | "timed";
  /** Receiver of output events: ready in a cycle with probability readiness / 256 (256: always), by a seeded pattern. */
  readonly receiver: { readonly readiness: number; readonly seed: number };
  /** The core's `sample` register: numbers the sample for random draws. */
  readonly sample: number;
  /** Learning engine on for this sample, with the registers that the host writes before it; absent: off. */
  readonly learning?: LearningSettings;
}

export interface LearningSettings {
  /** Class that the readout should give, 0..K-1; -1: none, so that nothing is learned from the sample. */
  readonly label: number;
  /** Added to the shift of every update, 0..30: the rate is 2^-rateShift of the compiled one. */
  readonly rateShift: number;
}

export interface OutputEvent {
  /** Executed step, population index and neuron index of the spike. */
  readonly step: number;
  readonly population: number;
  readonly neuron: number;
  /** Cycle in which the event leaves the core. */
  readonly cycle: number;
}

/** One executed step. */
export interface StepRecord {
  /** Tick that ran it; differs from the step's number after skipped or merged ticks. */
  readonly tick: number;
  /** Cycle in which the previous step was done (the clear phase for the first). */
  readonly enter: number;
  /** Cycle T_t of the tick. */
  readonly tickCycle: number;
  /** First cycle after the step. */
  readonly done: number;
  /** Cycles by phase and cause, PHASES x CAUSES, row-major; they sum to done - enter. */
  readonly cycles: Uint32Array;
}

export interface Decision {
  readonly class: number;
  /** Executed step (from 0) and first cycle in which the class is known. */
  readonly step: number;
  readonly cycle: number;
}

export interface Counters {
  /** Whole core, COUNTS words, indexed by COUNT_*. */
  readonly core: Uint32Array;
  /** By population. */
  readonly spikes: Uint32Array;
  readonly accumulatorSaturated: Uint32Array;
  readonly membraneSaturated: Uint32Array;
  /** By projection. */
  readonly mergedBits: Uint32Array;
  /** Null in an image without a learning engine. */
  readonly learning: LearningCounters | null;
}

/** Section 10.6. */
export interface LearningCounters {
  readonly errorSaturated: number;
  readonly learnWords: number;
  /** By trace, and by hidden population of the manifest's `learning`. */
  readonly traceSaturated: Uint32Array;
  readonly signalSaturated: Uint32Array;
  /** By learned projection: LEARN_COUNTS words each, indexed by LEARN_*. */
  readonly projections: readonly Uint32Array[];
}

export interface SampleRecord {
  readonly steps: readonly StepRecord[];
  /** First cycle after the clear phase, which starts in cycle 0; T_0. */
  readonly clearCycles: number;
  /** Cycles of the apply phase by cause (length CAUSES), which follows the last step; all 0 without updates at the sample's end. */
  readonly apply: Uint32Array;
  /** First cycle after the apply phase and the drain of the output queue. */
  readonly end: number;
  /** Cycle in which the last input event (not marker) was taken from the input queue; -1 without events. */
  readonly lastInputCycle: number;
  readonly decision: Decision | null;
  readonly outputs: readonly OutputEvent[];
  /** Counted since the model was created or its counters were cleared, up to the end of this sample. */
  readonly counters: Counters;
}

/** Logical contents of every writable memory after a step, free of lanes and padding, for comparison and traces. */
export interface CoreState {
  /** By population (empty for inputs): [slots][size], sign-extended. */
  readonly ring: readonly Int32Array[];
  /** Slot that the population's next update reads. */
  readonly heads: readonly number[];
  /** By population (empty for inputs): membrane u or readout y, and refractory counts. */
  readonly membrane: readonly Int32Array[];
  readonly refractory: readonly Int32Array[];
  /** By population: spike memory of LIF populations, one 0/1 per neuron. */
  readonly spikes: readonly Uint8Array[];
  /** By projection: spike ring [slots][size of source], one 0/1 per bit (empty without one), and its head. */
  readonly spikeRing: readonly Uint8Array[];
  readonly spikeRingHeads: readonly number[];
  /** Delay queue from the oldest event on: bucket, wait. */
  readonly queue: readonly (readonly [bucket: number, wait: number])[];
  readonly scores: Int32Array;
  /** Null in an image without a learning engine. */
  readonly learning: LearningState | null;
}

/** Writable memories of the learning engine. Synapses stand by source, then by target (ascending), as in the IR. */
export interface LearningState {
  /** By trace: [neuron][entry], entry 0 this step's. */
  readonly traces: readonly Uint16Array[];
  /** By hidden population: psi, and M (filtered: L). */
  readonly surrogates: readonly Uint16Array[];
  readonly signals: readonly Int32Array[];
  /** By class. */
  readonly errors: Int32Array;
  /** Samples since parameters were updated last. */
  readonly pending: number;
  readonly projections: readonly ProjectionLearningState[];
}

/** One learned projection. An array is empty where the parameter does not learn or the core keeps no such state. */
export interface ProjectionLearningState {
  /** Stored weights (used weight and remainder), by synapse; also where only delays learn. */
  readonly weight: Int32Array;
  /** Stored delays (used delay and fraction), by synapse or by axon. */
  readonly delay: Int32Array;
  readonly weightEligibility: Int32Array;
  readonly delayEligibility: Int32Array;
  readonly weightChange: Int32Array;
  /** By synapse or by axon. */
  readonly delayChange: Int32Array;
}

/** A model of the core that runs samples; `onStep` sees the state after each executed step. */
export interface CoreModel {
  run(
    stimulus: Stimulus,
    settings: RunSettings,
    onStep?: (record: StepRecord, state: CoreState, counters: Counters) => void,
  ): SampleRecord;
  /** State as it stands; after a run with updates at the sample's end, with the apply phase done. */
  state(): CoreState;
}
