// The core's parameters and the addresses of its tables, written by the host before the first sample.
// All are exported mutable globals: the specialise pass turns them into constants, so that a branch on one costs nothing.
// Initial values are literals: a named constant of another file would be assigned by a start function, and then no global is constant.

export let lanes: i32 = 1;
export let scheme: i32 = 1;
export let accumulatorWide: i32 = 0; // ring in i32 rather than i16
export let accumulatorBits: i32 = 16;
export let currentBits: i32 = 16;
export let saturateAdd: i32 = 0;
export let decayBits: i32 = 12;
export let rounding: i32 = 2;
export let scoreBits: i32 = 32;
export let seed: i32 = 0;
export let ringSinglePort: i32 = 0;
export let neuronSinglePort: i32 = 0;
export let spikeRingSinglePort: i32 = 0;
export let queueSinglePort: i32 = 0;
export let hazardStall: i32 = 0;
export let spikeWord: i32 = 32;
export let inputQueue: i32 = 16;
export let outputQueue: i32 = 16;
export let delayQueue: i32 = 0;
export let queueDeliver: i32 = 0;
export let period: i32 = 0;
export let overrun: i32 = 0;
export let clearCycles: i32 = 1;

export let decideRule: i32 = 0;
export let decideAt: i32 = 0;
export let decideStep: i32 = 0;
export let decideMargin: i32 = 0;
export let decideMinSteps: i32 = 0;
export let decideStop: i32 = 0;
export let decidePopulation: i32 = 0; // address of the record
export let tableBits: i32 = 0;
export let tableEntriesLog2: i32 = 0;
export let tableShift: i32 = 0;

// 1: count cycles, rows, words and synaptic operations. 0 exists to measure what counting costs; all of them are then 0.
export let accounting: i32 = 1;
// 1: write trace events.
export let tracing: i32 = 0;

// Addresses and sizes of the tables and buffers.
export let populations: i32 = 0;
export let populationCount: i32 = 0;
export let inputPopulations: i32 = 0;
export let projections: i32 = 0;
export let projectionCount: i32 = 0;
export let counters: i32 = 0;
export let queueBase: i32 = 0; // (bucket record address, wait) pairs
export let scores: i32 = 0;
export let exponents: i32 = 0; // scratch, one i32 a class
export let exponentTable: i32 = 0; // u16 entries
export let leaveTimes: i32 = 0; // leave cycle of the last outputQueue output events
export let lanesBefore: i32 = 0; // bank address that each lane used in the word before, -1: inactive
export let lanesNow: i32 = 0;
export let stamps: i32 = 0; // scratch of check.ts, u32 a channel
export let records: i32 = 0;
export let recordCapacity: i32 = 0;
export let recordBytes: i32 = 16;
export let outputs: i32 = 0;
export let traces: i32 = 0;
export let traceCapacity: i32 = 0;
export let eventStart: i32 = 0; // u32 a tick, ticks + 1
export let channels: i32 = 0; // u32 an event
export let offsets: i32 = 0; // u32 an event, timed arrival

// Learning engine (docs/core.md, section 10).
export let learning: i32 = 0; // 1: the image has one
export let traceBits: i32 = 12;
export let traceRounding: i32 = 0;
export let errorKind: i32 = 0;
export let errorBits: i32 = 12;
export let errorShift: i32 = 0;
export let errorClip: i32 = 0;
export let errorTarget: i32 = 0;
export let errorSteps: i32 = 0;
export let errorLast: i32 = 0;
export let errorMask: i32 = 0; // u8 a tick
export let surrogateTable: i32 = 0; // u16 entries
export let surrogateLast: i32 = 0;
export let signalBits: i32 = 16;
export let updateRounding: i32 = 0;
export let updateEvery: i32 = 0;
export let changeBits: i32 = 16;
export let changeCarry: i32 = 0;
export let skipping: i32 = 0;
export let filtered: i32 = 0;
export let eligibilityBits: i32 = 16;
export let eligibilityDecay: i32 = 0;
export let tapCount: i32 = 0;
export let taps: i32 = 0; // i16
export let traceSinglePort: i32 = 0;
export let traceRecords: i32 = 0;
export let traceRecordCount: i32 = 0;
export let targets: i32 = 0; // hidden populations, then the readout
export let hiddenCount: i32 = 0;
export let learned: i32 = 0;
export let learnedCount: i32 = 0;
export let eventCounts: i32 = 0; // u16 a channel
export let learnCounts: i32 = 0; // errors saturated, words walked
export let applyCycles: i32 = 0; // by cause
export let rowScratch: i32 = 0; // ROW_SCRATCH arrays of rowScratchBytes
export let rowScratchBytes: i32 = 0;
export let windowScratch: i32 = 0; // one window and its derivative, WINDOW_BYTES each
export let tallies: i32 = 0; // of weights and delays (update-unit.ts)
export let rowDraws: i32 = 0; // u16 a source, four kinds
export let rowDrawBytes: i32 = 0;

// Settings of a run; never specialised, since one image runs under several.
export let arrival: i32 = 0;
export let readiness: i32 = 256;
export let receiverSeed: i32 = 0;
export let learningOn: i32 = 0;
export let label: i32 = -1;
export let rateShift: i32 = 0;
