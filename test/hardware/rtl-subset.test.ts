// What the RTL does not use, because a tool reads it otherwise than the standard (docs/decisions/0009-rtl-subset.md).

import { expect, test } from "vitest";
import { DESIGN_POINTS, manifestOf } from "../../bench/area-points.ts";
import { rtlSources } from "../../hardware/sources.ts";

test("no parameter has '1 as its default: yosys 0.23 takes it for a single 1, whatever the parameter's width", async () => {
  const sources = rtlSources(await manifestOf(DESIGN_POINTS[0]!));
  const found = sources.flatMap(({ name, text }) =>
    text
      .split("\n")
      .flatMap((line, n) => (/^\s*parameter\b[^/]*=\s*'[1xz]/.test(line) ? [`${name}:${n + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
  expect(sources.length).toBeGreaterThan(80);
});
