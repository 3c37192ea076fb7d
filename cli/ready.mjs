// Makes a clone ready: installs and builds what is missing or older than its sources. Plain JavaScript, no dependency, since
// it runs before there are any. In an installed package there is nothing to do. With --installed: npm has just installed the packages.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, "build", ".making");

/** EX_SOFTWARE of sysexits.h, as cli/exit-codes.ts has it for faults that are not the user's. */
const EXIT_SOFTWARE = 70;

const INSTALLED = {
  title: "installing packages (npm ci)",
  mark: join("node_modules", ".mora-installed"),
  sources: [],
  // What a surrounding npm or NODE_ENV=production sets in the environment must not leave the compilers out.
  commands: [["npm", "ci", "--include=dev", "--include=optional", "--no-dry-run", "--no-audit", "--no-fund"]],
};

/**
 * What is made, in order. Each leaves a mark that holds a fingerprint of its sources, written when it is complete: an
 * interrupted install or build has no mark, or an old one, and is made again.
 */
const PRODUCTS = [
  INSTALLED,
  {
    title: "building the core (assembly/ -> build/core.wasm)",
    mark: join("build", ".core-built"),
    needs: [join("build", "core.wasm"), join("build", "core.debug.wasm")],
    sources: ["assembly", "asconfig.json"],
    commands: [["npm", "run", "-s", "build:wasm"]],
  },
  {
    title: "building the compiler and the command line (-> dist/)",
    // Not in dist/, all of which is packed.
    mark: join("build", ".dist-built"),
    needs: [join("dist", "index.js"), join("dist", "cli", "main.js"), join("dist", "page", "client.js")],
    // Whatever is a part of the package: a list of folders would have to be kept in step with tsconfig.build.json.
    sources: ["index.ts", "tsconfig.json", "tsconfig.build.json", ...buildFolders()],
    // Outputs of deleted sources must not stay.
    clean: "dist",
    commands: [["npm", "run", "-s", "build:ts"]],
  },
];

function isClone() {
  return existsSync(join(root, "tsconfig.build.json"));
}

function buildFolders() {
  return isClone() ? JSON.parse(readFileSync(join(root, "tsconfig.build.json"), "utf8")).include : [];
}

/** Installs and builds what is missing; exits with code 70 when that fails. */
export function ready() {
  if (!isClone()) return;
  requireNode();
  const lock = readFileSync(join(root, "package-lock.json"));
  const isMade = (product) => isComplete(product, lock);
  if (PRODUCTS.every(isMade)) return;
  takeLock();
  try {
    for (const product of PRODUCTS) if (!isMade(product)) make(product, lock);
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** What the install of a user leaves is as good as one of its own: it need not be made again. Compilers may be missing in it. */
function markInstalled() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const installed = (name) => existsSync(join(root, "node_modules", name, "package.json"));
  if (!isClone() || !Object.keys(devDependencies).every(installed)) return;
  const { mark, sources } = INSTALLED;
  writeFileSync(join(root, mark), fingerprint(sources, readFileSync(join(root, "package-lock.json"))));
}

/** From package.json, `engines`. */
function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  process.stderr.write(`mora: this is Node ${process.versions.node}, needed is ${engines.node}; update Node\n`);
  process.exit(EXIT_SOFTWARE);
}

function isComplete({ mark, needs = [], sources }, lock) {
  const path = join(root, mark);
  if (!existsSync(path) || !needs.every((file) => existsSync(join(root, file)))) return false;
  return readFileSync(path, "utf8") === fingerprint(sources, lock);
}

function make({ title, mark, sources, clean, commands }, lock) {
  process.stderr.write(`mora: ${title}\n`);
  rmSync(join(root, mark), { force: true });
  if (clean !== undefined) rmSync(join(root, clean), { recursive: true, force: true });
  // Taken first: what is edited during the build is then newer than its product.
  const made = fingerprint(sources, lock);
  for (const [command, ...args] of commands) run(command, args);
  writeFileSync(join(root, mark), made);
}

/** Versions of all packages, and path, size and time of change of every source. */
function fingerprint(sources, lock) {
  const hash = createHash("sha256").update(lock);
  for (const source of sources) addFiles(hash, source);
  return hash.digest("hex");
}

function addFiles(hash, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(join(root, path)).sort()) addFiles(hash, `${path}/${name}`);
}

/** Runs a command in the clone; its output goes to standard error, which leaves standard output to the user's command. */
function run(command, args) {
  // npm is a script on Windows, which needs a shell; no argument here has a space.
  const done = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (done.status === 0) return;
  const reason = done.error === undefined ? "" : ` (${done.error.message})`;
  process.stderr.write(`mora: "${command} ${args.join(" ")}" failed in ${root}${reason}\n`);
  rmSync(lockFile, { force: true });
  process.exit(EXIT_SOFTWARE);
}

/** Two commands in a fresh clone at the same time: the second waits for the first. */
function takeLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let waited = 0; ; waited++) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isAbandoned()) continue;
    if (waited === 0) process.stderr.write(`mora: waiting for another process that makes this clone ready\n`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

/** Whether the process that wrote the lock has ended without removing it; then the lock is removed. */
function isAbandoned() {
  try {
    const pid = Number(readFileSync(lockFile, "utf8"));
    // Between its creation and its first byte the lock is empty.
    if (pid === 0 && Date.now() - statSync(lockFile).mtimeMs < 5000) return false;
    if (pid > 0) process.kill(pid, 0);
    else unlinkSync(lockFile);
    return pid === 0;
  } catch (error) {
    if (error.code === "ENOENT") return true;
    if (error.code !== "ESRCH") return false;
    rmSync(lockFile, { force: true });
    return true;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === "--installed") markInstalled();
  else ready();
}
