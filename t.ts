import { compileIr } from "./compiler/compile.ts";
import { resolve } from "./compiler/resolve.ts";
import { loadSpecialiser } from "./compiler/specialise.ts";
import { openDataset } from "./datasets/open.ts";
import { bin } from "./datasets/bin.ts";
import { dense, synaptic } from "./description/projections.ts";
import { normal, uniform } from "./description/initialisers.ts";
import { input, lif, readout } from "./description/populations.ts";
import { network } from "./description/network.ts";
import { learn, gaussian } from "./description/learning.ts";
import { ms, steps } from "./description/units.ts";
import { createCoreLearner } from "./training/core-learner.ts";
import type { BinnedSample } from "./datasets/sample.ts";
const arg = Object.fromEntries(process.argv.slice(2).map((a) => a.split("=")));
const H = Number(arg.H ?? 64), rec = arg.rec === "1", epochs = Number(arg.epochs ?? 3), N = Number(arg.n ?? 2700);
const update = arg.update === "step" ? "step" : "sample";
const sound = input({ channels: 140 });
const hidden = lif({ size: H, tau: ms(20), threshold: 1, reset: "subtract" });
const digit = readout({ size: 10, tau: ms(Number(arg.tauo ?? 80)) });
const net = network({
  timestep: ms(5), seed: Number(arg.seed ?? 1),
  populations: { sound, hidden, digit },
  projections: [
    dense(sound, hidden, { weights: normal(0, Number(arg.wis ?? 1.2) / Math.sqrt(140)), delays: synaptic({ max: steps(23), init: uniform(0, 23) }),
      learn: { weights: { rate: Number(arg.eta ?? 0.04), limit: 1 }, delays: { rate: Number(arg.etad ?? 1000) } } }),
    ...(rec ? [dense(hidden, hidden, { weights: normal(0, 0.3 / Math.sqrt(H)), delays: synaptic({ max: steps(23), init: uniform(0, 23) }),
      learn: { weights: { rate: Number(arg.etar ?? 0.3), limit: 2 }, delays: { rate: Number(arg.etadr ?? 100) } } })] : []),
    dense(hidden, digit, { weights: normal(0, 1 / Math.sqrt(H)), learn: { weights: { rate: Number(arg.etao ?? 0.04), limit: 4 } } }),
  ],
  learn: learn({ weights: { rate: 0.04 }, surrogate: gaussian(0.5, 0.5), update, steps: 120, channelShift: 4, schedule: "cosine" }),
});
const ir = await resolve(net, { baseDirectory: "." });
const accum = { bits: 16, saturate: "add" as const };
const { image, report } = compileIr(ir, { preset: "learning", accumulator: accum, memories: { traces: { bytes: 262144 }, changes: { bytes: 1e6 } }, learning: JSON.parse(arg.learning ?? "{}") } as never);
if (arg.show) { console.log(JSON.stringify(image.manifest.learning, null, 1)); console.log(JSON.stringify((report as any).learning, null, 1)); }
const specialise = await loadSpecialiser();
const learner = createCoreLearner(image, { specialise });
const load = async (f: string, limit: number) => {
  const d = await openDataset(`../shared/data/fsdd_cochlea_${f}.h5.gz`);
  const out: BinnedSample[] = [];
  for await (const s of d.samples({ limit })) out.push(bin(s, { timestepMs: 5, steps: 120, group: 5, channels: d.channels }));
  d.close(); return out;
};
const all = await load("train", N);
const val = all.filter((_, i) => (i * 7919) % 9 < 2), train = all.filter((_, i) => (i * 7919) % 9 >= 2);
let r = 12345; const rnd = (n: number) => { r = (Math.imul(r, 1103515245) + 12345) >>> 0; return Math.floor((r / 2 ** 32) * n); };
let pres = 0;
for (let e = 0; e < epochs; e++) {
  const order = train.map((_, i) => i); for (let i = order.length - 1; i > 0; i--) { const j = rnd(i + 1); [order[i], order[j]] = [order[j]!, order[i]!]; }
  const t0 = performance.now(); let ok = 0, loss = 0, sp = 0;
  for (const [q, i] of order.entries()) {
    learner.setRateFactor(0.5 * (1 + Math.cos((Math.PI * (e + q / order.length)) / epochs)));
    const s = train[i]!; const sh = rnd(9) - 4; 
    const start = new Uint32Array(121); const ch: number[] = [];
    for (let t = 0; t < 120; t++) { for (let k = s.stepStart[t]!; k < s.stepStart[t + 1]!; k++) { const c = s.channel[k]! + sh; if (c >= 0 && c < 140) ch.push(c); } start[t + 1] = ch.length; }
    const p = learner.present({ ...s, stepStart: start, channel: Uint16Array.from(ch) }, s.label, ++pres);
    ok += Number(p.class === s.label); loss += p.loss ?? 0; sp += p.spikes[0]!;
  }
  const t1 = performance.now(); let vok = 0;
  for (const s of val) vok += Number(learner.present(s, undefined, ++pres).class === s.label);
  console.log(`ep ${e} train ${((100 * ok) / train.length).toFixed(1)} loss ${(loss / train.length).toFixed(3)} val ${((100 * vok) / val.length).toFixed(1)} (${val.length}) sp ${(sp / train.length).toFixed(0)} ms/sample ${((t1 - t0) / train.length).toFixed(2)} ms/run ${((performance.now() - t1) / val.length).toFixed(2)}`);
  const u = learner.takeUpdates()!; if (arg.show || e === 0) console.log(JSON.stringify(u));
}
