/** The name of an image file that is to be written. */

import { basename, extname } from "node:path";
import { UsageError } from "./errors.ts";

const EXPORTED = [".h5", ".hdf5", ".npz"];
/** Names of what other commands and programs read as something else. */
const FOREIGN = [...EXPORTED, ".npy", ".json", ".csv", ".ts", ".js"];

/** An image by the name of another format would be read as that. @throws UsageError */
export function checkImageName(out: string | undefined): void {
  if (out === undefined) return;
  const extension = extname(out);
  const lower = extension.toLowerCase();
  if (!FOREIGN.includes(lower)) return;
  const name = `${basename(out, extension)}.mora`;
  const exported = EXPORTED.includes(lower) ? `; mora export ${name} -o ${basename(out)} then writes that format` : "";
  throw new UsageError(`-o ${out}: has the name of another format than an image's; give ${name}${exported}`);
}
