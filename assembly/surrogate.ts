// Surrogates of hidden neurons, looked up at the neuron update (docs/core.md, section 10.3).

import * as l from "./layout";
import { surrogateLast, surrogateTable } from "./registers";

/** psi of every neuron of a learning target, from the membranes that the update has kept before reset. */
export function lookUp(target: i32, population: i32): void {
  const size = load<i32>(target, l.TG_SIZE);
  const membrane = load<i32>(target, l.TG_MEMBRANE);
  const surrogate = load<i32>(target, l.TG_SURROGATE);
  const shift = load<i32>(target, l.TG_SURROGATE_SHIFT);
  const narrow = load<i32>(population, l.POP_NARROW) != 0;
  const parameters = load<i32>(population, l.POP_PARAMETERS);
  let theta = load<i32>(population, l.POP_THRESHOLD);
  for (let j = 0; j < size; j++) {
    const v = narrow ? <i32>load<i16>(membrane + (j << 1)) : load<i32>(membrane + (j << 2));
    if (parameters) theta = load<i32>(parameters + (j << 3), 4);
    let psi: u16 = 0;
    // No membrane has the lowest 32-bit value but that of a neuron in its refractory period: theta >= 1, v >= -2^31.
    if (narrow || v != i32.MIN_VALUE) {
      const distance = abs(<i64>v - <i64>theta) >> <i64>shift;
      psi = load<u16>(surrogateTable + ((<i32>min(distance, <i64>surrogateLast)) << 1));
    }
    store<u16>(surrogate + (j << 1), psi);
  }
}
