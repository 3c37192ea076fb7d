/** Random mutants of the core's wasm: one change in one expression each, the same for the same seed and code. */

import { createHash } from "node:crypto";
import type Binaryen from "binaryen";
import { type Place, readWasm, walk } from "./expressions.ts";
import { mutationsOf } from "./mutations.ts";

export interface Mutant {
  /** Function, number of the expression among its mutable ones, change; as long as the code stays the same. */
  readonly id: string;
  /** The expression before the change, cut to what fits a line. */
  readonly expression: string;
  readonly module: Uint8Array;
}

export interface MutantSet {
  /** Mutable expressions in the module. */
  readonly sites: number;
  /** Expressions left out: those that run only with tracing. */
  readonly traceOnly: number;
  readonly mutants: readonly Mutant[];
  /** Whether some seed could make this mutant of the module. */
  readonly exists: (id: string, expression: string) => boolean;
}

interface Site {
  readonly rank: string;
  readonly functionIndex: number;
  readonly functionName: string;
  readonly number: number;
  readonly expression: string;
  readonly changes: readonly string[];
}

const CUT = 150;
/** Functions left out: called with tracing only; the host's check of a stimulus, which is no part of the core. */
const LEFT_OUT = /^clock\/clearTrace$|^check\//;

/** 64 bits from a text, as hexadecimal digits. */
const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/**
 * Picks `count` expressions uniformly among all that can be changed, then one of its changes. Ranks are hashes of what the
 * expression is, not of its number, so that an edit of the core elsewhere keeps most of the choice.
 *
 * @param named the core with function names; otherwise the module that is mutated.
 * @param wanted leaves out, of those picked, what it refuses by id and expression
 */
export function makeMutants(
  binaryen: typeof Binaryen,
  named: Uint8Array,
  seed: number,
  count: number,
  wanted: (id: string, expression: string) => boolean,
): MutantSet {
  const { sites, traceOnly } = findSites(binaryen, named, seed);
  const chosen = [...sites].sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count);
  const mutants = chosen.flatMap((site): Mutant[] => {
    const pick = Number.parseInt(digest(`${site.rank} change`).slice(0, 8), 16) % site.changes.length;
    const { functionName, number, expression } = site;
    const id = `${functionName} ${number}: ${site.changes[pick]!}`;
    return wanted(id, expression) ? [{ id, expression, module: withChange(binaryen, named, site, pick) }] : [];
  });
  const possible = new Set(
    sites.flatMap(({ functionName, number, expression, changes }) =>
      changes.map((change) => `${functionName} ${number}: ${change} | ${expression}`),
    ),
  );
  const exists = (id: string, expression: string): boolean => possible.has(`${id} | ${expression}`);
  return { sites: sites.length, traceOnly, mutants, exists };
}

/** The module without names and without a change: what mutants are derived from. */
export function strip(binaryen: typeof Binaryen, named: Uint8Array): Uint8Array {
  const { module } = readWasm(binaryen, named);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

function findSites(
  binaryen: typeof Binaryen,
  named: Uint8Array,
  seed: number,
): { readonly sites: readonly Site[]; readonly traceOnly: number } {
  const wasm = readWasm(binaryen, named);
  const sites: Site[] = [];
  let traceOnly = 0;
  for (let index = 0; index < wasm.module.getNumFunctions(); index++) {
    const { name, body } = binaryen.getFunctionInfo(wasm.module.getFunctionByIndex(index));
    const functionName = name.replace(/^assembly\//, "");
    if (LEFT_OUT.test(functionName)) continue;
    const seen = new Map<string, number>();
    let number = 0;
    const visit = (place: Place): boolean => {
      const changes = mutationsOf(wasm, place).map(({ change }) => change);
      if (tracesOnly(binaryen, place)) {
        walk(wasm, place.ref, place.replace, (inner) => {
          if (mutationsOf(wasm, inner).length > 0) traceOnly++;
          return true;
        });
        return false;
      }
      if (changes.length > 0) {
        const text = binaryen.emitText(place.ref).replace(/\s+/g, " ").trim();
        const nth = (seen.get(text) ?? 0) + 1;
        seen.set(text, nth);
        const rank = digest(`${seed} ${functionName} ${nth} ${text}`);
        const expression = text.length > CUT ? `${text.slice(0, CUT)}...` : text;
        sites.push({ rank, functionIndex: index, functionName, number, expression, changes });
        number++;
      }
      return true;
    };
    walk(wasm, body, () => {}, visit);
  }
  wasm.module.dispose();
  return { sites, traceOnly };
}

/** An `if (tracing)` without else: nothing in it has a counterpart in the clock-by-clock model. */
function tracesOnly(binaryen: typeof Binaryen, { info, kind }: Place): boolean {
  if (kind !== "If" || info.ifFalse !== 0) return false;
  return binaryen.emitText(info.condition as number).includes("$assembly/registers/tracing");
}

/** A copy of the module with change `pick` of `site` made. @throws Error when the result is no valid module. */
function withChange(binaryen: typeof Binaryen, named: Uint8Array, site: Site, pick: number): Uint8Array {
  const wasm = readWasm(binaryen, named);
  const { body } = binaryen.getFunctionInfo(wasm.module.getFunctionByIndex(site.functionIndex));
  let number = 0;
  let done = false;
  walk(
    wasm,
    body,
    () => {},
    (place) => {
      if (done || tracesOnly(binaryen, place)) return false;
      const mutations = mutationsOf(wasm, place);
      if (mutations.length === 0) return true;
      if (number++ !== site.number) return true;
      mutations[pick]!.apply();
      done = true;
      return false;
    },
  );
  if (!done || !wasm.module.validate()) {
    throw new Error(`mutants: ${site.functionName} ${site.number}, ${site.changes[pick]}: no valid module`);
  }
  const bytes = wasm.module.emitBinary();
  wasm.module.dispose();
  return bytes;
}
