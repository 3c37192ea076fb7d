/** Validation of one section of a core description: an object whose keys are all optional. */

import { checkInteger, checkKeys, checkObject, type Fields, field } from "./checks.ts";
import { at, type Issue } from "./issues.ts";

/** Calls a check for each known key that is present, and reports the unknown ones. */
export function checkSection(
  issues: Issue[],
  path: string,
  value: unknown,
  checks: Readonly<Record<string, (value: unknown, path: string) => void>>,
): Fields | undefined {
  const section = checkObject(
    issues,
    path,
    value,
    `write { ${Object.keys(checks).join(", ")} }; every field is optional`,
  );
  if (section === undefined) return undefined;
  checkKeys(issues, path, section, Object.keys(checks));
  for (const [key, check] of Object.entries(checks)) {
    const content = field(section, key);
    if (content !== undefined) check(content, at(path, key));
  }
  return section;
}

/** `checkInteger` with its limits side by side, as the sections list them. */
export function checkWhole(
  issues: Issue[],
  path: string,
  value: unknown,
  min: number,
  max: number,
  remedy: string,
): void {
  checkInteger(issues, path, value, { min, max }, remedy);
}
