/** The commands of mora, in the order in which --help lists them. */

import type { Command } from "./command.ts";
import { areaCommand } from "./commands/area.ts";
import { askTellCommand } from "./commands/ask-tell.ts";
import { compileCommand } from "./commands/compile.ts";
import { cosimCommand } from "./commands/cosim.ts";
import { dataCommand } from "./commands/data.ts";
import { exportCommand } from "./commands/export.ts";
import { fitCommand } from "./commands/fit.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { paretoCommand } from "./commands/pareto.ts";
import { reportCommand } from "./commands/report.ts";
import { rtlCommand } from "./commands/rtl.ts";
import { runCommand } from "./commands/run.ts";
import { sizeCommand } from "./commands/size.ts";
import { startCommand } from "./commands/start.ts";
import { sweepCommand } from "./commands/sweep.ts";
import { trainCommand } from "./commands/train.ts";
import { validateCommand } from "./commands/validate.ts";
import { workerCommand } from "./commands/worker.ts";

export const COMMANDS: readonly Command[] = [
  sizeCommand,
  compileCommand,
  runCommand,
  trainCommand,
  validateCommand,
  exportCommand,
  sweepCommand,
  fitCommand,
  paretoCommand,
  reportCommand,
  askTellCommand,
  workerCommand,
  rtlCommand,
  cosimCommand,
  areaCommand,
  inspectCommand,
  dataCommand,
  startCommand,
];
