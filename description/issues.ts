/** How mistakes in a description are reported: all at once, each with its path, the value, the problem and the remedy. */

/** One mistake. */
export interface Issue {
  /** Place in the description, for example `projections[1].delays.max`; empty for the whole of it. */
  readonly path: string;
  /** What stands there; undefined when it is missing. */
  readonly value: unknown;
  /** What is wrong, with the limit that is broken. */
  readonly problem: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** Thrown with every mistake that was found. The message has one line for each. */
export class DescriptionError extends Error {
  override readonly name: string = "DescriptionError";
  /** Tells this error apart also when it crossed a module boundary, where `instanceof` does not hold. */
  readonly code: "DESCRIPTION_INVALID" = "DESCRIPTION_INVALID";
  readonly issues: readonly Issue[];

  /** @param subject what is described, for example "network" or a file name. */
  constructor(subject: string, issues: readonly Issue[]) {
    const count = issues.length === 1 ? "1 mistake" : `${issues.length} mistakes`;
    super(`${subject}: ${count} in the description\n${issues.map((issue) => `  ${formatIssue(issue)}`).join("\n")}`);
    this.issues = issues;
  }
}

/** One line: `path = value: problem; remedy`. */
export function formatIssue({ path, value, problem, remedy }: Issue): string {
  const place = path === "" ? "the description" : path;
  return `${place}${value === undefined ? "" : ` = ${formatValue(value)}`}: ${problem}; ${remedy}`;
}

const LONGEST_TEXT = 60;

/** A value as a user would write it, cut to a readable length. Never throws. */
function formatValue(value: unknown, depth: number = 0): string {
  if (typeof value === "string") return cut(JSON.stringify(value));
  if (typeof value === "bigint") return cut(`${value}n`);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (depth > 2) return Array.isArray(value) ? "[…]" : "{…}";
  if (Array.isArray(value)) {
    const shown = value.slice(0, 4).map((item) => formatValue(item, depth + 1));
    return cut(`[${shown.join(", ")}${value.length > 4 ? `, … ${value.length} entries` : ""}]`);
  }
  const entries = Object.entries(value).slice(0, 5);
  return cut(`{ ${entries.map(([key, item]) => `${key}: ${formatValue(item, depth + 1)}`).join(", ")} }`);
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

/** Path of a member: `.key` for identifiers, `[3]` for indices, `["odd key"]` otherwise. */
export function at(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${formatValue(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
