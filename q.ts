import v8 from "node:v8";
v8.setFlagsFromString("--no-liftoff");
const { stepImage, stepStimulus } = await import("./bench/step-networks.ts");
const { createEmulator } = await import("./emulator/emulator.ts");
const { loadSpecialiser } = await import("./compiler/specialise.ts");
const specialise = await loadSpecialiser();
const g=globalThis as any;
for (const [N,dens] of [[128,1],[512,1]] as const) {
const image = stepImage(N, dens);
const ems = [createEmulator(image, { specialise }),createEmulator(image, { specialise,accounting:false }),createEmulator(image)];
console.log(image.manifest.populations[1]!.currentShift);
  const st = stepStimulus(2000, 0);
  for (const [k,em] of ems.entries()) {
  let b1=1e9,b2=1e9;
  for (let i=0;i<40;i++){ g.Q=0;const t=performance.now(); em.run(st,{arrival:"burst",receiver:{readiness:256,seed:0},sample:0}); b1=Math.min(b1,performance.now()-t); b2=Math.min(b2,g.Q);}
  console.log(N, dens, k, "total", (b1*1e6/2000).toFixed(0), "wasm", (b2*1e6/2000).toFixed(0));
}
}
