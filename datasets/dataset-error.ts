/** Where in a data set a fault lies; every part is optional and counts from zero, lines from one. */
export interface DatasetPlace {
  /** Index of the sample in the file. */
  readonly sample?: number;
  /** Index of the event in its sample (in the whole list where the list itself is at fault). */
  readonly event?: number;
  /** Line of a text file, from 1. */
  readonly line?: number;
  /** Dataset, array, column or option that holds the value. */
  readonly field?: string;
}

export type DatasetErrorCode =
  | "missing-file"
  | "unknown-format"
  | "unreadable"
  | "truncated"
  | "damaged"
  | "missing-dataset"
  | "wrong-type"
  | "wrong-shape"
  | "length-mismatch"
  | "empty"
  | "time-not-finite"
  | "time-negative"
  | "time-order"
  | "channel-range"
  | "label-range"
  | "sample-order"
  | "option-range"
  | "not-a-number"
  | "closed";

function describePlace(place: DatasetPlace): string {
  const parts: string[] = [];
  if (place.line !== undefined) parts.push(`line ${place.line}`);
  if (place.field !== undefined) parts.push(place.field);
  if (place.sample !== undefined) parts.push(`sample ${place.sample}`);
  if (place.event !== undefined) parts.push(`event ${place.event}`);
  return parts.join(", ");
}

/**
 * A fault in a data set or in how it was asked for. The message reads `file: place: what is wrong; remedy`.
 * Every reader of this folder throws this and nothing else for bad input.
 */
export class DatasetError extends Error {
  override readonly name: string = "DatasetError";
  readonly code: DatasetErrorCode;
  readonly file: string;
  readonly place: DatasetPlace;
  /** The offending value, where there is one. */
  readonly value: number | string | undefined;
  readonly remedy: string;

  constructor(fault: {
    code: DatasetErrorCode;
    file: string;
    what: string;
    remedy: string;
    place?: DatasetPlace;
    value?: number | string;
    cause?: unknown;
  }) {
    const place = fault.place ?? {};
    const where = describePlace(place);
    super(
      `${fault.file}: ${where === "" ? "" : `${where}: `}${fault.what}; ${fault.remedy}`,
      fault.cause === undefined ? undefined : { cause: fault.cause },
    );
    this.code = fault.code;
    this.file = fault.file;
    this.place = place;
    this.value = fault.value;
    this.remedy = fault.remedy;
  }
}
