/** A core's hardware as a folder: RTL, parameters, memory contents, test bench, and a Makefile that builds and runs it. */

import type { Image } from "../image/manifest.ts";
import { VERILATOR_OPTIONS } from "./build.ts";
import { hexWords } from "./hex.ts";
import type { BuildChoices } from "./parameters.ts";
import { watchedPlaces, watchText } from "./places.ts";
import { type Presented, samplesText, writesText } from "./run-files.ts";
import { benchSources, rtlSources, type SourceFile, TOP_MODULE } from "./sources.ts";

const MAKEFILE = `# Builds the simulation with Verilator (apt-get install verilator g++ make) and plays samples.txt.
VERILATOR ?= verilator

run: obj/bench
	obj/bench --writes writes.txt --samples samples.txt --watch watch.txt --report report.bin

obj/bench: files.f $(wildcard rtl/*.sv) $(wildcard bench/*)
	$(VERILATOR) --build -j 1 ${VERILATOR_OPTIONS.join(" ")} --Mdir obj -o bench -CFLAGS -O1 -f files.f bench/bench.cpp

lint:
	$(VERILATOR) --lint-only -Wall --top-module ${TOP_MODULE} -f files.f

clean:
	rm -rf obj report.bin

.PHONY: run lint clean
`;

/** Each channel once in the first of three ticks: something to see, of every network. */
function exampleSample({ manifest }: Image): Presented {
  const channels = manifest.populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  return {
    stimulus: {
      ticks: 3,
      eventStart: Uint32Array.of(0, channels, channels, channels),
      channel: Uint32Array.from({ length: channels }, (_, channel) => channel),
      offset: new Uint32Array(0),
    },
    settings: { arrival: "burst", receiver: { readiness: 256, seed: 0 }, sample: 0 },
  };
}

/**
 * Files by path within the folder.
 *
 * @param samples played by `make`; by default one that wakes every channel once
 * @param choices what is built of the core; everything by default
 */
export function rtlFolder(
  image: Image,
  samples: readonly Presented[] = [exampleSample(image)],
  choices: BuildChoices = {},
): readonly SourceFile[] {
  const { manifest, contents } = image;
  const rtl = rtlSources(manifest, undefined, choices).map(({ name, text }) => ({ name: `rtl/${name}`, text }));
  const bench = benchSources().map(({ name, text }) => ({ name: `bench/${name}`, text }));
  const memories = manifest.memories.flatMap(({ id, words, wordBits, stored }) =>
    stored && words > 0 ? [{ name: `memories/${id}.hex`, text: hexWords(contents[id]!, words, wordBits) }] : [],
  );
  return [
    ...rtl,
    ...bench,
    ...memories,
    { name: "files.f", text: rtl.map(({ name }) => `${name}\n`).join("") },
    { name: "writes.txt", text: writesText(image) },
    { name: "samples.txt", text: samplesText(image, samples) },
    { name: "watch.txt", text: watchText(watchedPlaces(manifest).places) },
    { name: "Makefile", text: MAKEFILE },
  ];
}
