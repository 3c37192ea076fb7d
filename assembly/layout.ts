// Every constant that the core (AssemblyScript), the compiler, the emulator, the clock-by-clock model and the RTL share.
// Compiled by asc and by tsc alike: literals only, so that both infer the same integers. Words of docs/core.md throughout.

// Delay schemes (docs/core.md, section 3)
export const SCHEME_RING = 1;
export const SCHEME_SPIKE_RING = 2;
export const SCHEME_QUEUE = 3;

// Rounding modes (section 1)
export const ROUND_FLOOR = 0;
export const ROUND_ZERO = 1;
export const ROUND_NEAREST = 2;
export const ROUND_STOCHASTIC = 3;

// Population kinds (section 2)
export const KIND_INPUT = 0;
export const KIND_LIF = 1;
export const KIND_READOUT = 2;

// Phases and causes (section 5): a step's cycles are a matrix [phase][cause], CAUSES words a row. In order of how common a phase
// is, so that the emulator's records end with the last phase that an image can have.
export const PHASE_INPUT = 0;
export const PHASE_UPDATE = 1;
export const PHASE_DELIVER = 2;
export const PHASE_READOUT = 3;
export const PHASE_DECIDE = 4;
export const PHASE_IDLE = 5;
export const PHASE_CIRCULATE = 6;
export const PHASE_TRACE = 7;
export const PHASE_ERROR = 8;
export const PHASE_SIGNAL = 9;
export const PHASE_LEARN = 10;
export const PHASE_APPLY = 11; // once a sample, in no step
export const PHASE_CLEAR = 12; // once a sample, in no step
export const PHASE_DRAIN = 13; // once a sample, in no step
export const PHASES = 14;

export const CAUSE_BUSY = 0;
export const CAUSE_FETCH = 1;
export const CAUSE_PORT = 2;
export const CAUSE_HAZARD = 3;
export const CAUSE_OUTPUT = 4;
export const CAUSE_WAIT = 5;
export const CAUSES = 6;

// Whole-core counters (section 6), 32-bit words, in this order.
export const COUNT_INPUT_EVENTS = 0;
export const COUNT_ROWS = 1;
export const COUNT_WORDS = 2;
export const COUNT_SYNAPTIC_OPS = 3;
export const COUNT_SETS = 4;
export const COUNT_PUSHES = 5;
export const COUNT_QUEUE_DROPPED = 6;
export const COUNT_QUEUE_EARLY = 7;
export const COUNT_QUEUE_PEAK = 8;
export const COUNT_INPUT_DROPPED = 9;
export const COUNT_TICKS_SKIPPED = 10;
export const COUNT_TICKS_MERGED = 11;
export const COUNT_DEADLINE_MISSES = 12;
export const COUNT_SCORE_SATURATED = 13;
export const COUNT_OUTPUT_EVENTS = 14;
export const COUNTS = 15;

// Arrival modes (section 5.3) and overrun policies (section 5.6)
export const ARRIVAL_BURST = 0;
export const ARRIVAL_TIMED = 1;
export const OVERRUN_QUEUE = 0;
export const OVERRUN_SKIP = 1;
export const OVERRUN_MERGE = 2;

// Decision (section 4)
export const DECIDE_NONE = 0;
export const DECIDE_SUM = 1;
export const DECIDE_SOFTMAX = 2;
export const DECIDE_AT_END = 0;
export const DECIDE_AT_STEP = 1;
export const DECIDE_AT_MARGIN = 2;

// Random draw kinds (section 1)
export const DRAW_DECAY = 0;
export const DRAW_WEIGHT = 1;
export const DRAW_DELAY = 2;
export const DRAW_COLUMN = 3;
export const DRAW_TRACE = 4;
export const DRAW_WEIGHT_ELIGIBILITY = 5;
export const DRAW_DELAY_ELIGIBILITY = 6;

// Learning engine (section 10)
export const UPDATE_NEAREST = 0;
export const UPDATE_STOCHASTIC = 1;
export const UPDATE_SIGN = 2;
export const ERROR_SOFTMAX = 0;
export const ERROR_LINEAR = 1;
export const ERROR_STEPS_ALL = 0;
export const ERROR_STEPS_LAST = 1;
export const ERROR_STEPS_MASK = 2;
export const FEEDBACK_SYMMETRIC = 0;
export const FEEDBACK_STORED = 1;
export const FEEDBACK_REGENERATED = 2;
export const TAP_BITS = 8;
export const MAX_TAPS = 8;
export const MAX_UPDATE_SHIFT = 30;
export const MAX_TRACE_BITS = 15;

// Counters of a learned projection (section 10.6), 32-bit words, in this order.
export const LEARN_WEIGHT_UPDATES = 0;
export const LEARN_WEIGHT_ZERO = 1;
export const LEARN_WEIGHT_CLAMPED = 2;
export const LEARN_DELAY_UPDATES = 3;
export const LEARN_DELAY_ZERO = 4;
export const LEARN_DELAY_CLAMPED = 5;
export const LEARN_CHANGE_ZERO = 6;
export const LEARN_CHANGE_SATURATED = 7;
export const LEARN_ELIGIBILITY_SATURATED = 8;
export const LEARN_COUNTS = 9;

// Limits (section 8)
export const MAX_POPULATIONS = 32;
export const MAX_PROJECTIONS = 64;
export const MAX_NEURONS = 65536;
export const MAX_DELAY = 255;
export const MAX_QUEUE = 4096;
export const MAX_LAYOUTS = 4;
export const MAX_LANES = 32;
export const MIN_WEIGHT_BITS = 2;
export const MAX_WEIGHT_BITS = 16;
export const MAX_SHIFT = 15;

// Tables of the emulator in linear memory: one record of 32-bit words a population, projection, axon and bucket.
// Host and wasm only; the hardware's own widths are in the image's manifest. Offsets in bytes.
export const POP_BYTES = 128;
export const POP_KIND = 0;
export const POP_SIZE = 4;
export const POP_CHANNEL_BASE = 8;
export const POP_FIRST_NEURON = 12;
export const POP_GROUPS = 16;
export const POP_STATE = 20; // address of u: i16 (narrow) or i32 a neuron
export const POP_REFRACTORY = 24; // address of refractory counts, u16 a neuron; 0: none
export const POP_RING = 28; // address of the ring: POP_TURN + POP_SLOTS slots of POP_SLOT_BYTES (update.ts, advance)
export const POP_SLOTS = 32;
export const POP_HEAD = 36; // place of the head among them; the hardware's head is this mod POP_SLOTS
export const POP_TURN = 40; // head at which the ring moves down; a multiple of POP_SLOTS
export const POP_SLOT_BYTES = 44;
export const POP_SLOT = 112; // address of the head's slot
export const POP_SPIKES = 48; // address of the spike bits, bit j of a little-endian string
export const POP_PARAMETERS = 52; // address of (decay, threshold) pairs of i32 a neuron; 0: registers
export const POP_DECAY = 56;
export const POP_THRESHOLD = 60;
export const POP_MEMBRANE_BITS = 64;
export const POP_CURRENT_SHIFT = 68;
export const POP_RESET_ZERO = 72;
export const POP_REFRACTORY_STEPS = 76;
export const POP_OUTPUT = 80;
export const POP_FIRST_PROJECTION = 84;
export const POP_PROJECTIONS = 88;
export const POP_NARROW = 92; // 1: u in i16, vector update
export const POP_RING_BASE = 96; // bank address of slot 0, for hazards
export const POP_COUNT_SPIKES = 100;
export const POP_COUNT_ACCUMULATOR = 104;
export const POP_COUNT_MEMBRANE = 108;
export const POP_TARGET = 116; // learning target record of a hidden population; 0: none

export const PROJ_BYTES = 64;
export const PROJ_TO = 0; // address of the target's population record
export const PROJ_RECURRENT = 4;
export const PROJ_KERNEL = 8;
export const PROJ_AXONS = 12; // address of the first axon record
export const PROJ_RING = 24; // address of spike ring slot 0; 0: none
export const PROJ_RING_SLOTS = 28;
export const PROJ_RING_HEAD = 32;
export const PROJ_RING_SLOT_BYTES = 36;
export const PROJ_SOURCE_SIZE = 40;
export const PROJ_DELAYED = 44; // scheme "queue": 1 when any delay is possible
export const PROJ_COUNT_MERGED = 48;
export const PROJ_INDEX = 52;

// How a synapse of a row is held: place in accumulators from the slot of delay 0, weight already shifted (scatter.ts).
export const KERNEL_PLAIN = 0; // dense, no synaptic delay: i16 weights only
export const KERNEL_NEAR = 1; // u16 place, i16 weight
export const KERNEL_FAR = 2; // u32 place, i32 weight

export const AXON_BYTES = 16;
export const AXON_ROW = 0; // address of the first synapse; scheme "queue": address of the first bucket record
export const AXON_SYNAPSES = 4; // active lanes of the row
export const AXON_WORDS = 8; // row length in synapse-memory words
export const AXON_DELAY = 12; // scheme "ring": delay in bytes of slots; "spike-ring": in slots; "queue": first wait

export const BUCKET_BYTES = 32;
export const BUCKET_ROW = 0;
export const BUCKET_SYNAPSES = 4;
export const BUCKET_WORDS = 8;
export const BUCKET_GAP = 12;
export const BUCKET_PROJECTION = 16; // address of the projection record
export const BUCKET_INDEX = 20; // bucket number in the image

// A step's record: header words, then the matrix of cycles as far as the image needs it (register recordBytes, a multiple of 8).
export const RECORD_TICK = 0;
export const RECORD_ENTER = 4;
export const RECORD_TICK_CYCLE = 8;
export const RECORD_DONE = 12;
export const RECORD_CYCLES = 16;
export const RECORD_ROW_BYTES = 24; // 4 * CAUSES

export const OUTPUT_BYTES = 16; // step, population record index, neuron, leave cycle

export const TRACE_BYTES = 12; // cycle, kind, value
export const TRACE_PHASE = 0;
export const TRACE_INPUT = 1;
export const TRACE_ROW = 2;
export const TRACE_OUTPUT = 3;
