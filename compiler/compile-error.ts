/** What the compiler refuses, and how: by pass, with every issue at once. */

import { formatIssue, type Issue } from "../description/issues.ts";

/** A network that this core cannot hold for a reason other than the size of a memory. */
export class CompileError extends Error {
  override readonly name: string = "CompileError";
  readonly code: "COMPILE_REFUSED" = "COMPILE_REFUSED";
  /** The pass that refused, for example "quantise". */
  readonly pass: string;
  /** Paths name a population or projection, for example `population hidden`. */
  readonly issues: readonly Issue[];

  constructor(pass: string, issues: readonly Issue[]) {
    super(
      `${pass}: ${issues.length === 1 ? "refused" : `refused, ${issues.length} reasons`}\n${issues.map((issue) => `  ${formatIssue(issue)}`).join("\n")}`,
    );
    this.pass = pass;
    this.issues = issues;
  }
}

/** A pass has produced something illegal: a mistake of the compiler, never of the user. */
export class VerifierError extends Error {
  override readonly name: string = "VerifierError";
  readonly code: "COMPILER_BUG" = "COMPILER_BUG";
  readonly pass: string;

  /** @param problem what is wrong, with the place and the value */
  constructor(pass: string, problem: string) {
    super(`after the pass "${pass}": ${problem}; this is a mistake of the compiler, please report it`);
    this.pass = pass;
  }
}
