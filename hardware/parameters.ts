/**
 * The package `mora_pkg` that the RTL is built with: every width, depth, field position, port and option of one core, and the
 * structs of its registers. Networks whose packages are the same run on the same build.
 */

import * as layout from "../assembly/layout.ts";
import { axonFields, bucketFields, type Field, parameterFields } from "../image/fields.ts";
import { type Manifest, type MemoryId, memoryOf } from "../image/manifest.ts";
import { MEMORY_IDS } from "../image/schema.ts";
import { CLEARED, COUNTER_TABLES, HOST, STATUS_TABLE, tableNumber } from "./address-map.ts";
import { BUNDLES } from "./bundles.ts";
import { type Constants, ROUNDINGS } from "./constants.ts";
import { learningConstants } from "./learning-parameters.ts";
import { FACTOR_STRUCTS, PLASTICITY_STRUCTS, WALK_STRUCTS } from "./learning-structs.ts";
import { recordTables } from "./record-fields.ts";
import { type RecordTable, recordBits, storedBits } from "./record-table.ts";
import { addressBits, shapeOf } from "./shape.ts";

const SCHEMES = { ring: layout.SCHEME_RING, "spike-ring": layout.SCHEME_SPIKE_RING, queue: layout.SCHEME_QUEUE };

const constantName = (id: string): string => id.toUpperCase().replaceAll("-", "_");

/** Memories whose words are spike words, whether the network has any or not. */
const OF_SPIKES: readonly MemoryId[] = ["spikes", "spike-ring"];

/** A memory without words keeps widths of 1, or of its users, so that no range is empty; no macro is built for it. */
function memoryConstants(manifest: Manifest): Constants {
  return MEMORY_IDS.flatMap((id): Constants => {
    const { words, wordBits, macroBits, ports } = memoryOf(manifest, id);
    const name = constantName(id);
    const bits = OF_SPIKES.includes(id) ? manifest.core.spikeWord : Math.max(1, wordBits);
    return [
      [`${name}_WORDS`, words],
      [`${name}_BITS`, bits],
      [`${name}_MACRO_BITS`, Math.max(bits, macroBits)],
      [`${name}_ADDRESS_BITS`, addressBits(manifest, id)],
      [`${name}_SINGLE_PORT`, ports === "1RW"],
      [`${name}_REGION`, HOST.region(id)],
    ];
  });
}

/** Positions and widths of a word's fields. A field of no bits has position 0, as a field that is not read. */
function fieldConstants(prefix: string, fields: Readonly<Record<string, Field>>): Constants {
  return Object.entries(fields).flatMap(([key, { bit, width }]): Constants => {
    const name = `${prefix}_${key.replace(/([A-Z])/g, "_$1").toUpperCase()}`;
    return [
      [`${name}_LSB`, width === 0 ? 0 : bit],
      [`${name}_BITS`, width],
    ];
  });
}

/** Layouts beyond those of the network repeat the first: an unpacker is built only below LAYOUTS. */
function layoutConstants({ layouts }: Manifest): Constants {
  return Array.from({ length: layout.MAX_LAYOUTS }, (_, index): Constants => {
    const fields = layouts[index] ?? layouts[0];
    return [
      [`LAYOUT${index}_REMAINDER_BITS`, fields?.remainderBits ?? 0],
      [`LAYOUT${index}_WEIGHT_BITS`, fields?.weightBits ?? 2],
      [`LAYOUT${index}_FRACTION_BITS`, fields?.fractionBits ?? 0],
      [`LAYOUT${index}_DELAY_BITS`, fields?.delayBits ?? 0],
      [`LAYOUT${index}_INDEX_BITS`, fields?.indexBits ?? 0],
    ];
  }).flat();
}

/** Cycles of the clear phase: the sweep of the deepest memory that it empties (docs/core.md, section 5.5). */
export function clearCycles(manifest: Manifest): number {
  return manifest.core.clear === "valid" ? 1 : Math.max(1, ...CLEARED.map((id) => memoryOf(manifest, id).words));
}

function coreConstants(manifest: Manifest): Constants {
  const { core, populations, projections, layouts, fields, decision, learning } = manifest;
  const shape = shapeOf(manifest);
  const widest = (key: "weightBits" | "delayBits"): number => Math.max(1, ...layouts.map((one) => one[key]));
  return [
    ["LANES", core.lanes],
    ["LANE_BITS", Math.log2(core.lanes)],
    ["SCHEME", SCHEMES[core.scheme]],
    ["POPULATIONS", populations.length],
    ["PROJECTIONS", projections.length],
    ["PROJECTION_COUNT", Math.max(1, projections.length)],
    ["LAYOUTS", layouts.length],
    ["POPULATION_INDEX_BITS", shape.populationBits],
    ["PROJECTION_INDEX_BITS", shape.projectionBits],
    ["SIZE_BITS", shape.sizeBits],
    ["GROUP_BITS", shape.groupBits],
    ["SLOT_BITS", shape.slotBits],
    ["CHANNEL_BITS", shape.channelBits],
    ["OUTPUT_BITS", shape.outputBits],
    ["CLASS_BITS", shape.classBits],
    ["WEIGHT_BITS", widest("weightBits")],
    ["SYNAPTIC_DELAY_BITS", widest("delayBits")],
    ["SYNAPTIC_DELAYS", layouts.some(({ delayBits }) => delayBits > 0)],
    ["SYNAPSE_BITS", Math.max(1, fields.synapse)],
    ["ACCUMULATOR_BITS", core.accumulator.bits],
    ["CURRENT_BITS", core.accumulator.currentBits],
    ["SATURATE_ADD", core.accumulator.saturate === "add"],
    ["MEMBRANE_BITS", Math.max(1, fields.membrane)],
    ["REFRACTORY_BITS", fields.refractory],
    ["STATE_LANE_BITS", Math.max(1, fields.membrane + fields.refractory)],
    ["DECAY_FRACTION", core.decay.bits],
    ["DECAY_ROUNDING", ROUNDINGS[core.decay.rounding]],
    ["SCORE_BITS", core.scoreBits],
    ["HAZARD_STALL", core.hazard === "stall"],
    ["CLEAR_CYCLES", clearCycles(manifest)],
    ["CLEAR_VALID", core.clear === "valid"],
    ["SPIKE_WORD", core.spikeWord],
    ["SPIKE_WORD_BITS", Math.log2(core.spikeWord)],
    ["QUEUE_DELIVERS", core.queueOverflow === "deliver"],
    ["DECISION", decision !== null],
    ["SOFTMAX", decision?.rule === "softmax"],
    ["TABLE_BITS", Math.max(1, decision?.tableBits ?? 0)],
    ["TABLE_ENTRIES_BITS", Math.max(1, decision?.tableEntriesLog2 ?? 0)],
    ["LEARNING", learning !== null],
    ...learningConstants(manifest),
    ["PARAMETER_DECAYS", fields.parameterDecay > 0],
    ["PARAMETER_THRESHOLDS", fields.parameterThreshold > 0],
  ];
}

function structText(table: RecordTable): string {
  const members = table.fields.map(({ name, bits }) => `    logic ${bits === 1 ? "" : `[${bits - 1}:0] `}${name};`);
  return ["  typedef struct packed {", ...members.reverse(), `  } ${table.name}_t;`].join("\n");
}

/** Bits of a record that are stored: of fields that no core of this shape reads, none is. */
function storedText(table: RecordTable): string {
  const [name, bits] = [`${constantName(table.name)}_RECORD_STORED`, recordBits(table)];
  return `  localparam logic [${bits - 1}:0] ${name} = ${bits}'h${storedBits(table).toString(16)};`;
}

/** The host's access as every memory sees it; `piece` is what it writes, `data` the whole word with the pieces before. */
const HOST_STRUCT = [
  "  typedef struct packed {",
  "    logic request;",
  "    logic write;",
  "    logic [4:0] region;",
  "    logic [HOST_REGION_LSB-1:0] address;",
  "    logic [31:0] piece;",
  "    logic [HOST_WORD_BITS-1:0] data;",
  "  } host_t;",
].join("\n");

/**
 * What the words of a row have in common on their way to the lanes: its target, and the slot that a delay of 0 reaches there.
 * `slot_base` is the bank address of that slot's first group.
 */
const ROW_STRUCT = [
  "  typedef struct packed {",
  "    logic [POPULATION_INDEX_BITS-1:0] target;",
  "    logic [1:0] layout;",
  "    logic sparse;",
  "    logic [3:0] weight_shift;",
  "    logic [SIZE_BITS-1:0] size;",
  "    logic [GROUP_BITS-1:0] groups;",
  "    logic [SLOT_BITS-1:0] slots;",
  "    logic [SLOT_BITS-1:0] slot;",
  "    logic [RING_ADDRESS_BITS-1:0] ring_base;",
  "    logic [RING_ADDRESS_BITS-1:0] slot_base;",
  "  } row_t;",
].join("\n");

/** Which phase runs, by what has to work in it: at most one bit is set. */
const PHASES_STRUCT = [
  "  typedef struct packed {",
  ...["circulate", "read_input", "send", "scan", "update", "decide"].map((name) => `    logic ${name};`),
  ...["trace", "error", "signal", "learn", "apply"].map((name) => `    logic ${name};`),
  "  } phases_t;",
].join("\n");

/** Memories that several blocks use, one block a phase. */
const SHARED: readonly MemoryId[] = ["axons", "buckets", "synapses", "spikes", "spike-ring", "neurons"];

/** What a block asks of the shared memories in a cycle, and the words on their outputs. */
function sharedStructs(): readonly string[] {
  const member = (id: MemoryId): string => constantName(id).toLowerCase();
  const requests = SHARED.map((id) =>
    [
      "  typedef struct packed {",
      "    logic read;",
      `    logic [${constantName(id)}_ADDRESS_BITS-1:0] read_address;`,
      "    logic write;",
      `    logic [${constantName(id)}_ADDRESS_BITS-1:0] write_address;`,
      `    logic [${constantName(id)}_BITS-1:0] write_data;`,
      `  } ${member(id)}_request_t;`,
    ].join("\n"),
  );
  const all = (of: (id: MemoryId) => string): string => SHARED.map((id) => `    ${of(id)} ${member(id)};`).join("\n");
  return [
    ...requests,
    `  typedef struct packed {\n${all((id) => `${member(id)}_request_t`)}\n  } requests_t;`,
    `  typedef struct packed {\n${all((id) => `logic [${constantName(id)}_BITS-1:0]`)}\n  } words_t;`,
  ];
}

/** What of a core is left to whoever builds it: never what it computes, nor its cycles. */
export interface BuildChoices {
  /**
   * Counters and cycles by phase and cause (docs/core.md, sections 5 and 6): instruments, which a product leaves out. Without
   * them the host reads 0 there. Default true.
   */
  readonly counters?: boolean;
}

/** The text of mora_pkg.sv. */
export function parametersPackage(manifest: Manifest, { counters = true }: BuildChoices = {}): string {
  const tables = recordTables(manifest);
  const shared = Object.entries(layout).filter(([name]) =>
    /^(SCHEME|ROUND|PHASE|CAUSE|COUNT|KIND|OVERRUN|DRAW|UPDATE|FEEDBACK|LEARN)/.test(name),
  );
  const perNeuron = manifest.fields.parameterDecay + manifest.fields.parameterThreshold;
  const constants: Constants = [
    ...coreConstants(manifest),
    ["COUNTERS", counters],
    ...fieldConstants("AXON", axonFields(manifest)),
    ...fieldConstants("BUCKET", bucketFields(manifest)),
    ...fieldConstants("PARAMETER", parameterFields(manifest)),
    ["PARAMETER_LANE_BITS", Math.max(1, perNeuron)],
    ["QUEUE_BUCKET_BITS", Math.max(1, manifest.fields.queueBucket)],
    ["WAIT_BITS", Math.max(1, manifest.fields.queueWait, manifest.fields.bucketGap, manifest.fields.axonDelay)],
    ...layoutConstants(manifest),
    ...memoryConstants(manifest),
    ["HOST_REGION_LSB", HOST.regionLsb],
    ["HOST_PIECE_BITS", HOST.pieceBits(manifest)],
    ["HOST_WORD_BITS", 32 * HOST.pieces(manifest)],
    ["HOST_TABLE_LSB", HOST.tableLsb],
    ["HOST_INDEX_LSB", HOST.indexLsb],
    ...Object.entries(COUNTER_TABLES).map(([name, table]) => [`${constantName(name)}_TABLE`, table] as const),
    ["STATUS_TABLE", STATUS_TABLE],
    ...tables.flatMap((table): Constants => {
      const name = constantName(table.name);
      return [
        [`${name}_TABLE`, tableNumber(table.name)],
        [`${name}_RECORD_BITS`, recordBits(table)],
        [`${name}_RECORD_PIECES`, Math.ceil(recordBits(table) / 32)],
      ];
    }),
    ...shared,
  ];
  return [
    "// Generated from an image's manifest (hardware/parameters.ts). One core: everything that is built, not written.",
    "",
    "// Which of the constants a build uses depends on its options.",
    "/* verilator lint_off UNUSEDPARAM */",
    "package mora_pkg;",
    ...constants.map(([name, value]) =>
      typeof value === "boolean"
        ? `  localparam bit ${name} = 1'b${value ? 1 : 0};`
        : `  localparam int unsigned ${name} = ${value};`,
    ),
    ...tables.map(storedText),
    "",
    ...tables.map(structText),
    ...BUNDLES,
    HOST_STRUCT,
    ROW_STRUCT,
    WALK_STRUCTS,
    PLASTICITY_STRUCTS,
    FACTOR_STRUCTS,
    PHASES_STRUCT,
    ...sharedStructs(),
    "endpackage",
    "/* verilator lint_on UNUSEDPARAM */",
    "",
  ].join("\n");
}
