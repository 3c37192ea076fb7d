/** Validation of a core's decision unit. */

import { checkSection, checkWhole } from "./check-section.ts";
import { checkKeys, checkNumber, checkObject, checkOptionalBoolean, checkWord, field, report } from "./checks.ts";
import { at, type Issue } from "./issues.ts";

export function checkDecision(issues: Issue[], path: string, value: unknown): void {
  if (value === "none") return;
  checkSection(issues, path, value, {
    rule: (v, p) => checkWord(issues, p, v, ["softmax", "sum"]),
    population: (v, p) => {
      if (typeof v !== "string" || v === "")
        report(issues, p, v, "must be the name of a readout", 'write for example "digit"');
    },
    at: (v, p) => checkTime(issues, p, v),
    stop: (v, p) => checkOptionalBoolean(issues, p, v),
    scoreBits: (v, p) => checkWhole(issues, p, v, 16, 32, "32 is usual"),
    table: (v, p) =>
      checkSection(issues, p, v, {
        bits: (w, q) => checkWhole(issues, q, w, 2, 16, "12 is usual"),
        entriesLog2: (w, q) => checkWhole(issues, q, w, 1, 12, "8 is usual: 256 entries"),
      }),
  });
}

function checkTime(issues: Issue[], path: string, value: unknown): void {
  if (value === "end") return;
  const remedy = 'write "end", { step: 20 } or { margin: 0.5, minSteps: 4 }';
  const time = checkObject(issues, path, value, remedy);
  if (time === undefined) return;
  if (Object.hasOwn(time, "step")) {
    checkKeys(issues, path, time, ["step"]);
    checkWhole(issues, at(path, "step"), time.step, 1, 2 ** 31 - 1, "count executed steps from 1");
    return;
  }
  checkKeys(issues, path, time, ["margin", "minSteps"]);
  const margin = checkNumber(issues, at(path, "margin"), field(time, "margin"), remedy);
  if (margin !== undefined && !(margin > 0)) report(issues, at(path, "margin"), margin, "must be above 0", remedy);
  const minSteps = field(time, "minSteps");
  if (minSteps !== undefined)
    checkWhole(issues, at(path, "minSteps"), minSteps, 1, 2 ** 31 - 1, "1 decides from the first step on");
}
