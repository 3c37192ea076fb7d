// Tables of the learning engine in linear memory (docs/core.md, section 10): offsets in bytes. Emulator and wasm only, like the tables at
// the end of layout.ts; the hardware's own widths are in the image's manifest.

// Records of the learning engine in linear memory, 32-bit words; arrays of 16-bit values are padded to 16 of them.
export const TRACE_RECORD_BYTES = 64;
export const TR_INPUT = 0; // 1: source is an input population
export const TR_SIZE = 4;
export const TR_SOURCE = 8; // u16 event counts (input) or spike bits
export const TR_CAP = 12; // most events that the hardware's counter holds
export const TR_DECAY = 16;
export const TR_FRACTION = 20;
export const TR_ENTRIES = 24;
export const TR_BASE = 28; // word in trace memory: address of random draws
export const TR_WINDOWS = 32; // stretches of i16, newest entry first
export const TR_STRIDE = 36; // bytes of a neuron's stretch
export const TR_POSITION = 40; // bytes from a stretch's start to entry 0
export const TR_ZEROS = 44; // i32 a neuron: entries written since the last that was not 0
export const TR_TURN = 48; // position after the window has moved to the stretch's end
export const TR_SATURATED = 52;

// What a learned projection's target offers: hidden populations, and the readout with its errors as signals.
export const TARGET_BYTES = 96;
export const TG_POPULATION = 0;
export const TG_SIZE = 4;
export const TG_MEMBRANE = 8; // narrow populations: v before reset of this step, i16 a neuron
export const TG_SURROGATE = 12; // u16 a neuron; 0: the readout
export const TG_SIGNAL = 16; // i16 a neuron
export const TG_COLUMN = 20; // u16 a neuron: column draws
export const TG_SURROGATE_SHIFT = 24;
export const TG_SIGNAL_SHIFT = 28;
export const TG_MODULATION_SHIFT = 32;
export const TG_FEEDBACK_ROWS = 36; // learned-row records of the symmetric projection; 0: random
export const TG_FEEDBACK_CODES = 40; // i16 [neuron][classes, padded to 16]
export const TG_FEEDBACK_REMAINDER = 44;
export const TG_FEEDBACK_WORDS = 48; // words of a row of random feedback
export const TG_REGULARISER = 52; // trace record; 0: none
export const TG_RATE_TARGET = 56;
export const TG_RATE_SHIFT = 60;
export const TG_SATURATED = 64;
export const TG_ACTIVE = 68; // groups with a signal that is not 0
export const TG_FETCH = 72; // fill and drain of the signal phase

export const LEARNED_BYTES = 160;
export const LP_PROJECTION = 0;
export const LP_SOURCE_SIZE = 4;
export const LP_TRACE = 8;
export const LP_TARGET = 12;
export const LP_ROWS = 16;
export const LP_WEIGHTS = 20; // 1: weights learn
export const LP_DELAYS = 24; // 1: delays learn
export const LP_DELAY_KIND = 28; // 0 none, 1 synaptic, 2 axonal
export const LP_WEIGHT_SHIFT = 32;
export const LP_WEIGHT_CHANGE = 36;
export const LP_WEIGHT_LOW = 40;
export const LP_WEIGHT_HIGH = 44;
export const LP_DELAY_SHIFT = 48;
export const LP_DELAY_CHANGE = 52;
export const LP_DELAY_LOW = 56;
export const LP_DELAY_HIGH = 60;
export const LP_AXON_SHIFT = 64;
export const LP_ELIGIBILITY_SHIFT = 68;
export const LP_FILTERED = 72; // 1: eligibilities are kept
export const LP_OFFSET = 76; // 1: recurrent
export const LP_REMAINDER = 80;
export const LP_WEIGHT_BITS = 84; // of the used weight
export const LP_FRACTION = 88;
export const LP_AXON_DELAYS = 92; // u16 an axon: stored delays
export const LP_AXON_CHANGES = 96; // i16 an axon
export const LP_AXON_BASE = 100;
export const LP_COUNTS = 104;
export const LP_BUSY = 108; // of a learn phase in which nothing is skipped
export const LP_PORT = 112;
export const LP_FETCH = 116;
export const LP_APPLY_BUSY = 120;
export const LP_APPLY_PORT = 124;
export const LP_INTERVAL = 128; // cycles a word, I
export const LP_LEAST = 132; // least cycles of a row with words, m
export const LP_DENSE = 136;
export const LP_SLOT_SIZE = 140; // of the folded rows (emulator/rows.ts)
export const LP_FOLD_SHIFT = 144;
export const LP_AXON_UNIT = 148; // unit of AXON_DELAY in the axon record
export const LP_WORDS = 152; // of all rows
export const LP_LONGEST = 156; // most steps that a synaptic delay can have

// A row as learning sees it; the word at (folded row - 16) holds its address.
export const ROW_BYTES = 48;
export const RW_WEIGHT = 0; // i16 stored weights
export const RW_DELAY = 4; // u16 stored delays; 0: none by synapse
export const RW_POST = 8; // u16
export const RW_COUNT = 12;
export const RW_WORDS = 16;
export const RW_FOLDED = 20;
export const RW_STALE = 24; // 1: the folded row is older than the stored parameters
export const RW_WEIGHT_ELIGIBILITY = 28;
export const RW_DELAY_ELIGIBILITY = 32;
export const RW_WEIGHT_CHANGE = 36;
export const RW_DELAY_CHANGE = 40;
export const RW_PROJECTION = 44; // learned-projection record

// Scratch of a row's walk, in units of an array of 16-bit values by synapse; arrays of 32-bit values take two.
export const SCRATCH_TRACE = 0;
export const SCRATCH_V = 1;
export const SCRATCH_SIGNAL = 2;
export const SCRATCH_COLUMN = 3;
export const SCRATCH_SURROGATE = 4;
export const SCRATCH_MASK = 5;
export const SCRATCH_EIGHTS = 6; // i32 offsets of groups of eight
export const SCRATCH_PAIRS = 7;
export const SCRATCH_RANDOM_WEIGHT = 9;
export const SCRATCH_RANDOM_DELAY = 11;
export const ROW_SCRATCH = 13;
export const WINDOW_BYTES = 640; // 16 entries of padding, 256 delays and what a derivative needs beyond
export const WINDOW_PAD = 32;
