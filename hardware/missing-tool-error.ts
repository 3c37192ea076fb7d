/** A program that building or synthesis needs is not on this machine. */
export class MissingToolError extends Error {
  override readonly name: string = "MissingToolError";

  /** @param packages Debian's, as apt-get install takes them */
  constructor(tool: string, packages: string) {
    super(`${tool}: is not installed; apt-get install ${packages}`);
  }
}
