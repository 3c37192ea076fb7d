/**
 * Step order: in which order the populations of a network are updated within one time step.
 *
 * 1. Inputs come first, in order of declaration.
 * 2. Populations that reach each other (a strongly connected component of the projections) form a group; all others are
 *    a group of their own. Groups stand so that every projection between two groups points forward; among the groups that could come
 *    next, the one whose first member is declared first does.
 * 3. Within a group populations stand in order of declaration.
 *
 * A projection is recurrent when its target does not stand after its source. So declaration order decides only where a loop
 * leaves the choice: which projection of the loop is the one with the extra step.
 */

/** A projection as indices of declaration. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

/**
 * @param isInput one entry for each population, in order of declaration; inputs must not be targets.
 * @returns indices of declaration in step order.
 */
export function stepOrder(isInput: readonly boolean[], edges: readonly Edge[]): readonly number[] {
  const count = isInput.length;
  const targets: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of edges) targets[from]!.push(to);
  const group = components(targets);

  const groupCount = Math.max(-1, ...group) + 1;
  const members: number[][] = Array.from({ length: groupCount }, () => []);
  for (let p = 0; p < count; p++) members[group[p]!]!.push(p);
  const waitingFor = new Uint32Array(groupCount);
  for (const { from, to } of edges) if (group[from] !== group[to]) waitingFor[group[to]!]!++;

  const rank = (g: number): number => members[g]![0]! + (isInput[members[g]![0]!] ? 0 : count);
  const ready = members.map((_, g) => g).filter((g) => waitingFor[g] === 0);
  const order: number[] = [];
  while (ready.length > 0) {
    const next = ready.reduce((best, g) => (rank(g) < rank(best) ? g : best));
    ready.splice(ready.indexOf(next), 1);
    for (const p of members[next]!) {
      order.push(p);
      for (const to of targets[p]!) {
        const g = group[to]!;
        if (g !== next && --waitingFor[g]! === 0) ready.push(g);
      }
    }
  }
  return order;
}

/** Strongly connected components (Tarjan 1972, with a stack of its own so that long chains do not exhaust the call stack); a number for each node. */
function components(targets: readonly (readonly number[])[]): readonly number[] {
  const count = targets.length;
  const component = new Array<number>(count).fill(-1);
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const edge = new Uint32Array(count);
  const open: number[] = [];
  let nextIndex = 0;
  let nextComponent = 0;
  for (let root = 0; root < count; root++) {
    if (index[root] !== -1) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (index[node] === -1) {
        index[node] = low[node] = nextIndex++;
        open.push(node);
      }
      const target = targets[node]![edge[node]!++];
      if (target === undefined) {
        path.pop();
        const parent = path[path.length - 1];
        if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
        if (low[node] === index[node]) {
          let member: number;
          do {
            member = open.pop()!;
            component[member] = nextComponent;
          } while (member !== node);
          nextComponent++;
        }
      } else if (index[target] === -1) {
        path.push(target);
      } else if (component[target] === -1) {
        low[node] = Math.min(low[node]!, index[target]!);
      }
    }
  }
  return component;
}
