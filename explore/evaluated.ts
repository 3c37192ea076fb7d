/** What running or training a design adds to what is known of its image. */

import type { Measures } from "./measures.ts";

export interface Evaluated {
  readonly measures: Partial<Measures>;
  readonly right: string | null;
  readonly emulationSeconds: number;
}
