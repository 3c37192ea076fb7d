import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fitDesign, fitScore, paired } from "../../cli/json-fit.ts";
import { accuracy, activity, latency, memory, quantisation, spread } from "../../cli/json-parts.ts";
import { JSON_SCHEMAS } from "../../cli/json-schema.ts";
import { confusedScore, score, updates } from "../../cli/json-training.ts";
import { changeMeasure, rangeParts } from "../../cli/json-validation.ts";
import { describeDocument, type NamedParts } from "./describe-schema.ts";

const INTRODUCTION = `# JSON documents

Every command prints one JSON document with \`--json\`. Its field \`schema\` names command and version, for example \`mora/run/1\`. Within a
version fields keep their meaning and none is removed; a change that breaks a reader raises the number. Errors go to standard error as text, with
the exit codes of docs/cli.md. Shares and accuracies are from 0 to 1, cycles are of the clock that the core description gives.

This page is written from cli/json-schema.ts by test/cli/json-docs.test.ts (UPDATE_GOLDEN=1).
`;

const SHARED: NamedParts = {
  accuracy,
  spread,
  memory,
  quantisation,
  latency,
  activity,
  score,
  confusedScore,
  updates,
  changeMeasure,
  rangeParts,
  paired,
  fitScore,
  fitDesign,
};

/** Documents that others hold are referred to by their name, too. */
const NAMED: NamedParts = {
  ...SHARED,
  "mora/run/1": JSON_SCHEMAS["mora/run/1"],
  "mora/train/1": JSON_SCHEMAS["mora/train/1"],
};

function page(): string {
  const documents = Object.entries(JSON_SCHEMAS).map(
    ([name, schema]) => `## ${name}\n\n${describeDocument(schema, NAMED)}\n`,
  );
  const shared = Object.keys(SHARED).map((name) => `### ${name}\n\n${describeDocument(NAMED[name], NAMED)}\n`);
  return [INTRODUCTION, ...documents, "## Parts of several documents\n", ...shared].join("\n");
}

test("docs/json.md is what the schemas say", () => {
  const file = new URL("../../docs/json.md", import.meta.url);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, page());
  expect(readFileSync(file, "utf8")).toBe(page());
});

test("each field of a document is a bullet", () => {
  expect(page()).toContain("- `droppedEvents`: whole number");
  expect(page()).toContain(
    "- `accuracy`: [accuracy](#accuracy) or null. Null without labels or without decision unit.",
  );
  expect(page().match(/^## mora\//gm)).toHaveLength(Object.keys(JSON_SCHEMAS).length);
});
