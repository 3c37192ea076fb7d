#!/usr/bin/env node
// The `mora` command: in a clone it first makes ready what is missing, then hands over to the built command line.
import { ready } from "./ready.mjs";

ready();
const { main } = await import("../dist/cli/main.js");
process.exitCode = await main(process.argv.slice(2));
