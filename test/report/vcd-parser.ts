/** A small reader of value change dumps, written from IEEE 1364-2001 section 18 and not from the writer. */

export interface ParsedSignal {
  readonly name: string;
  readonly scope: string;
  readonly bits: number;
  /** Time and value from then on; null is unknown. */
  readonly changes: readonly (readonly [time: number, value: number | null])[];
}

export interface ParsedVcd {
  readonly timescale: string;
  readonly signals: readonly ParsedSignal[];
  readonly end: number;
}

export function parseVcd(text: string): ParsedVcd {
  const [head, body] = text.split("$enddefinitions $end");
  if (body === undefined) throw new Error("no $enddefinitions");
  const timescale = /\$timescale\s+(.*?)\s+\$end/.exec(head!)![1]!;
  const byId = new Map<string, { name: string; scope: string; bits: number; changes: [number, number | null][] }>();
  let scope = "";
  for (const [, keyword, rest] of head!.matchAll(/\$(scope|upscope|var)\s*(.*?)\s*\$end/g)) {
    if (keyword === "scope") scope = rest!.split(/\s+/)[1]!;
    if (keyword === "upscope") scope = "";
    if (keyword !== "var") continue;
    const [, bits, id, name] = rest!.split(/\s+/);
    if (byId.has(id!)) throw new Error(`code ${id} is used twice`);
    byId.set(id!, { name: name!, scope, bits: Number(bits), changes: [] });
  }
  let time = -1;
  const put = (id: string, digits: string): void => {
    const signal = byId.get(id);
    if (signal === undefined) throw new Error(`no signal ${id}`);
    if (digits.length > signal.bits) throw new Error(`${signal.name}: ${digits} is wider than ${signal.bits} bits`);
    signal.changes.push([time, /x/.test(digits) ? null : Number.parseInt(digits, 2)]);
  };
  for (const line of body.split("\n")) {
    const vector = /^b([01x]+) (\S+)$/.exec(line);
    const scalar = /^([01x])(\S+)$/.exec(line);
    if (line.startsWith("#")) {
      const next = Number(line.slice(1));
      if (!(next > time)) throw new Error(`time ${next} after ${time}`);
      time = next;
    } else if (vector !== null) put(vector[2]!, vector[1]!);
    else if (scalar !== null) put(scalar[2]!, scalar[1]!);
    else if (line !== "" && line !== "$dumpvars" && line !== "$end") throw new Error(`cannot read "${line}"`);
  }
  return { timescale, signals: [...byId.values()], end: time };
}

/** Total time for which a one-bit signal is high, and the times at which it rises. */
export function highTime(
  { changes }: ParsedSignal,
  end: number,
): { readonly total: number; readonly rises: readonly number[] } {
  const rises: number[] = [];
  let total = 0;
  changes.forEach(([time, value], n) => {
    if (value !== 1) return;
    rises.push(time);
    total += (changes[n + 1]?.[0] ?? end) - time;
  });
  return { total, rises };
}
