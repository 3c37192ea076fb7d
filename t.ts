import v8 from "node:v8";
v8.setFlagsFromString("--no-liftoff");
const { timeSteps } = await import("./bench/steps.ts");
await timeSteps(console.log);
