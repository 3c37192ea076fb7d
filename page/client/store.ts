/** What the reader has chosen; every part of the page draws what it says. */

export interface Choice {
  /** Designs that the filters leave, in order. */
  readonly shown: readonly number[];
  /** The filters in words; "" without any. */
  readonly filter: string;
  readonly selected: number | null;
  /** Measures of the front; z null: two of them. */
  readonly x: number;
  readonly y: number;
  readonly z: number | null;
  /** Axis by which marks are coloured. */
  readonly colour: number;
  readonly logX: boolean;
  /** A front for each value of the colour's axis, beside that of all. */
  readonly apart: boolean;
}

export interface Store {
  get(): Choice;
  set(change: Partial<Choice>): void;
  /** Called after each change, with what has changed. */
  watch(listener: (choice: Choice, changed: ReadonlySet<keyof Choice>) => void): void;
}

export function createStore(first: Choice): Store {
  let choice = first;
  const listeners: ((choice: Choice, changed: ReadonlySet<keyof Choice>) => void)[] = [];
  return {
    get: () => choice,
    set(change) {
      const names = (Object.keys(change) as (keyof Choice)[]).filter((name) => change[name] !== choice[name]);
      if (names.length === 0) return;
      choice = { ...choice, ...change };
      for (const listener of listeners) listener(choice, new Set(names));
    },
    watch: (listener) => listeners.push(listener),
  };
}
