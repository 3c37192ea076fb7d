/** The compiler: its passes in order, with a verifier after each. */

import { completeCore } from "../description/complete-core.ts";
import type { CompleteCore, CoreDescription } from "../description/core.ts";
import type { Image } from "../image/manifest.ts";
import { assemble } from "./assemble.ts";
import type { NetworkIr } from "./ir.ts";
import type { MeasuredRanges } from "./membrane-scale.ts";
import { place } from "./place.ts";
import type { Placement } from "./placed.ts";
import type { QuantisationCore } from "./quantisation-core.ts";
import type { QuantisationReport } from "./quantisation-report.ts";
import { type QuantisedResult, quantise } from "./quantise.ts";
import type { QuantisedNetwork } from "./quantised.ts";
import { resolve } from "./resolve.ts";
import { verifyImage } from "./verify-image.ts";
import { verifyIr } from "./verify-ir.ts";
import { verifyPlacement } from "./verify-placement.ts";
import { verifyQuantised } from "./verify-quantised.ts";

/** Names of the passes, in order, as `--print-after` takes them. */
export const PASSES = ["resolve", "quantise", "place", "assemble"] as const;
export type PassName = (typeof PASSES)[number];

export interface CompileOptions {
  /** Measured membrane ranges by population, in place of worst-case bounds. */
  readonly ranges?: MeasuredRanges;
  /** Called with the value that each pass has made, after its verifier. */
  readonly printAfter?: (pass: PassName, value: unknown) => void;
  /** False: compile also what does not fit the memories, for what-if tables; default true. */
  readonly checkCapacity?: boolean;
}

export interface Compiled {
  readonly image: Image;
  readonly core: CompleteCore;
  readonly quantised: QuantisedNetwork;
  readonly placement: Placement;
  readonly report: QuantisationReport;
}

/**
 * Compiles a resolved network for a core. The same input gives the same bytes.
 *
 * @throws DescriptionError for a wrong core description
 * @throws CompileError, DoesNotFitError when the core cannot hold the network
 * @throws Error for an IR that is not as ir.ts says
 */
export function compileIr(ir: NetworkIr, description: CoreDescription, options: CompileOptions = {}): Compiled {
  const core = completeCore(description);
  return compileQuantised(quantiseIr(ir, core, options), core, options);
}

/** The first half of compileIr: the numbers, which cores may share. @throws CompileError @throws Error for a wrong IR */
export function quantiseIr(
  ir: NetworkIr,
  core: QuantisationCore,
  { ranges, printAfter }: Pick<CompileOptions, "ranges" | "printAfter"> = {},
): QuantisedResult {
  verifyIr(ir);
  printAfter?.("resolve", ir);
  const result = quantise(ir, core, ranges);
  verifyQuantised(ir, result.network, core);
  printAfter?.("quantise", result);
  return result;
}

/**
 * The second half: where the numbers lie. Nothing of them is changed.
 *
 * @param core the one that the network was quantised for, or one like it in quantisationCore
 * @throws CompileError, DoesNotFitError
 */
export function compileQuantised(
  { network: quantised, report }: QuantisedResult,
  core: CompleteCore,
  { printAfter, checkCapacity = true }: Pick<CompileOptions, "printAfter" | "checkCapacity"> = {},
): Compiled {
  const placement = place(quantised, core, { checkCapacity });
  verifyPlacement(quantised, placement);
  printAfter?.("place", placement);
  const image = assemble(quantised, placement);
  verifyImage(quantised, image);
  printAfter?.("assemble", image);
  return { image, core, quantised, placement, report };
}

/**
 * Compiles a network description for a core.
 *
 * @param description default: the preset "default" as it is
 * @param options.baseDirectory folder of the description, to which the files of weights and delays are relative; default
 * the working directory
 * @throws DescriptionError for mistakes in either description, and as compileIr
 */
export async function compile(
  network: unknown,
  description: CoreDescription = {},
  options: CompileOptions & { readonly baseDirectory?: string } = {},
): Promise<Compiled & { readonly ir: NetworkIr }> {
  completeCore(description);
  const ir = await resolve(network, { baseDirectory: options.baseDirectory ?? process.cwd() });
  return { ir, ...compileIr(ir, description, options) };
}
