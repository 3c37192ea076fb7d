import { DatasetError } from "./dataset-error.ts";

/** Least and greatest value of an option, both allowed. */
export type Limits = readonly [least: number, most: number];

/** @throws DatasetError option-range, always */
export function refuseOption(file: string, field: string, value: number, what: string, remedy: string): never {
  throw new DatasetError({ code: "option-range", file, place: { field }, value, what, remedy });
}

/** Checks options that are whole numbers. @throws DatasetError option-range at the first out of its limits */
export function checkWhole<K extends string>(
  file: string,
  options: Readonly<Record<K, number>>,
  limits: Readonly<Record<K, Limits>>,
): void {
  for (const [field, [least, most]] of Object.entries<Limits>(limits)) {
    const value = options[field as K];
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    refuseOption(file, field, value, `${value} is out of range`, `give a whole number from ${least} to ${most}`);
  }
}

/** Checks options that are real numbers. @throws DatasetError option-range at the first out of its limits */
export function checkReal<K extends string>(
  file: string,
  options: Readonly<Record<K, number>>,
  limits: Readonly<Record<K, Limits>>,
): void {
  for (const [field, [least, most]] of Object.entries<Limits>(limits)) {
    const value = options[field as K];
    if (value >= least && value <= most) continue;
    refuseOption(file, field, value, `${value} is out of range`, `give a number from ${least} to ${most}`);
  }
}

/** Longest window of a generated sample in seconds. */
export const LONGEST_WINDOW = 1000;

/** Checks the window that values in [0, 1] are mapped to. @throws DatasetError option-range */
export function checkWindow(file: string, earlySeconds: number, lateSeconds: number): void {
  checkReal(
    file,
    { earlySeconds, lateSeconds },
    { earlySeconds: [0, LONGEST_WINDOW], lateSeconds: [0, LONGEST_WINDOW] },
  );
  if (lateSeconds > earlySeconds) return;
  refuseOption(
    file,
    "lateSeconds",
    lateSeconds,
    `${lateSeconds} is out of range`,
    `give more than earlySeconds, which is ${earlySeconds}`,
  );
}
