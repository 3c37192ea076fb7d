/** A pipeline without stalls: what enters in a cycle is on stage 0 in that cycle and on stage n in the n-th after it. */

export interface Pipeline<T> {
  /** One cycle. "bubble" fills a stage without work; `null`: nothing enters. */
  clock(entering: T | "bubble" | null): void;
  /** True when nothing, not even a bubble, is left for the next cycle. */
  empty(): boolean;
}

export function createPipeline<T>(stages: readonly ((token: T) => void)[]): Pipeline<T> {
  // held[n] is what stage n works on in the coming cycle.
  const held: (T | "bubble" | null)[] = stages.map(() => null);
  return {
    clock: (entering) => {
      held[0] = entering;
      for (let n = stages.length - 1; n >= 0; n--) {
        const token = held[n];
        if (token !== null && token !== undefined && token !== "bubble") stages[n]!(token);
      }
      held.unshift(null);
      held.pop();
    },
    empty: () => held.every((token) => token === null),
  };
}
