/** What is allowed in a network but is probably not meant. */

import type { Issue } from "./issues.ts";
import { at } from "./issues.ts";
import type { NetworkDescription } from "./network.ts";

/** Warnings of a checked description: populations that no input reaches, and networks of which nothing can be observed. */
export function networkWarnings({ populations, projections }: NetworkDescription): readonly Issue[] {
  const warnings: Issue[] = [];
  const reached = new Set(Object.keys(populations).filter((name) => populations[name]!.kind === "input"));
  let grew = true;
  while (grew) {
    const before = reached.size;
    for (const { from, to } of projections) if (reached.has(from)) reached.add(to);
    grew = reached.size > before;
  }
  for (const name of Object.keys(populations)) {
    if (reached.has(name)) continue;
    const problem = "no input reaches this population, so that it never fires";
    warnings.push({
      path: at("populations", name),
      value: undefined,
      problem,
      remedy: "project to it, or leave it out",
    });
  }
  const observable = Object.values(populations).some(
    (population) => population.kind === "readout" || (population.kind === "lif" && population.output === true),
  );
  if (!observable) {
    const remedy = "add a readout, or output: true to a lif population";
    warnings.push({ path: "populations", value: undefined, problem: "nothing leaves the core", remedy });
  }
  return warnings;
}
