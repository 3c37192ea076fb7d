/** What commands are given: cores, networks, images, each from a name or a file. */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { dirname, extname, resolve as resolvePath } from "node:path";
import { compileIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import type { QuantisationReport } from "../compiler/quantisation-report.ts";
import { resolve } from "../compiler/resolve.ts";
import { completeCore } from "../description/complete-core.ts";
import type { CompleteCore, PresetName } from "../description/core.ts";
import { didYouMean } from "../description/did-you-mean.ts";
import { DescriptionError, formatIssue } from "../description/issues.ts";
import { DESCRIPTION_EXTENSIONS, loadDescription } from "../description/load.ts";
import type { NetworkDescription } from "../description/network.ts";
import { networkWarnings } from "../description/warnings.ts";
import { MAGIC } from "../image/format.ts";
import type { Image } from "../image/manifest.ts";
import { decodeImage } from "../image/read.ts";
import { InputError, withFile } from "./errors.ts";
import type { Io } from "./io.ts";
import { PRESET_NAMES } from "./options.ts";

/** The core of a preset's name or of a description file. @throws DescriptionError, InputError */
export async function loadCore(nameOrFile: string = "default"): Promise<CompleteCore> {
  if (PRESET_NAMES.includes(nameOrFile)) return completeCore({ preset: nameOrFile as PresetName });
  if (extname(nameOrFile) === "") {
    throw new InputError(
      `--core ${nameOrFile}`,
      "is neither a preset nor a description file",
      didYouMean(nameOrFile, PRESET_NAMES),
    );
  }
  return about(nameOrFile, async () => completeCore(await loadDescription(nameOrFile)));
}

/** The network of a description file, resolved; what is probably not meant is said on standard error. @throws DescriptionError */
export async function loadNetwork(path: string, io: Io): Promise<NetworkIr> {
  return about(path, async () => {
    const description = await loadDescription(path);
    const ir = await resolve(description, { baseDirectory: dirname(resolvePath(path)) });
    for (const warning of networkWarnings(description as NetworkDescription)) {
      io.stderr(`mora: warning: ${path}: ${formatIssue(warning)}\n`);
    }
    return ir;
  });
}

/** Errors of a description name its file, of which the validator does not know. */
async function about<T>(path: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof DescriptionError) || error.message.startsWith(path)) throw error;
    throw new DescriptionError(path, error.issues);
  }
}

/** An image file. @throws ImageError, InputError */
export function loadImage(path: string): Image {
  return decodeImage(
    withFile(path, () => readFileSync(path)),
    path,
  );
}

/** What `mora run` runs. */
export interface Program {
  readonly image: Image;
  /** Null when the program came as an image, which holds no float64 weights. */
  readonly ir: NetworkIr | null;
  readonly quantisation: QuantisationReport | null;
}

/** An image, or a network compiled for a core. @throws InputError for a core beside an image, and as loading and compiling do */
export async function loadProgram(path: string, core: string | undefined, io: Io): Promise<Program> {
  if (isImage(path)) {
    if (core !== undefined) {
      throw new InputError(
        `--core ${core}`,
        `${path} is an image, which has its core inside`,
        "leave --core out, or give the network",
      );
    }
    return { image: loadImage(path), ir: null, quantisation: null };
  }
  const description = await loadCore(core);
  const ir = await loadNetwork(path, io);
  const { image, report } = compileIr(ir, description);
  return { image, ir, quantisation: report };
}

/** By the first bytes; a damaged image is told from a description by its name. */
function isImage(path: string): boolean {
  if (DESCRIPTION_EXTENSIONS.includes(extname(path).toLowerCase())) return false;
  const head = new Uint8Array(MAGIC.length);
  const read = withFile(path, () => {
    const file = openSync(path, "r");
    try {
      return readSync(file, head);
    } finally {
      closeSync(file);
    }
  });
  const starts = read === head.length && head.every((byte, i) => byte === MAGIC[i]);
  if (starts || extname(path).toLowerCase() === ".mora") return true;
  throw new InputError(
    path,
    "is neither an image nor a network description",
    `give an image that mora compile has made, or a file with one of ${DESCRIPTION_EXTENSIONS.join(", ")}`,
  );
}
