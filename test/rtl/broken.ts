/**
 * The way of a difference, end to end: `mora cosim` on RTL with a mistake must find it, tell its place, write waves around it, and end
 * with the code for it. Without this, "0 differences" could mean that none is ever told.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CosimDocument } from "../../cli/documents.ts";
import { EXIT_DIFFERENCE } from "../../cli/exit-codes.ts";

const ROOT = join(import.meta.dirname, "..", "..");

interface Mistake {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  /** What is wrong with what is told of it. */
  readonly problems: (told: Told) => readonly string[];
}

type Told = NonNullable<CosimDocument["difference"]>;

const MISTAKES: readonly Mistake[] = [
  // A row's weights are subtracted where they should be added.
  {
    file: "mora_lanes.sv",
    right: "SumBits'(signed'(operand)) + SumBits'",
    wrong: "SumBits'(signed'(operand)) - SumBits'",
    problems: ({ step, module, address, what }) => [
      ...(step === 0 ? [] : [`told in step ${step}; the mistake shows in step 0`]),
      ...(/^(ring|membrane) of hidden/.test(what) ? [] : [`told is "${what}", not a ring or membrane of hidden`]),
      ...(/\.u_(ring|neurons)\./.test(module) && /word \d+/.test(address) ? [] : [`no place: ${module}, ${address}`]),
    ],
  },
  // Memories are read in the cycle in which they are written, which those with one port assert that nobody does.
  {
    file: "mora_ram.sv",
    right: "assign read          = read_i ||",
    wrong: "assign read          = read_i || write_i ||",
    problems: ({ step, from, cycle, module, address, what }) => [
      ...(step === 0 && from === cycle
        ? []
        : [`told in step ${step}, cycles ${from} to ${cycle}; it is one cycle of step 0`]),
      ...(what === 'assertion "a read and a write in one cycle of a memory with one port"' ? [] : [`told is ${what}`]),
      ...(/^TOP\.mora_core\..*\.u_ram$/.test(module) && /^mora_ram_1rw\.sv:\d+$/.test(address)
        ? []
        : [`no place: ${module}, ${address}`]),
    ],
  },
];

/** Small: the first spike shows the mistake. */
const NETWORK = {
  timestep: { ms: 1 },
  populations: {
    touch: { kind: "input", channels: 4 },
    hidden: { kind: "lif", size: 6, tau: { ms: 5 }, threshold: 1, reset: "subtract" },
    class: { kind: "readout", size: 2, tau: { ms: 20 } },
  },
  projections: [
    { kind: "dense", from: "touch", to: "hidden", weights: { kind: "uniform", low: 0.2, high: 0.9 } },
    { kind: "dense", from: "hidden", to: "class", weights: { kind: "normal", mean: 0, sd: 0.5 } },
  ],
};
/** Its rings and membranes are memories of one port. */
const CORE = ["--core", "tiny"] as const;
const EVENTS = "time_ms,channel,sample,label\n0.5,0,0,0\n2.5,1,0,0\n2.6,2,0,0\n";

/** @returns what is wrong with the way a difference takes; empty: nothing */
export function checkDifferencePath(cache: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "mora-broken-"));
  try {
    return MISTAKES.flatMap((mistake, n) => told(mistake, join(folder, `${n}`), cache));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function told({ file, right, wrong, problems: problemsOf }: Mistake, folder: string, cache: string): readonly string[] {
  mkdirSync(folder);
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("net.json"), JSON.stringify(NETWORK));
  writeFileSync(at("events.csv"), EVENTS);
  mkdirSync(cache, { recursive: true });
  const mora = (...argv: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(ROOT, "cli", "mora.mjs"), ...argv], {
      encoding: "utf8",
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
  const written = mora("rtl", at("net.json"), ...CORE, "-o", at("out"));
  if (written.status !== 0) return [`mora rtl ends with ${written.status}: ${written.stderr}`];
  const place = join(at("out"), "rtl", file);
  const text = readFileSync(place, "utf8");
  if (!text.includes(right)) return [`${file} has no "${right}" any more: choose another mistake`];
  writeFileSync(place, text.replace(right, wrong));

  const run = ["cosim", at("net.json"), ...CORE, "--data", at("events.csv"), "--json", "--vcd", at("waves.vcd")];
  const { status, stdout, stderr } = mora(...run, "--rtl", join(at("out"), "rtl"));
  if (status !== EXIT_DIFFERENCE) return [`mora cosim ends with ${status}, not ${EXIT_DIFFERENCE}: ${stderr}`];
  const { differences, difference, vcd } = JSON.parse(stdout) as CosimDocument;
  if (differences !== 1 || difference === null) return ["mora cosim tells no difference"];
  const { sample, emulator, rtl, from, cycle } = difference;
  const problems = [...problemsOf(difference)];
  if (sample !== 0) problems.push(`told in sample ${sample}; there is sample 0 only`);
  if (emulator === rtl) problems.push(`both values are ${rtl}`);
  if (vcd === null || !existsSync(at("waves.vcd"))) return [...problems, "no waves are written"];
  return [...problems, ...wavesProblems(readFileSync(at("waves.vcd"), "utf8"), cycle - from)];
}

/** Two times a cycle; the step in which the difference arose is in the window, and the broken module's signals move. */
function wavesProblems(vcd: string, cycles: number): readonly string[] {
  const times = [...vcd.matchAll(/^#(\d+)$/gm)].length;
  const problems: string[] = [];
  if (times < 2 * cycles) problems.push(`the waves have ${times} times, the step has ${cycles} cycles`);
  if (!/\$scope module u_lanes \$end/.test(vcd)) problems.push("the waves have no signals of u_lanes");
  if (!/^[01b]/m.test(vcd.slice(vcd.lastIndexOf("#")))) problems.push("no signal moves at the end of the waves");
  return problems;
}
