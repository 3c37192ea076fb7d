/** Value change dumps (IEEE 1364-2001, section 18), as GTKWave reads them. */

export interface VcdSignal {
  /** Letters, digits, "_". */
  readonly name: string;
  /** Module in which a viewer shows it. */
  readonly scope: string;
  readonly bits: number;
}

export interface VcdWriter {
  /** Value of signal `index` from `cycle` on; cycles must not fall. Negative values are two's complement. */
  change(cycle: number, index: number, value: number): void;
  /** Ends the dump at a cycle, so that the last values are visible. */
  finish(cycle: number): void;
}

/**
 * Timescale in which every cycle of the clock starts at a whole number: nanoseconds if the period is a whole number of them, else
 * picoseconds, to which a period that is none is rounded (each edge by itself, so that errors do not add up).
 */
export function vcdTimescale(clockHz: number): { readonly unit: "1 ns" | "1 ps"; readonly perSecond: number } {
  return Number.isInteger(1e9 / clockHz) ? { unit: "1 ns", perSecond: 1e9 } : { unit: "1 ps", perSecond: 1e12 };
}

/** Writes the header at once, then changes as they come. One-bit signals start at 0, wider ones unknown. */
export function createVcd(signals: readonly VcdSignal[], clockHz: number, write: (text: string) => void): VcdWriter {
  const { unit, perSecond } = vcdTimescale(clockHz);
  const ids = signals.map((_, index) => identifier(index));
  const scopes = [...new Set(signals.map(({ scope }) => scope))];
  const header = [`$comment mora; ${clockHz} Hz clock as described, not synthesised $end`, `$timescale ${unit} $end`];
  for (const scope of scopes) {
    header.push(`$scope module ${scope} $end`);
    signals.forEach((signal, index) => {
      if (signal.scope !== scope) return;
      const range = signal.bits === 1 ? "" : ` [${signal.bits - 1}:0]`;
      header.push(
        `$var ${signal.bits === 1 ? "wire" : "reg"} ${signal.bits} ${ids[index]} ${signal.name}${range} $end`,
      );
    });
    header.push("$upscope $end");
  }
  const initial = signals.map(({ bits }, index) => (bits === 1 ? `0${ids[index]}` : `bx ${ids[index]}`));
  write(`${[...header, "$enddefinitions $end", "#0", "$dumpvars", ...initial, "$end"].join("\n")}\n`);

  const last = signals.map(({ bits }) => (bits === 1 ? 0 : Number.NaN));
  let time = 0;
  const advance = (cycle: number): void => {
    const next = Math.round((cycle * perSecond) / clockHz);
    if (next < time) throw new RangeError(`vcd: cycle ${cycle} comes after a later one`);
    if (next > time) write(`#${next}\n`);
    time = next;
  };
  return {
    change(cycle, index, value) {
      if (last[index] === value) return;
      advance(cycle);
      last[index] = value;
      const { bits } = signals[index]!;
      write(bits === 1 ? `${value & 1}${ids[index]}\n` : `b${binary(value, bits)} ${ids[index]}\n`);
    },
    finish: advance,
  };
}

/** Two's complement without leading zeros of positive numbers, which a reader extends. */
function binary(value: number, bits: number): string {
  return (value < 0 ? value + 2 ** bits : value).toString(2);
}

/** Short codes of printable characters, "!" first. */
function identifier(index: number): string {
  const digit = String.fromCharCode(33 + (index % 94));
  return index < 94 ? digit : identifier(Math.floor(index / 94) - 1) + digit;
}
