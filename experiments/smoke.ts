import { ARMS, armOf } from "./arms.ts";
import { executeRun } from "./execute.ts";

for (const n of process.argv.slice(2)) {
  try {
    const a = armOf(n);
    const e = 2;
    const r = await executeRun(
      { arm: { ...a, data: "digits-tiny", epochs: e }, fold: 0, seed: 101 },
      { machine: "m", commit: "c" },
      () => {},
    );
    console.log(
      n,
      "ms/sample",
      ((r.seconds * 1000) / (r.epochs * r.trainingSamples)).toFixed(2),
      "bytes",
      r.deployed?.bytes,
      r.engine?.bytes,
      r.deployed?.decision.mean,
      "par",
      r.parameters,
      r.engine?.bitsPerSynapse,
      r.deployed?.bitsPerSynapse,
    );
  } catch (e) {
    console.log(n, String(e));
  }
}
void ARMS;
