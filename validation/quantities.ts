/** What is measured by name: quantities of the rule, and kinds of parameters. */

/** Quantities whose own share is measured, in the order of the data flow. */
export const QUANTITIES = [
  "trace",
  "surrogate",
  "error",
  "learning signal",
  "eligibility",
  "change",
  "update",
] as const;
export type Quantity = (typeof QUANTITIES)[number];

export const PARAMETER_KINDS = ["weights", "delays"] as const;
export type ParameterKind = (typeof PARAMETER_KINDS)[number];
