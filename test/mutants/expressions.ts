/** The expressions of a wasm module as a tree that can be edited, on top of binaryen. */

import type Binaryen from "binaryen";

/** Address of an expression in binaryen's memory. */
export type Ref = number;

/** What binaryen says of an expression; fields depend on its kind. */
export type Info = Readonly<Record<string, unknown>> & { readonly id: number; readonly type: number };

/** Classes with setters that binaryen has and its typings lack. */
type Setters = Record<string, Record<string, (expression: Ref, ...values: (Ref | bigint | boolean)[]) => void>>;

export interface Wasm {
  readonly binaryen: typeof Binaryen;
  readonly module: Binaryen.Module;
  /** A setter of an expression class: `set("Binary", "setOp")(ref, op)`. */
  readonly set: (kind: string, setter: string) => (expression: Ref, ...values: (Ref | bigint | boolean)[]) => void;
}

/** An expression and how to put another in its place. */
export interface Place {
  readonly ref: Ref;
  readonly info: Info;
  /** Name of its class: "Binary", "Store". */
  readonly kind: string;
  readonly replace: (other: Ref) => void;
}

/** Fields of each class that hold operands; "Block" and "Call" hold lists besides. */
const OPERANDS: Readonly<Record<string, readonly string[]>> = {
  Nop: [],
  Unreachable: [],
  LocalGet: [],
  GlobalGet: [],
  Const: [],
  Block: [],
  Call: [],
  MemorySize: [],
  If: ["condition", "ifTrue", "ifFalse"],
  Loop: ["body"],
  Break: ["value", "condition"],
  LocalSet: ["value"],
  GlobalSet: ["value"],
  Load: ["ptr"],
  Store: ["ptr", "value"],
  Unary: ["value"],
  Binary: ["left", "right"],
  Select: ["ifTrue", "ifFalse", "condition"],
  Drop: ["value"],
  Return: ["value"],
  SIMDShift: ["vec", "shift"],
  SIMDExtract: ["vec"],
  SIMDReplace: ["vec", "value"],
  SIMDShuffle: ["left", "right"],
  SIMDTernary: ["a", "b", "c"],
  SIMDLoad: ["ptr"],
  MemoryFill: ["dest", "value", "size"],
  MemoryCopy: ["dest", "source", "size"],
};

export function readWasm(binaryen: typeof Binaryen, bytes: Uint8Array): Wasm {
  const { MutableGlobals, SIMD128, BulkMemory, BulkMemoryOpt, SignExt, NontrappingFPToInt } = binaryen.Features;
  const features = MutableGlobals | SIMD128 | BulkMemory | BulkMemoryOpt | SignExt | NontrappingFPToInt;
  const read = binaryen.readBinary as (bytes: Uint8Array, features: number) => Binaryen.Module;
  const module = read(bytes, features);
  module.setFeatures(features);
  const classes = binaryen as unknown as Setters;
  return { binaryen, module, set: (kind, setter) => classes[kind]![setter]! };
}

const namesById = new Map<number, string>();

function kindOf(binaryen: typeof Binaryen, id: number): string {
  if (namesById.size === 0) {
    for (const [name, value] of Object.entries(binaryen)) {
      if (typeof value === "number" && name.endsWith("Id")) namesById.set(value, name.slice(0, -2));
    }
  }
  return namesById.get(id) ?? String(id);
}

const capital = (field: string): string => field[0]!.toUpperCase() + field.slice(1);

/**
 * Visits an expression and all below it, parents first; `visit` returns false to leave out what is below.
 * @throws Error for a class that is not in OPERANDS.
 */
export function walk(wasm: Wasm, ref: Ref, replace: (other: Ref) => void, visit: (place: Place) => boolean): void {
  const info = wasm.binaryen.getExpressionInfo(ref) as unknown as Info;
  const kind = kindOf(wasm.binaryen, info.id);
  const operands = OPERANDS[kind];
  if (operands === undefined) throw new Error(`mutants: expressions of class ${kind} are not known`);
  if (!visit({ ref, info, kind, replace })) return;
  for (const [list, setter] of [
    ["children", "setChildAt"],
    ["operands", "setOperandAt"],
  ] as const) {
    ((info[list] ?? []) as Ref[]).forEach((child, n) => {
      walk(wasm, child, (other) => wasm.set(kind, setter)(ref, n, other), visit);
    });
  }
  for (const field of operands) {
    const child = info[field] as Ref;
    if (child !== 0) walk(wasm, child, (other) => wasm.set(kind, `set${capital(field)}`)(ref, other), visit);
  }
}
