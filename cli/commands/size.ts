/** mora size: does the network fit, and what does it take? */

import { excessesOf, formatExcess } from "../../compiler/capacity.ts";
import { compileIr } from "../../compiler/compile.ts";
import { blockRamReport, blockRamTable } from "../../report/block-rams.ts";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import { peerCosts, peerTable } from "../../report/peers.ts";
import { quantisationTables } from "../../report/quantisation.ts";
import { whatIfTable } from "../../report/what-if.ts";
import type { Command } from "../command.ts";
import type { SizeDocument } from "../documents.ts";
import { EXIT_DOES_NOT_FIT, EXIT_OK } from "../exit-codes.ts";
import { loadCore, loadNetwork } from "../inputs.ts";
import { coreOption, formatOptions } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";
import { startProgress } from "../progress.ts";
import { schemeVariants, VARIANTS, weightVariants } from "../what-if.ts";

interface SizeArguments extends FormatArguments {
  readonly network: string;
  readonly core?: string;
  readonly whatIf: boolean;
}

export const sizeCommand: Command = {
  usage: "size <network>",
  summary: "Memory of a network on a core, and on variants of the core",
  positionals: { network: { type: "string", describe: "Network description (.ts, .js, .json)" } },
  options: {
    core: coreOption,
    "what-if": {
      type: "boolean",
      default: true,
      describe: "Other delay schemes and weight widths (--no-what-if: skip)",
    },
    ...formatOptions,
  },
  examples: [
    ["mora size network.ts", "on the default core"],
    ["mora size network.ts --core tiny", "on a preset; exit code 3 if it does not fit"],
    ["mora size network.ts --core core.ts --json", "as JSON"],
  ],
  async run(args, io) {
    const { network, core: coreName, whatIf, ...format } = args as unknown as SizeArguments;
    const core = await loadCore(coreName);
    const ir = await loadNetwork(network, io);
    // Compiled without the check of capacities, so that a network that does not fit shows by how much.
    const { image, report } = compileIr(ir, core, { checkCapacity: false });
    const excesses = excessesOf(image.manifest, core);
    const progress = startProgress(io, "variants", VARIANTS);
    let done = 0;
    const onDone = (): void => progress.update(++done);
    const variants = whatIf
      ? { schemes: schemeVariants(ir, core, onDone), weights: weightVariants(ir, core, onDone) }
      : null;
    progress.stop();
    const memory = memoryReport(image.manifest);
    const blockRams = blockRamReport(image.manifest);
    const peers = peerCosts(image.manifest);
    const fits = excesses.length === 0;
    const document: SizeDocument = {
      schema: "mora/size/1",
      network,
      core: core.name,
      fits,
      excesses: excesses.map(({ memory: id, symbol, needsBytes, capacityBytes, alternatives }) => ({
        memory: id,
        symbol,
        needsBytes,
        capacityBytes,
        alternatives,
      })),
      memory,
      blockRams,
      quantisation: report,
      whatIf: variants,
      peers,
    };
    printResult(io, format, {
      document,
      headline: [
        fits ? `${network} fits the core "${core.name}".` : `${network} does not fit the core "${core.name}".`,
      ],
      tables: [
        memoryTable(memory),
        blockRamTable(blockRams),
        ...quantisationTables(report),
        ...(variants === null
          ? []
          : [
              whatIfTable("What if: other delay schemes", variants.schemes),
              whatIfTable("What if: other weight widths", variants.weights),
            ]),
        peerTable(peers),
      ],
    });
    if (fits) return EXIT_OK;
    io.stderr(`mora: ${network} does not fit the core "${core.name}"\n`);
    for (const excess of excesses) io.stderr(`  ${formatExcess(excess)}\n`);
    return EXIT_DOES_NOT_FIT;
  },
};
