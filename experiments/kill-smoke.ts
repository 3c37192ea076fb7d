import { armOf } from "./arms.ts";
import { makeRuns } from "./schedule.ts";

const r = (n: string) => ({ arm: armOf(n), fold: 0, seed: 101 });
console.log(
  await makeRuns({
    runs: [r("snn-both"), r("tiny-yin-yang"), r("srnn-both")],
    origin: { machine: "m", commit: "c" },
    runSeconds: 12,
    budgetSeconds: 600,
    secondsOf: ({ arm }) => (arm.name === "srnn-both" ? 9999 : 5),
    onResult: (x) => console.log("result", x.arm),
    log: console.log,
  }),
);
