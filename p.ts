import v8 from "node:v8";
v8.setFlagsFromString("--no-liftoff");
const { stepImage, stepStimulus } = await import("./bench/step-networks.ts");
const { createEmulator } = await import("./emulator/emulator.ts");
const { loadSpecialiser } = await import("./compiler/specialise.ts");
const { buildReference } = await import("./bench/c-reference.ts");
const specialise = await loadSpecialiser();
const fs = await import("node:fs");
fs.mkdirSync("/tmp/k/b",{recursive:true});
for (const [N,dens] of [[128,1],[128,0.25],[512,0.25]] as const) {
const image = stepImage(N, dens);
const em = createEmulator(image, { specialise });
const un = createEmulator(image, { specialise, accounting:false });
for (const spikes of [0,1,10,100]) {
  const st = stepStimulus(2000, spikes);
  const ref = buildReference(image, st, {name:"",neurons:N,density:dens,spikesPerStep:spikes}, "/tmp/k/b");
  let b1=1e9,b2=1e9,b3=1e9;
  for (let r=0;r<12;r++) { b3=Math.min(b3,ref(5).nsPerStep);
  for (let i=0;i<8;i++){ const t=performance.now(); em.run(st,{arrival:"burst",receiver:{readiness:256,seed:0},sample:0}); b1=Math.min(b1,performance.now()-t); 
   const t2=performance.now(); un.run(st,{arrival:"burst",receiver:{readiness:256,seed:0},sample:0}); b2=Math.min(b2,performance.now()-t2); } }
  console.log(N, dens, spikes, "acc", (b1*1e6/2000).toFixed(0), "unacc", (b2*1e6/2000).toFixed(0), "C",b3, (b1*1e6/2000/b3).toFixed(3));
}
}
