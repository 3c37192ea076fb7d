/** Files by what is in them. A reference is `sha256:HEX` and the file's extensions, by which readers know its format. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { DescriptionError } from "../description/issues.ts";

const REFERENCE = /^sha256:([0-9a-f]{64})((?:\.\w+)*)$/;
/** Extensions that stand behind a name: ".h5", ".h5.gz". */
const EXTENSIONS = /(?:\.[A-Za-z]\w*){0,2}$/;

export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/** SHA-256 that a reference names, 64 hexadecimal digits; undefined for a text that is no reference. */
export function hashOfReference(text: string): string | undefined {
  return REFERENCE.exec(text)?.[1];
}

/** Where evaluation finds files. On this machine a table of paths; on another, a cache that fetches what it lacks. */
export interface Contents {
  /** @throws Error when there is no such file, or it has other contents than its reference says */
  pathOf(reference: string): Promise<string>;
}

/** Files that a space names, each read once for its hash. */
export interface LocalFiles {
  /** @param place for the error @throws DescriptionError when the file cannot be read */
  add(path: string, place: string): string;
  /** Path by reference, of all that were added. */
  readonly paths: Readonly<Record<string, string>>;
}

export function createLocalFiles(): LocalFiles {
  const references = new Map<string, string>();
  const paths: Record<string, string> = {};
  return {
    paths,
    add(path, place) {
      const known = references.get(path);
      if (known !== undefined) return known;
      const reference = `sha256:${hashOfFile(path, place)}${EXTENSIONS.exec(basename(path))![0]}`;
      references.set(path, reference);
      paths[reference] = path;
      return reference;
    },
  };
}

function hashOfFile(path: string, place: string): string {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "there is no such file" : `cannot be read (${code})`;
    throw new DescriptionError(place, [{ path, value: undefined, problem, remedy: "correct the path" }]);
  }
}

/** Contents at known paths. A file is checked when it is first asked for: one that has changed since would give results of another name. */
export function contentsAt(paths: Readonly<Record<string, string>>): Contents {
  const checked = new Map<string, Promise<string>>();
  const check = async (reference: string): Promise<string> => {
    const path = paths[reference];
    const wanted = hashOfReference(reference);
    if (path === undefined || wanted === undefined) throw new Error(`${reference}: there is no such file here`);
    const found = hashOfFile(path, "contents");
    if (found === wanted) return path;
    throw new Error(
      `${path}: was changed while the sweep ran (SHA-256 ${found.slice(0, 8)}.., was ${wanted.slice(0, 8)}..); start it again`,
    );
  };
  return {
    pathOf(reference) {
      const known = checked.get(reference) ?? check(reference);
      checked.set(reference, known);
      return known;
    },
  };
}
