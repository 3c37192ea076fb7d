// Builds as far as they need no Verilator: what is left in the cache when one fails or is killed.

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { startOf } from "../../formats/living-process.ts";
import { buildSimulation } from "../../hardware/build.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-build-"));
const cache = join(folder, "cache");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

test("a failed build leaves nothing, removes what killed ones have left, and no living one's", async () => {
  const verilator = join(folder, "verilator");
  writeFileSync(verilator, '#!/bin/sh\n[ "$1" = --version ] && echo Verilator 0.0 && exit\nls; exit 5\n');
  chmodSync(verilator, 0o755);
  vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
  const living = `making-${process.pid}-${startOf(process.pid)}-abcdef`;
  // A process of that number began at another time.
  for (const name of [living, `making-${process.pid}-1-abcdef`, "making-999999999-1-abcdef", "program-1"]) {
    mkdirSync(join(cache, name), { recursive: true });
  }
  const rtl = [{ name: "mora_core.sv", text: "module mora_core; endmodule" }];
  await expect(buildSimulation(rtl, [], { cache })).rejects.toThrow(/exit code 5.*\nmora_core\.sv\n/);
  expect(readdirSync(cache).sort()).toEqual([living, "program-1"].sort());
});

// As GNU make and dash tell of it, and as gcc and Verilator do.
test.each([
  ["make: g++: No such file or directory", "g++: is not installed; apt-get install verilator g++ make"],
  ["/bin/sh: 1: g++: not found", "g++: is not installed; apt-get install verilator g++ make"],
  [
    "x.o: fatal error: error writing: No space left on device",
    /making-\S+: has no space left to build in; free some, or set XDG_CACHE_HOME to a folder with more$/,
  ],
])("a build that ends with %s says what helps", async (line, said) => {
  const verilator = join(folder, "verilator");
  writeFileSync(
    verilator,
    `#!/bin/sh\n[ "$1" = --version ] && echo Verilator 0.0 && exit\necho '${line}' >&2; exit 2\n`,
  );
  chmodSync(verilator, 0o755);
  vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
  await expect(buildSimulation([], [], { cache })).rejects.toThrow(said);
});
