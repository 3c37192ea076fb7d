/** What the core's memories hold, by name of a population or projection, in units of the network. */
import type { Image, Manifest } from "../image/manifest.ts";
import { bitsBelow, readParameters, synapsePlaces } from "../image/synapses.ts";
import type { CoreState } from "./record.ts";

/** A trace of section 10.2 as it stands. */
export interface TraceProbe {
  /** "sound, tau of hidden". */
  readonly name: string;
  /** Values H a neuron, row-major [neuron][entry], entry 0 of this step; spikes. */
  readonly values: Float64Array;
  readonly entries: number;
}

export interface PopulationProbe {
  readonly kind: "input" | "lif" | "readout";
  readonly name: string;
  /** Membrane u or readout y in threshold units; empty for inputs. */
  readonly membrane: Float64Array;
  /** Steps for which a neuron is still refractory. */
  readonly refractory: Int32Array;
  /** 1 for each neuron that spiked in the last step; LIF only. */
  readonly spikes: Uint8Array;
  readonly traces: readonly TraceProbe[];
  /** Codes of the last step that learned, of hidden populations that learn: surrogate psi, and learning signal (filtered) or modulation. */
  readonly surrogates: Uint16Array;
  readonly signals: Int32Array;
}

export interface ProjectionProbe {
  readonly kind: "projection";
  readonly name: string;
  /** Source i has synapses rowStart[i] .. rowStart[i + 1] - 1. */
  readonly rowStart: Uint32Array;
  readonly post: Uint32Array;
  /** As the core uses them: threshold units; steps, by synapse or by source. */
  readonly weight: Float64Array;
  readonly delay: Uint16Array;
  /** As the core stores them, with the bits below the used ones. */
  readonly weightCode: Int32Array;
  readonly delayCode: Int32Array;
  /** What learning keeps for each synapse (axonal delays: for each source), as codes; empty where the core keeps no such state. */
  readonly weightEligibility: Int32Array;
  readonly delayEligibility: Int32Array;
  readonly weightChange: Int32Array;
  readonly delayChange: Int32Array;
}

export function probePopulation(manifest: Manifest, state: CoreState, population: number): PopulationProbe {
  const { kind, name, membraneFraction } = manifest.populations[population]!;
  const { learning } = manifest;
  const hidden = learning === null ? -1 : learning.populations.findIndex((entry) => entry.population === population);
  const traces = (learning?.traces ?? []).flatMap((trace, n) =>
    trace.population !== population
      ? []
      : [
          {
            name: trace.name,
            entries: trace.entries,
            values: Float64Array.from(state.learning!.traces[n]!, (code) => code * 2 ** -trace.fraction),
          },
        ],
  );
  return {
    kind,
    name,
    membrane: Float64Array.from(state.membrane[population]!, (code) => code * 2 ** -membraneFraction),
    refractory: state.refractory[population]!,
    spikes: state.spikes[population]!,
    traces,
    surrogates: hidden < 0 ? new Uint16Array(0) : state.learning!.surrogates[hidden]!,
    signals: hidden < 0 ? new Int32Array(0) : state.learning!.signals[hidden]!,
  };
}

export function probeProjection(image: Image, state: CoreState, projection: number): ProjectionProbe {
  const { manifest } = image;
  const { name, weightFraction } = manifest.projections[projection]!;
  const places = synapsePlaces(image, projection);
  const stored = readParameters(image, projection, places);
  const q = manifest.learning?.projections.findIndex((entry) => entry.projection === projection) ?? -1;
  const learned = q < 0 ? undefined : state.learning!.projections[q]!;
  const below = bitsBelow(manifest, projection);
  const now = (values: Int32Array | undefined, fixed: Int32Array): Int32Array =>
    values !== undefined && values.length > 0 ? values : fixed;
  const weightCode = now(learned?.weight, stored.weight);
  const delayCode = now(learned?.delay, stored.delay);
  return {
    kind: "projection",
    name,
    rowStart: places.rowStart,
    post: places.post,
    weight: Float64Array.from(weightCode, (code) => (code >> below.weight) * 2 ** -weightFraction),
    delay: Uint16Array.from(delayCode, (code) => code >> below.delay),
    weightCode,
    delayCode,
    weightEligibility: learned?.weightEligibility ?? new Int32Array(0),
    delayEligibility: learned?.delayEligibility ?? new Int32Array(0),
    weightChange: learned?.weightChange ?? new Int32Array(0),
    delayChange: learned?.delayChange ?? new Int32Array(0),
  };
}
