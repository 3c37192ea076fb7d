/** First pass of the compiler: a network description becomes the IR, with every number resolved. */

import { axonShape, synapseShape } from "../description/array-shape.ts";
import { connectionArrays } from "../description/connection-order.ts";
import { at, DescriptionError, type Issue } from "../description/issues.ts";
import type { NetworkDescription } from "../description/network.ts";
import type { Projection } from "../description/projections.ts";
import { stepOrder } from "../description/step-order.ts";
import { inSteps } from "../description/units.ts";
import { checkNetwork } from "../description/validate.ts";
import { randomStream } from "../formats/random.ts";
import { gather, projectionRows } from "./connections.ts";
import { type Filling, fillDelays, fillWeights } from "./initialise.ts";
import type { NetworkIr, PopulationIr, ProjectionIr } from "./ir.ts";
import { resolvePopulation } from "./populations.ts";
import { resolveLearning } from "./resolve-learning.ts";

export interface ResolveOptions {
  /** Folder that the files of `fromFile` are relative to: the description's own. */
  readonly baseDirectory: string;
}

/**
 * Resolves a description: checks it, puts populations in step order (description/step-order.ts), draws or loads weights and delays,
 * resolves what learns (compiler/resolve-learning.ts).
 *
 * Weights and thresholds keep their numbers: threshold units, or millivolts for a network in millivolts. A negative
 * zero becomes zero. The same description, files and seed give the same IR, bit for bit. Random numbers come from streams
 * named by the network's seed, the projection's name and what is drawn, in synapse order (axon order for axonal delays).
 *
 * @param description a network description, or unknown data such as parsed JSON.
 * @throws {DescriptionError} with every mistake of the description, or else with every mistake of its files, and initial values beyond
 *   the limits of what learns.
 */
export async function resolve(description: unknown, options: ResolveOptions): Promise<NetworkIr> {
  const network = checkNetwork(description);
  const declared = Object.entries(network.populations);
  const index = new Map(declared.map(([name], i) => [name, i]));
  const edges = network.projections.map(({ from, to }) => ({ from: index.get(from)!, to: index.get(to)! }));
  const order = stepOrder(
    declared.map(([, { kind }]) => kind === "input"),
    edges,
  );
  const place = new Map(order.map((p, i) => [declared[p]![0], i]));
  const populations = order.map((p) => resolvePopulation(...declared[p]!, network.timestep.ms));

  const issues: Issue[] = [];
  const names = projectionNames(network.projections);
  const projections: ProjectionIr[] = [];
  for (const [i, projection] of network.projections.entries()) {
    const ends = { name: names[i]!, from: place.get(projection.from)!, to: place.get(projection.to)! };
    const path = at("projections", i);
    projections.push(await resolveProjection(issues, path, projection, ends, populations, network, options));
  }
  const learning = resolveLearning(issues, network, { populations, projections });
  if (issues.length > 0) throw new DescriptionError("network", issues);
  const ir = { timestepMs: network.timestep.ms, populations, projections };
  return learning === undefined ? ir : { ...ir, learning };
}

async function resolveProjection(
  issues: Issue[],
  path: string,
  projection: Projection,
  ends: { readonly name: string; readonly from: number; readonly to: number },
  populations: readonly PopulationIr[],
  { seed = 1, timestep }: NetworkDescription,
  { baseDirectory }: ResolveOptions,
): Promise<ProjectionIr> {
  const { name, from, to } = ends;
  const pre = populations[from]!.size;
  const post = populations[to]!.size;
  const rows = projectionRows(projection, pre, post, seed, name);
  const listed = projection.kind === "sparse" ? projection.connections : undefined;
  const perSynapse = {
    baseDirectory,
    shape: synapseShape(pre, post, listed && connectionArrays(listed).pre.length),
    count: rows.post.length,
    gather: ({ data, nested }) => (projection.kind === "dense" ? data : gather(rows, data, nested)),
  } satisfies Partial<Filling>;

  const weight = await fillWeights(issues, projection.weights, {
    ...perSynapse,
    path: at(path, "weights"),
    random: randomStream(seed, `${name} weights`),
  });

  const { delays } = projection;
  const perAxon = {
    baseDirectory,
    shape: axonShape(pre),
    count: pre,
    gather: ({ data }) => data,
  } satisfies Partial<Filling>;
  const filled =
    delays === undefined
      ? new Uint16Array(0)
      : await fillDelays(
          issues,
          delays.init,
          {
            ...(delays.kind === "axonal" ? perAxon : perSynapse),
            path: at(at(path, "delays"), "init"),
            random: randomStream(seed, `${name} delays`),
          },
          { unit: delays.init.unit, timestepMs: timestep.ms, max: inSteps(delays.max, timestep.ms) },
        );
  return {
    name,
    from,
    to,
    recurrent: to <= from,
    storage: projection.kind,
    delayKind: delays?.kind ?? "none",
    rowStart: rows.rowStart,
    post: rows.post,
    weight,
    delay: delays?.kind === "synaptic" ? filled : new Uint16Array(0),
    axonDelay: delays?.kind === "axonal" ? filled : new Uint16Array(0),
  };
}

/** "from -> to"; the second projection between the same two is "from -> to #2", and so on. */
function projectionNames(projections: readonly Projection[]): readonly string[] {
  const seen = new Map<string, number>();
  return projections.map(({ from, to }) => {
    const name = `${from} -> ${to}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  });
}
