/** Interrupts, from the keyboard or by whatever else stops a process: what has to be tidied up before it ends. */

import { EXIT_INTERRUPTED } from "./exit-codes.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * From now on an interrupt has `tidy` done and then ends the process with code 130. A second one does not wait for that.
 *
 * @returns ends it: interrupts are again what they were
 */
export function onInterrupt(tidy: () => void | Promise<void>): () => void {
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  };
  const interrupt = (): void => {
    stop();
    const tidied = tidy();
    if (tidied === undefined) process.exit(EXIT_INTERRUPTED);
    else void tidied.finally(() => process.exit(EXIT_INTERRUPTED));
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return stop;
}
