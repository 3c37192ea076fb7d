export type FormatErrorCode =
  | "missing-file"
  | "unknown-format"
  | "truncated"
  | "damaged"
  | "missing-dataset"
  | "wrong-type"
  | "wrong-shape"
  | "closed";

/**
 * A file that cannot be read as what it should be. The message says what is wrong with it ("is truncated in its header");
 * whoever catches it knows, and names, the file and what it was read for.
 */
export class FormatError extends Error {
  override readonly name: string = "FormatError";
  readonly code: FormatErrorCode;
  readonly remedy: string;
  /** Path of the dataset within the file, where one is at fault. */
  readonly dataset: string | undefined;
  /** The offending value, where there is one. */
  readonly value: number | string | undefined;

  constructor(
    code: FormatErrorCode,
    problem: string,
    remedy: string,
    more: { readonly dataset?: string | undefined; readonly value?: number | string; readonly cause?: unknown } = {},
  ) {
    super(problem, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.remedy = remedy;
    this.dataset = more.dataset;
    this.value = more.value;
  }
}
