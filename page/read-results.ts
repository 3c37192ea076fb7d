/** Reads a result file for a page: what does not count is told with its line, and a file of something else is refused. */

import { readResults, type StoredResults } from "../explore/result-store.ts";
import { readLines } from "../formats/json-lines.ts";
import { PageError } from "./page-error.ts";

/** Faults beyond these are counted only. */
const MOST_NOTES = 8;

/**
 * Lines of a result file, and what is wrong with it as notes for the page: a line that a kill has torn, or that was changed, does not count.
 *
 * @throws PageError for a file of something else, with the line, and for one without any result
 */
export function readSweepResults(path: string): StoredResults & { readonly notes: readonly string[] } {
  for (const { number, text } of readLines(path)) {
    const schema = schemaOf(text);
    if (schema === undefined || schema === "mora/result/1") continue;
    const problem = `holds ${JSON.stringify(schema.slice(0, 40))}, among lines of "mora/result/1"`;
    throw new PageError(`${path}, line ${number}`, problem, "give each kind of file a page of its own");
  }
  const results = readResults(path);
  const { faults } = results;
  if (results.lines.size === 0) {
    const why =
      faults.length === 0 ? "holds no result" : `holds no result that counts: ${faults[0]!.slice(path.length + 2)}`;
    throw new PageError(path, why, "make some with mora sweep SPACE -o FILE");
  }
  const notes = faults.slice(0, MOST_NOTES);
  if (faults.length > MOST_NOTES) notes.push(`and ${faults.length - MOST_NOTES} more lines that do not count`);
  return { ...results, notes };
}

/** @returns undefined for a text that is no JSON object with a schema: torn lines among them */
function schemaOf(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as { readonly schema?: unknown } | null;
    return typeof value?.schema === "string" ? value.schema : undefined;
  } catch {
    // The reader of results says so, with the line's number.
    return undefined;
  }
}
