/**
 * The network description: what a user writes, as plain data that JSON can hold.
 *
 * `JSON.parse(JSON.stringify(network({...})))` is the same network; the types here are the JSON's schema.
 */

import type { NetworkLearning } from "./learning.ts";
import type { Population } from "./populations.ts";
import type { PopulationRef, Projection } from "./projections.ts";
import type { Milliseconds } from "./units.ts";

export interface NetworkDescription {
  /** Length of a time step, > 0. */
  readonly timestep: Milliseconds;
  /** Seed of every random initialiser, 0..2^32-1; default 1. */
  readonly seed?: number;
  /** Populations by name; a name is a letter, then letters, digits, "_" or "-", at most 64 of them. */
  readonly populations: Readonly<Record<string, Population>>;
  readonly projections: readonly Projection[];
  /** How the network learns; absent: it does not. */
  readonly learn?: NetworkLearning;
}

export interface NetworkOptions extends Omit<NetworkDescription, "projections"> {
  readonly projections: readonly Projection<PopulationRef>[];
}

/**
 * Makes a network description: replaces each population that a projection refers to by its name in `populations`.
 *
 * Nothing is checked here; `checkNetwork` and `resolve` report all mistakes together. A reference that has no name
 * becomes a text that says so, which no population can be called, and is reported with its path.
 *
 * @example
 * const sound = input({ channels: 140 });
 * const digit = readout({ size: 10, tau: ms(40) });
 * export default network({
 *   timestep: ms(5),
 *   populations: { sound, digit },
 *   projections: [dense(sound, digit, { weights: normal(0, 0.1) })],
 * });
 */
export function network(options: NetworkOptions): NetworkDescription {
  const { projections, ...rest } = options;
  if (!Array.isArray(projections)) return options as NetworkDescription;
  const names = new Map<unknown, string[]>();
  for (const [name, population] of Object.entries(rest.populations ?? {})) {
    names.set(population, [...(names.get(population) ?? []), name]);
  }
  const nameOf = (ref: unknown): string => {
    if (typeof ref !== "object" || ref === null) return ref as string;
    const [first, ...others] = names.get(ref) ?? [];
    if (first === undefined)
      return `a population that is not listed in populations: ${JSON.stringify(ref).slice(0, 60)}`;
    return others.length === 0
      ? first
      : `a population that is listed ${others.length + 1} times: ${[first, ...others].join(", ")}`;
  };
  const named = projections.map((projection: unknown): Projection => {
    if (typeof projection !== "object" || projection === null) return projection as Projection;
    const { from, to, ...others } = projection as Projection<PopulationRef>;
    return { ...others, from: nameOf(from), to: nameOf(to) } as Projection;
  });
  return { ...rest, projections: named };
}
