/** Reads what `mora run` and `mora train` have written: a record, or the document of `--json`. */

import { readFileSync } from "node:fs";
import * as v from "valibot";
import type { RunReading } from "../page/run-page.ts";
import type { RunDocument, TrainDocument } from "./documents.ts";
import { InputError } from "./errors.ts";
import { JSON_SCHEMAS } from "./json-schema.ts";
import type { RecordDocument } from "./record-document.ts";

const READ = ["mora/record/1", "mora/run/1", "mora/train/1"] as const;
type Read = (typeof READ)[number];

/**
 * A file that is one JSON document of ours; undefined for anything else, a file of lines among it.
 *
 * @throws InputError for a document that is not what its schema says, and for one of which there is no page
 */
export function readRun(path: string): RunReading | undefined {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    // Longer than a text can be: no document that was written here, but lines can be so many.
    const long = (error as NodeJS.ErrnoException).code === "ERR_STRING_TOO_LONG";
    if (!(error instanceof SyntaxError) && !long) throw error;
    return undefined;
  }
  const schema = (document as { readonly schema?: unknown } | null)?.schema;
  if (schema === "mora/result/1") return undefined;
  if (!(READ as readonly unknown[]).includes(schema)) {
    const known = `give a result file of mora sweep, or ${READ.join(", ")}`;
    throw new InputError(
      path,
      `is ${typeof schema === "string" ? `"${schema}"` : "no document of mora"}, of which there is no page`,
      known,
    );
  }
  checkDocument(path, schema as Read, document);
  const none = { mora: null, date: null, source: null, run: null, training: null, samples: [], parameters: [] };
  switch (schema as Read) {
    case "mora/run/1":
      return { ...none, run: document as RunDocument };
    case "mora/train/1":
      return { ...none, training: document as TrainDocument };
    case "mora/record/1": {
      const record = document as RecordDocument;
      if (record.run === null && record.training === null)
        throw new InputError(path, "holds neither a run nor a training", "record it again");
      return record;
    }
  }
}

/** Fields that a later version has added do no harm. @throws InputError with the path of the first field that is wrong */
function checkDocument(path: string, schema: Read, document: unknown): void {
  const { issues = [] } = v.safeParse(JSON_SCHEMAS[schema] as v.GenericSchema, document);
  const wrong = issues.find(({ type, expected }) => !(type === "strict_object" && expected === "never"));
  if (wrong === undefined) return;
  const place = v.getDotPath(wrong) ?? "the document";
  throw new InputError(
    path,
    `${place}: ${wrong.message}`,
    `${schema} is described in docs/json.md; write the file again`,
  );
}
