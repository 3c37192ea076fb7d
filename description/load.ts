/** Loads a description from a file: TypeScript, JavaScript or JSON. Serves networks and cores alike; what it holds is not checked here. */

import { readFile, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DescriptionError } from "./issues.ts";

/** What a description's file name may end in: a module that exports it by default, or JSON. */
export const DESCRIPTION_EXTENSIONS: readonly string[] = [".ts", ".mts", ".js", ".mjs", ".json"];

const EXAMPLE = "export default network({...}) or export default core({...})";

/**
 * The default export of a module (.ts, .mts, .js, .mjs), or the content of a .json file.
 *
 * @param example what a module that exports nothing should have written
 * @throws {DescriptionError} naming the file when it is missing or a folder, has another extension, has a syntax error, throws (with the
 * line where it does, as far as known) or has no default export.
 */
export async function loadDescription(path: string, example: string = EXAMPLE): Promise<unknown> {
  const extension = extname(path).toLowerCase();
  if (!DESCRIPTION_EXTENSIONS.includes(extension)) {
    if (await isFolder(path)) throw folderFailure(path);
    const known = DESCRIPTION_EXTENSIONS.join(", ");
    throw failure(
      path,
      `${extension === "" ? "no extension" : extension} is not a description's`,
      `use one of ${known}`,
    );
  }
  const text = await readText(path);
  return extension === ".json" ? parseJson(path, text) : importDefault(path, example);
}

/** A path that cannot be looked at is told as what its name is. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function folderFailure(path: string): DescriptionError {
  return failure(path, "is a folder", "name a file in it");
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw failure(path, "there is no such file", "correct the path");
    if (code === "EISDIR") throw folderFailure(path);
    throw failure(path, `cannot be read (${code ?? String(error)})`, "check the file and its permissions");
  }
}

/** A byte order mark in front, as some editors write, is not part of the JSON. */
function parseJson(path: string, content: string): unknown {
  const text = content.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = (error as SyntaxError).message;
    const position = /at position (\d+)/.exec(message)?.[1];
    const place = position === undefined ? path : `${path}:${lineAndColumn(text, Number(position))}`;
    throw failure(place, `is not valid JSON: ${message}`, "correct the syntax");
  }
}

function lineAndColumn(text: string, position: number): string {
  const lines = text.slice(0, position).split("\n");
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}

async function importDefault(path: string, example: string): Promise<unknown> {
  const absolute = resolve(path);
  // Loaded only for modules: the TypeScript loader takes a tenth of a second.
  const { tsImport } = await import("tsx/esm/api");
  // Node's own formatting with source maps makes the stack of a thrown error speak of the user's lines, not of the
  // generated JavaScript's; a formatter that someone else installed would hide it.
  const mapped = process.sourceMapsEnabled;
  const formatter = Error.prepareStackTrace;
  process.setSourceMapsEnabled(true);
  Reflect.deleteProperty(Error, "prepareStackTrace");
  let module: unknown;
  try {
    module = await tsImport(pathToFileURL(absolute).href, import.meta.url);
  } catch (error) {
    throw importFailure(path, absolute, error);
  } finally {
    process.setSourceMapsEnabled(mapped);
    if (formatter !== undefined) Error.prepareStackTrace = formatter;
  }
  const exported = defaultExport(module);
  if (exported !== undefined) return exported;
  throw failure(path, "has no default export", `write ${example}`);
}

/** A .ts file in a folder whose package is not "type": "module" is loaded as CommonJS, which wraps the default export once more. */
function defaultExport(module: unknown): unknown {
  const { default: exported } = module as { default?: unknown };
  const wrapped = typeof exported === "object" && exported !== null && Object.hasOwn(exported, "__esModule");
  return wrapped ? (exported as { default?: unknown }).default : exported;
}

function importFailure(path: string, absolute: string, error: unknown): DescriptionError {
  if (isDescriptionError(error)) return new DescriptionError(path, error.issues);
  if (!(error instanceof Error)) return failure(path, `throws ${String(error)}`, "correct the description");
  if (error.name === "TransformError" || error instanceof SyntaxError) return syntaxFailure(path, absolute, error);
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  if (missing !== undefined) return missingModule(path, missing);
  const place = placeInFile(error.stack ?? "", absolute);
  const message = `throws ${error.name}: ${firstLine(error.message)}`;
  return failure(place === undefined ? path : `${path}:${place}`, message, "correct the description");
}

/** "mora" itself is found only below a folder that has it installed, and in a checkout of it. */
function missingModule(path: string, module: string): DescriptionError {
  const problem = `imports "${module}", which cannot be found`;
  if (/^([./]|file:|[A-Za-z]:)/.test(module)) return failure(path, problem, "correct the path");
  const folder = "in the description's folder or one above it";
  const remedy =
    module === "mora"
      ? `install it ${folder} (npm install, with the folder of mora), or write the description as JSON`
      : `install it ${folder} (npm install ${module}), or correct its name`;
  return failure(path, problem, remedy);
}

/** By its code, since the description may have its own copy of this module. */
function isDescriptionError(error: unknown): error is DescriptionError {
  return error instanceof Error && (error as { code?: unknown }).code === "DESCRIPTION_INVALID";
}

function syntaxFailure(path: string, absolute: string, error: Error): DescriptionError {
  const lines = error.message.split("\n");
  const detail = lines.find((line) => line.includes("ERROR:")) ?? lines[0]!;
  const place = placeInFile(`${detail}\n${error.stack ?? ""}`, absolute);
  const problem = detail.replace(/^.*ERROR:\s*/, "").trim();
  return failure(place === undefined ? path : `${path}:${place}`, `syntax error: ${problem}`, "correct the syntax");
}

/** "line:column" of the first mention of the file in a stack. */
function placeInFile(stack: string, absolute: string): string | undefined {
  for (const line of stack.split("\n")) {
    const start = line.indexOf(absolute);
    if (start === -1) continue;
    const place = /^(?:\?[^:\s]*)?:(\d+:\d+)/.exec(line.slice(start + absolute.length))?.[1];
    if (place !== undefined) return place;
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.split("\n")[0]!;
}

function failure(place: string, problem: string, remedy: string): DescriptionError {
  return new DescriptionError(place.replace(/:\d+:\d+$/, ""), [{ path: place, value: undefined, problem, remedy }]);
}
