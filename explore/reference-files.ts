/** Files of weights and delays in a network description: by path where a user writes it, by content where it travels. */

import { resolve } from "node:path";
import { type Contents, isReference, type LocalFiles } from "./contents.ts";
import type { DesignPoint } from "./point.ts";

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Replaces the file of every initialiser of a description; what is not as a description should be is left to the validator. */
function mapFiles(description: unknown, fileOf: (file: string) => string): unknown {
  const initialiser = (value: unknown): unknown => {
    if (!isObject(value) || value.kind !== "file" || typeof value.file !== "string") return value;
    return { ...value, file: fileOf(value.file) };
  };
  if (!isObject(description) || !Array.isArray(description.projections)) return description;
  const projections = description.projections.map((projection: unknown) => {
    if (!isObject(projection)) return projection;
    const { delays } = projection;
    return {
      ...projection,
      ...("weights" in projection && { weights: initialiser(projection.weights) }),
      ...(isObject(delays) && { delays: { ...delays, ...("init" in delays && { init: initialiser(delays.init) }) } }),
    };
  });
  return { ...description, projections };
}

/** Puts references in place of paths, which are relative to `directory`. @throws DescriptionError for a file that is not there */
export function referenceFiles(description: unknown, directory: string, files: LocalFiles): unknown {
  return mapFiles(description, (file) => (isReference(file) ? file : files.add(resolve(directory, file), "network")));
}

/** Files that a description names, each once. */
function filesIn(description: unknown): ReadonlySet<string> {
  const files = new Set<string>();
  mapFiles(description, (file) => {
    files.add(file);
    return file;
  });
  return files;
}

/** Everything that evaluating a point reads from files, by reference, each once: weights and delays, data, test data. */
export function referencesOf({ network, data, training }: DesignPoint): readonly string[] {
  const sources = [data, training?.test ?? null].flatMap((plan) => (plan === null ? [] : [plan.source]));
  return [...new Set([...filesIn(network), ...sources.filter(isReference)])];
}

/** Puts paths of this machine in place of references. */
export async function locateFiles(description: unknown, contents: Contents): Promise<unknown> {
  const references = filesIn(description);
  const paths = new Map<string, string>();
  for (const reference of references) paths.set(reference, await contents.pathOf(reference));
  return mapFiles(description, (file) => paths.get(file)!);
}
