/** One text for one value, so that a run can be addressed by what decides it. */

import { createHash } from "node:crypto";

/**
 * JSON with the fields of every object in code unit order and no space: values that are equal have equal texts, whatever the
 * order in which they were written down. A field that is undefined is absent, as in JSON.
 *
 * @throws RangeError for a number that JSON does not have, and TypeError for what is not plain data
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`canonical JSON: ${value}; give finite numbers`);
    // -0 and 0 are one number to everything that reads a description.
    return JSON.stringify(value + 0);
  }
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
    return `{${fields.join(",")}}`;
  }
  throw new TypeError(`canonical JSON: ${typeof value} is no plain data; give what JSON holds`);
}

/** SHA-256 of the canonical JSON, 64 hexadecimal digits. */
export function keyOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
