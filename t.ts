import { timeSteps } from "./bench/steps.ts";
await timeSteps(console.log);
