/** Something that is done again and again, one after the other, with a pause between them. */

export interface Beats {
  stop(): void;
}

/** @param onError told of what a turn throws; the next one comes all the same */
export function startBeats(pause: number, turn: () => Promise<void>, onError: (error: unknown) => void): Beats {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = (): void => {
    timer = setTimeout(async () => {
      try {
        await turn();
      } catch (error) {
        onError(error);
      }
      if (!stopped) next();
    }, pause);
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
