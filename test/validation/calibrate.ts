/**
 * The calibration of FIDELITY_BOUND, as docs/decisions/0006-validate-verdict.md shows it: the fidelity of each quantity on every
 * healthy and starved core, and on whatever core the command line adds.
 *
 * @example
 * npx tsx test/validation/calibrate.ts 1 2 3           seeds
 * npx tsx test/validation/calibrate.ts 1 '{"trace":{"bits":7}}'
 */

import type { CoreDescription } from "../../description/core.ts";
import { HEALTHY, STARVED } from "./cases.ts";
import { learningCore, NETWORKS, validated } from "./networks.ts";

const given = process.argv.slice(2);
const seeds = given.filter((text) => /^[0-9]+$/.test(text)).map(Number);
const extra = given.filter((text) => text.startsWith("{"));
const cores: (readonly [string, CoreDescription])[] =
  extra.length > 0
    ? extra.map((text) => {
        const { decision, weights, ...learning } = JSON.parse(text);
        return [text, learningCore(learning, { ...(decision && { decision }), ...(weights && { weights }) })] as const;
      })
    : [
        ...HEALTHY.map(({ name, core }) => [name, core] as const),
        ...STARVED.map(({ kind, severity, core }) => [`${kind}, ${severity}`, core] as const),
      ];

for (const network of NETWORKS) {
  for (const [name, core] of cores) {
    for (const seed of seeds) {
      const { verdict } = await validated(network, core, { seed });
      const findings = verdict.findings.slice(0, 3).map(({ quantity, parameter, fidelity, path, saturated }) => {
        const stored = quantity === "update" || quantity === "change";
        return `${stored ? `${quantity} ${parameter}` : quantity} ${fidelity.toFixed(3)} (${saturated ? "saturates, " : ""}${path})`;
      });
      console.log(
        `| ${network} | ${name} | ${seed} | ${verdict.limits === null ? "nothing" : verdict.limits.path} | ${findings.join(", ")} |`,
      );
    }
  }
}
