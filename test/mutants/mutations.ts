/** What can be changed in one expression. */

import type { Place, Ref, Wasm } from "./expressions.ts";

export interface Mutation {
  /** "Add -> Sub", "offset 4 -> 8". */
  readonly change: string;
  readonly apply: () => void;
}

/** Operators and what may stand in their place; the same types in and out. */
const INTEGER: Readonly<Record<string, readonly string[]>> = {
  Add: ["Sub"],
  Sub: ["Add"],
  Mul: ["Add"],
  DivS: ["DivU", "RemS"],
  RemS: ["RemU", "DivS"],
  RemU: ["RemS", "DivU"],
  And: ["Or"],
  Or: ["And", "Xor"],
  Xor: ["Or", "And"],
  Shl: ["ShrU"],
  ShrS: ["ShrU", "Shl"],
  ShrU: ["ShrS", "Shl"],
  Eq: ["Ne"],
  Ne: ["Eq"],
  LtS: ["LeS", "LtU", "GeS"],
  LeS: ["LtS", "LeU", "GtS"],
  GtS: ["GeS", "GtU", "LeS"],
  GeS: ["GtS", "GeU", "LtS"],
  LtU: ["LeU", "GeU"],
  LeU: ["LtU", "GtU"],
  GtU: ["GeU", "LeU"],
  GeU: ["GtU", "LtU"],
};
const VECTOR: Readonly<Record<string, readonly string[]>> = {
  AddVecI16x8: ["SubVecI16x8", "AddSatSVecI16x8"],
  SubVecI16x8: ["AddVecI16x8"],
  AddVecI32x4: ["SubVecI32x4"],
  AddSatSVecI16x8: ["AddVecI16x8", "AddSatUVecI16x8"],
  MaxSVecI16x8: ["MinSVecI16x8", "MaxUVecI16x8"],
  MinSVecI16x8: ["MaxSVecI16x8", "MinUVecI16x8"],
  MaxSVecI32x4: ["MinSVecI32x4", "MaxUVecI32x4"],
  MinSVecI32x4: ["MaxSVecI32x4", "MinUVecI32x4"],
  NeVecI16x8: ["EqVecI16x8"],
  NeVecI32x4: ["EqVecI32x4"],
  GeSVecI16x8: ["GtSVecI16x8", "GeUVecI16x8", "LtSVecI16x8"],
  ExtMulLowSVecI32x4: ["ExtMulLowUVecI32x4", "ExtMulHighSVecI32x4"],
  ExtMulHighSVecI32x4: ["ExtMulHighUVecI32x4", "ExtMulLowSVecI32x4"],
  NarrowSVecI32x4ToVecI16x8: ["NarrowUVecI32x4ToVecI16x8"],
  Q15MulrSatSVecI16x8: ["MulVecI16x8"],
  AndVec128: ["OrVec128"],
  OrVec128: ["AndVec128", "XorVec128"],
  XorVec128: ["OrVec128"],
  AndNotVec128: ["AndVec128"],
};
const UNARY: Readonly<Record<string, readonly string[]>> = {
  CtzInt32: ["ClzInt32", "PopcntInt32"],
  PopcntInt32: ["CtzInt32"],
  ExtendSInt32: ["ExtendUInt32"],
  ExtendUInt32: ["ExtendSInt32"],
  ExtendLowSVecI16x8ToVecI32x4: ["ExtendLowUVecI16x8ToVecI32x4", "ExtendHighSVecI16x8ToVecI32x4"],
  ExtendHighSVecI16x8ToVecI32x4: ["ExtendHighUVecI16x8ToVecI32x4", "ExtendLowSVecI16x8ToVecI32x4"],
  AnyTrueVec128: ["AllTrueVecI16x8"],
};
const VECTOR_SHIFT: Readonly<Record<string, readonly string[]>> = {
  ShlVecI16x8: ["ShrSVecI16x8"],
  ShrSVecI16x8: ["ShrUVecI16x8", "ShlVecI16x8"],
  ShlVecI32x4: ["ShrSVecI32x4"],
  ShrSVecI32x4: ["ShrUVecI32x4", "ShlVecI32x4"],
};

/** Operators of a class by name: Binary and Unary share numbers, hence tables of their own. */
function operators(kind: string): ReadonlyMap<string, readonly string[]> {
  if (kind === "Unary") return new Map(Object.entries(UNARY));
  if (kind === "SIMDShift") return new Map(Object.entries(VECTOR_SHIFT));
  const integers = Object.entries(INTEGER).flatMap(([name, others]) =>
    ["Int32", "Int64"].map((type) => [name + type, others.map((other) => other + type)] as const),
  );
  return new Map<string, readonly string[]>([...integers, ...Object.entries(VECTOR)]);
}

function swaps(wasm: Wasm, { ref, info, kind }: Place): Mutation[] {
  const codes = wasm.binaryen as unknown as Readonly<Record<string, number>>;
  for (const [name, others] of operators(kind)) {
    if (codes[name] !== info.op) continue;
    return others.map((other) => {
      const op = codes[other];
      if (op === undefined) throw new Error(`mutants: binaryen has no operator ${other}`);
      return { change: `${name} -> ${other}`, apply: () => wasm.set(kind, "setOp")(ref, op) };
    });
  }
  return [];
}

function constants(wasm: Wasm, { ref, info }: Place): Mutation[] {
  const { i32, i64 } = wasm.binaryen;
  if (info.type === i32) {
    const value = info.value as number;
    return [...new Set([value + 1, value - 1, 0])]
      .filter((other) => other !== value)
      .map((other) => ({
        change: `${value} -> ${other}`,
        apply: () => wasm.set("Const", "setValueI32")(ref, other | 0),
      }));
  }
  if (info.type !== i64) return [];
  const value = BigInt(info.value as bigint | number);
  return [...new Set([value + 1n, value - 1n, 0n])]
    .filter((other) => other !== value)
    .map((other) => ({
      change: `${value}L -> ${other}L`,
      apply: () => wasm.set("Const", "setValueI64")(ref, BigInt.asIntN(64, other)),
    }));
}

/** Offsets by a word, and the width and sign of an access. */
function accesses(wasm: Wasm, { ref, info, kind }: Place): Mutation[] {
  const offset = info.offset as number;
  const bytes = info.bytes as number;
  const found: Mutation[] = [offset + 4, offset - 4]
    .filter((other) => other >= 0)
    .map((other) => ({
      change: `offset ${offset} -> ${other}`,
      apply: () => wasm.set(kind, "setOffset")(ref, other),
    }));
  if (bytes === 2 || bytes === 4) {
    found.push({
      change: `${bytes} bytes -> ${bytes / 2}`,
      apply: () => {
        wasm.set(kind, "setBytes")(ref, bytes / 2);
        wasm.set(kind, "setAlign")(ref, 1);
      },
    });
  }
  if (kind === "Load" && bytes < 4) {
    const signed = info.isSigned as boolean;
    found.push({
      change: signed ? "signed -> unsigned" : "unsigned -> signed",
      apply: () => wasm.set("Load", "setSigned")(ref, !signed),
    });
  }
  return found;
}

/** The statement goes; its operands are still evaluated, since they may set locals. */
function omission(wasm: Wasm, { info, kind, replace }: Place): Mutation {
  const { module, binaryen } = wasm;
  const fields = ["ptr", "dest", "value", "source", "size"];
  const operands = [...((info.operands ?? []) as Ref[]), ...fields.map((field) => (info[field] ?? 0) as Ref)];
  const kept = operands.filter((operand) => operand !== 0).map((operand) => module.drop(operand));
  return { change: `${kind} omitted`, apply: () => replace(module.block(null, kept, binaryen.none)) };
}

function negation(wasm: Wasm, { ref, info, kind }: Place): Mutation {
  const apply = (): void => wasm.set(kind, "setCondition")(ref, wasm.module.i32.eqz(info.condition as Ref));
  return { change: `${kind} negated`, apply };
}

/** All mutations of an expression; none for most kinds that only pass values on. */
export function mutationsOf(wasm: Wasm, place: Place): Mutation[] {
  const { ref, info, kind, replace } = place;
  const { none } = wasm.binaryen;
  switch (kind) {
    case "Binary":
    case "SIMDShift":
      return swaps(wasm, place);
    case "Unary":
      if (info.op === wasm.binaryen.EqZInt32)
        return [{ change: "eqz omitted", apply: () => replace(info.value as Ref) }];
      return swaps(wasm, place);
    case "Const":
      return constants(wasm, place);
    case "Load":
      return accesses(wasm, place);
    case "Store":
      return [...accesses(wasm, place), omission(wasm, place)];
    case "Call":
    case "LocalSet":
      return info.type === none ? [omission(wasm, place)] : [];
    case "GlobalSet":
    case "MemoryFill":
    case "MemoryCopy":
      return [omission(wasm, place)];
    case "If":
      return [negation(wasm, place)];
    case "Break":
      return info.condition === 0 ? [] : [negation(wasm, place)];
    case "Select": {
      const apply = (): void => {
        wasm.set("Select", "setIfTrue")(ref, info.ifFalse as Ref);
        wasm.set("Select", "setIfFalse")(ref, info.ifTrue as Ref);
      };
      return [{ change: "arms swapped", apply }];
    }
    default:
      return [];
  }
}
