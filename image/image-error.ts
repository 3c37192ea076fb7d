/** Why an image file was refused. */

export type ImageErrorCode =
  /** Not an image of this project at all. */
  | "IMAGE_FOREIGN"
  /** Written by a later version of the format. */
  | "IMAGE_NEWER"
  /** Shorter than its header says. */
  | "IMAGE_TRUNCATED"
  /** The checksum does not match, or bytes follow the end. */
  | "IMAGE_DAMAGED"
  /** The checksum is right, but what it says makes no sense for a core. */
  | "IMAGE_INVALID";

export class ImageError extends Error {
  override readonly name: string = "ImageError";
  readonly code: ImageErrorCode;
  /** The file's name. */
  readonly file: string;
  /** Byte position or path in the manifest. */
  readonly place: string;
  readonly value: unknown;
  readonly remedy: string;

  constructor(code: ImageErrorCode, file: string, place: string, value: unknown, problem: string, remedy: string) {
    super(`${file}: ${place}${value === undefined ? "" : ` = ${shown(value)}`}: ${problem}; ${remedy}`);
    this.code = code;
    this.file = file;
    this.place = place;
    this.value = value;
    this.remedy = remedy;
  }
}

function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
