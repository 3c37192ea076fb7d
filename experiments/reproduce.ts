/**
 * `npm run -s reproduce`: makes the runs that are missing, those that keys need first, and writes docs/results/.
 *
 *     --list           what there is to run, what is done, how long the rest takes; runs nothing
 *     --only PATTERN   only arms whose name matches the regular expression, keyed or not
 *     --all            also the arms that no key needs
 *     --minutes N      begins no run that would end after N minutes; default 150, with --all or --only none
 *     --report         runs nothing, writes keys, tables and plots from the stored runs
 *     --quick          checks what is stored and repeats the tiny runs; under 5 minutes
 */

import { parseArgs } from "node:util";
import { whole } from "../report/numbers.ts";
import { renderTable } from "../report/table.ts";
import { type Run, runsOf } from "./arm.ts";
import { ARMS } from "./arms.ts";
import { missingFile } from "./data.ts";
import { runKey } from "./decides.ts";
import { secondsOf } from "./estimate.ts";
import { computeKeys, isMet } from "./keys.ts";
import { currentRuns, origin, publish, runsFile } from "./publish.ts";
import { checkResults } from "./quick.ts";
import { appendRun, readRuns } from "./run-store.ts";
import { makeRuns, nameOf } from "./schedule.ts";

const WORKERS = 2;
const DEFAULT_MINUTES = 150;

const log = (line: string): void => console.log(line);

function options() {
  const { values } = parseArgs({
    options: {
      list: { type: "boolean", default: false },
      only: { type: "string" },
      all: { type: "boolean", default: false },
      minutes: { type: "string" },
      report: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
    },
  });
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  if (minutes !== undefined && !(minutes > 0))
    throw new RangeError(`--minutes ${values.minutes}: give a number above 0`);
  const unlimited = values.all || values.only !== undefined;
  return { ...values, minutes: minutes ?? (unlimited ? Number.POSITIVE_INFINITY : DEFAULT_MINUTES) };
}

const given = options();

/** Runs of the chosen arms, in order: fold by fold within keyed and others, so that comparisons fill evenly. */
function chosenRuns(): readonly Run[] {
  const pattern = given.only === undefined ? undefined : new RegExp(given.only);
  const arms = ARMS.filter(({ name, keyed }) => pattern?.test(name) ?? (given.all || keyed));
  if (arms.length === 0) throw new RangeError(`--only ${given.only}: no arm has such a name; --list --all shows them`);
  const groups = [arms.filter(({ keyed }) => keyed), arms.filter(({ keyed }) => !keyed)];
  return groups.flatMap((group) => group.flatMap(runsOf).sort((a, b) => a.fold - b.fold));
}

function list(runs: readonly Run[]): void {
  const stored = readRuns(runsFile());
  const done = new Set(stored.runs.map(({ key }) => key));
  const arms = ARMS.filter((arm) => runs.some((run) => run.arm === arm));
  let total = 0;
  const rows = arms.map((arm) => {
    const own = runs.filter((run) => run.arm === arm);
    const open = own.filter((run) => !done.has(runKey(run)));
    const each = secondsOf(own[0]!, stored.runs);
    total += each * open.length;
    return [
      arm.name,
      arm.keyed ? "yes" : "",
      arm.model,
      String(own.length),
      String(own.length - open.length),
      whole(each),
      whole((each * open.length) / 60),
    ];
  });
  const titles = ["arm", "keyed", "model", "runs", "done", "s a run", "min to go"];
  const columns = titles.map((title, n) => (n < 3 ? { title, align: "left" as const } : { title }));
  const notes = [
    `To go: ${whole(total / 60)} minutes of one core, about ${whole(total / 60 / WORKERS)} minutes on ${WORKERS}.`,
  ];
  log(renderTable({ title: "Runs", columns, rows, notes }, "text"));
}

async function run(runs: readonly Run[]): Promise<number> {
  const stored = readRuns(runsFile());
  for (const fault of stored.faults) log(fault);
  const done = new Set(stored.runs.map(({ key }) => key));
  const absent = new Set(runs.flatMap(({ arm }) => missingFile(arm.data) ?? []));
  for (const path of absent) log(`not there: ${path}; what needs it is left out`);
  const open = runs.filter((one) => !done.has(runKey(one)) && missingFile(one.arm.data) === undefined);
  log(`${runs.length} runs, ${runs.length - open.length} of them done, missing data or stored; ${open.length} to make`);
  const { failed, left } = await makeRuns({
    runs: open,
    origin: origin(),
    workers: WORKERS,
    budgetSeconds: 60 * given.minutes,
    secondsOf: (one) => secondsOf(one, stored.runs),
    onResult: (result) => appendRun(runsFile(), result),
    log,
  });
  if (left.length > 0) log(`no time left for: ${left.map(nameOf).join(", ")}; run it again to go on`);
  publish();
  summary();
  for (const line of failed) log(`failed: ${line}`);
  return failed.length === 0 ? 0 : 1;
}

function summary(): void {
  for (const key of computeKeys(currentRuns(readRuns(runsFile())))) {
    const { name, value, low, high, missing } = key;
    const met = isMet(key);
    const range = low === null ? "" : ` (95 %: ${low} to ${high})`;
    const verdict = met === null ? "" : met ? ", met" : ", missed";
    log(value === null ? `${name}: not known, missing ${missing.join(", ")}` : `${name}: ${value}${range}${verdict}`);
  }
}

if (given.quick) {
  const faults = await checkResults(log);
  for (const fault of faults) log(`wrong: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else if (given.list) list(chosenRuns());
else if (given.report) {
  publish();
  summary();
} else process.exitCode = await run(chosenRuns());
