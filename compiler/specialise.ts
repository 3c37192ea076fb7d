/**
 * The last pass: image -> wasm module for that image. The general module keeps the core's parameters in exported mutable globals;
 * here those that are constant for the image become immutable, so that binaryen folds every branch on one away and removes
 * what the configuration does not use.
 *
 * Takes about 0.2 s of processor time, 0.5 s for an image that learns; what it gains is specialised_gain of bench/results.json.
 * The result exports none of the constants, so a host that tries to set one fails: that is how a run proves which module it used.
 */
import type Binaryen from "binaryen";

/**
 * Fold constants through globals and branches, drop what nothing reaches, then inline what is left. As fast as the full set of an O3
 * (within 1 % on all step benchmarks) in a fifth of its time. "Optimizing" folds the branches at once: an image without learning
 * drops the engine before anything is inlined (21 functions of 45, 170 ms of processor time where plain simplify-globals and
 * precompute left 42 and took 620 ms).
 */
const passes: readonly string[] = [
  "simplify-globals-optimizing",
  "remove-unused-module-elements",
  "inlining-optimizing",
  // Inlining makes the last callers of some functions disappear.
  "remove-unused-module-elements",
];

let loaded: Promise<typeof Binaryen> | undefined;

/** Loads binaryen once; 0.5 to 0.8 s, hence not at import. */
export async function loadSpecialiser(): Promise<
  (module: Uint8Array, constants: Readonly<Record<string, number>>) => Uint8Array
> {
  loaded ??= import("binaryen").then((imported) => imported.default);
  const binaryen = await loaded;
  return (module, constants) => specialise(binaryen, module, constants);
}

/** @throws Error when the module has no mutable global of a constant's name, or does not validate afterwards. */
function specialise(
  binaryen: typeof Binaryen,
  bytes: Uint8Array,
  constants: Readonly<Record<string, number>>,
): Uint8Array {
  // asc writes no feature section; without these a module with vectors does not validate.
  const { MutableGlobals, SIMD128, BulkMemory, BulkMemoryOpt, SignExt, NontrappingFPToInt } = binaryen.Features;
  const features = MutableGlobals | SIMD128 | BulkMemory | BulkMemoryOpt | SignExt | NontrappingFPToInt;
  const read = binaryen.readBinary as (bytes: Uint8Array, features: number) => Binaryen.Module;
  const module = read(bytes, features);
  try {
    module.setFeatures(features);
    // Names are stripped, so a global is found by its export.
    const globalOf = new Map<string, string>();
    for (let i = 0; i < module.getNumExports(); i++) {
      const info = binaryen.getExportInfo(module.getExportByIndex(i));
      if (info.kind === binaryen.ExternalGlobal) globalOf.set(info.name, info.value);
    }
    for (const [name, value] of Object.entries(constants)) {
      const global = globalOf.get(name);
      if (global === undefined) throw new Error(`specialise: the module exports no global "${name}"`);
      module.removeExport(name);
      module.removeGlobal(global);
      module.addGlobal(global, binaryen.i32, false, module.i32.const(value));
    }
    binaryen.setOptimizeLevel(3);
    binaryen.setShrinkLevel(0);
    // Kernels are loops in functions of some hundred expressions; inlined, they are 8 to 14 % faster on short rows, and 60 ms dearer.
    binaryen.setFlexibleInlineMaxSize(800);
    binaryen.setAllowInliningFunctionsWithLoops(true);
    module.runPasses([...passes]);
    if (!module.validate()) throw new Error("specialise: the specialised module does not validate");
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}
