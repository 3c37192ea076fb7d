// Surrogates of hidden neurons, looked up at the neuron update (docs/core.md, section 10.3).

import * as l from "./layout";
import * as t from "./learning-tables";
import { surrogateLast, surrogateTable } from "./registers";

/** psi = table[min(|v - theta| >> shift, last)], v before reset. */
export function psiOf(v: i64, theta: i64, shift: i32): u16 {
  const place = abs(v - theta) >> <i64>shift;
  return load<u16>(surrogateTable + ((<i32>min(place, <i64>surrogateLast)) << 1));
}

/** psi of every neuron of a narrow population, from the membranes that the update has kept before reset. */
export function lookUp(target: i32, population: i32): void {
  const size = load<i32>(target, t.TG_SIZE);
  const membrane = load<i32>(target, t.TG_MEMBRANE);
  const surrogate = load<i32>(target, t.TG_SURROGATE);
  const shift = load<i32>(target, t.TG_SURROGATE_SHIFT);
  const theta = load<i32>(population, l.POP_THRESHOLD);
  for (let s = 0; s < size << 1; s += 2) {
    const place = abs(<i32>load<i16>(membrane + s) - theta) >> shift;
    store<u16>(surrogate + s, load<u16>(surrogateTable + (min(place, surrogateLast) << 1)));
  }
}
