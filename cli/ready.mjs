// Makes a clone ready: installs and builds what is missing or older than its sources. Plain JavaScript, no dependency, since
// it runs before there are any. In an installed package there is nothing to do.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the clone; its output goes to standard error, which leaves standard output to the user's command. */
function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (done.status !== 0) {
    process.stderr.write(`mora: "${command} ${args.join(" ")}" failed in ${root}\n`);
    process.exit(70);
  }
}

/** Newest modification of the files below a folder (or of a file), 0 if there is none. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isOlder(product, sources) {
  const made = newest(join(root, product));
  return made === 0 || sources.some((source) => newest(join(root, source)) > made);
}

/** Installs and builds what is missing. */
export function ready() {
  if (!existsSync(join(root, "tsconfig.build.json"))) return;
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  const mark = join(root, "node_modules", ".mora-installed");
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== lock) {
    process.stderr.write("mora: installing packages (npm ci)\n");
    run("npm", ["ci", "--no-audit", "--no-fund"]);
    writeFileSync(mark, lock);
  }
  if (isOlder("build/core.wasm", ["assembly", "asconfig.json"]) || !existsSync(join(root, "build/core.debug.wasm"))) {
    process.stderr.write("mora: building the core (assembly/ -> build/core.wasm)\n");
    run("npm", ["run", "-s", "build:wasm"]);
  }
  const sources = ["index.ts", "assembly/layout.ts", "description", "compiler", "image", "emulator", "reference"];
  if (isOlder("dist/.built", [...sources, "datasets", "report", "cli", "tsconfig.build.json", "tsconfig.json"])) {
    process.stderr.write("mora: building the compiler and the command line (-> dist/)\n");
    run("npm", ["run", "-s", "build:ts"]);
    writeFileSync(join(root, "dist", ".built"), "");
  }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) ready();
