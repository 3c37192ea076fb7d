import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, expect } from "vitest";
import { JSON_SCHEMAS } from "../../cli/json-schema.ts";
import { main } from "../../cli/main.ts";

export { EVENTS, NETWORK, type NetworkJson } from "./run-inputs.ts";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line and captures what it prints. */
export async function mora(...argv: string[]): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    interactive: false,
  });
  return { code, stdout, stderr };
}

/** Runs a command with --json, expects success, and checks the document against its schema. */
export async function moraJson<K extends keyof typeof JSON_SCHEMAS>(
  schema: K,
  ...argv: string[]
): Promise<v.InferOutput<(typeof JSON_SCHEMAS)[K]>> {
  const { code, stdout, stderr } = await mora(...argv, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return checkDocument(schema, stdout);
}

/** Parses a document and throws with the path of what does not match the schema. */
export function checkDocument<K extends keyof typeof JSON_SCHEMAS>(
  schema: K,
  text: string,
): v.InferOutput<(typeof JSON_SCHEMAS)[K]> {
  const result = v.safeParse(JSON_SCHEMAS[schema], JSON.parse(text));
  if (result.success) return result.output as v.InferOutput<(typeof JSON_SCHEMAS)[K]>;
  throw new Error(result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join("\n"));
}

/** Exit code, nothing on standard output, a message without a stack. */
export async function expectRefusal(code: number, message: RegExp, ...argv: string[]): Promise<void> {
  const outcome = await mora(...argv);
  expect({ code: outcome.code, stdout: outcome.stdout }, outcome.stderr).toEqual({ code, stdout: "" });
  expect(outcome.stderr).toMatch(message);
  expect(outcome.stderr).toMatch(/^mora: /);
  expect(outcome.stderr).not.toMatch(/\n {4}at /);
}

/** A folder of its own, removed after the file's tests. */
export function temporaryFolder(): {
  readonly path: (name: string) => string;
  write(name: string, text: string): string;
  files(): string[];
} {
  const folder = mkdtempSync(join(tmpdir(), "mora-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: (name) => join(folder, name),
    write(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    files: () => readdirSync(folder).sort(),
  };
}
