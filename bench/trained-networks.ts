import type { NetworkIr, PopulationIr, ProjectionIr } from "../compiler/ir.ts";
import { type Hdf5File, openHdf5 } from "../datasets/hdf5-file.ts";

/** The five networks of ../shared/data/trained, by name of file without extension. */
export const TRAINED_NETWORKS = ["snn_w", "snn_syn", "snn_ax", "srnn_syn", "srnn_ax"] as const;

/** Attributes of a trained network's file. */
export interface TrainedAttributes {
  readonly timestepMs: number;
  readonly steps: number;
  readonly channelGroup: number;
  readonly tauMembraneMs: number;
  readonly tauReadoutMs: number;
  readonly threshold: number;
  /** Delays are below it: number of delay slots. */
  readonly maxDelaySteps: number;
  /** Share of the test samples, 0 to 1. */
  readonly expectedAccuracy: number;
}

export interface TrainedNetwork {
  /** Populations sound (input), hidden (lif) and digit (readout); delays in steps. */
  readonly ir: NetworkIr;
  readonly expected: {
    /** Class of each test sample under argmax of the summed softmax. */
    readonly prediction: Uint8Array;
    /** Spikes of the hidden population over each test sample. */
    readonly hiddenSpikes: Uint32Array;
    /** Hidden spikes of sample 0, row-major [steps][hidden]. */
    readonly raster0: Uint8Array;
  };
  readonly attributes: TrainedAttributes;
}

function numberAttribute(attributes: Record<string, number | string>, name: string, path: string): number {
  const value = attributes[name];
  if (typeof value !== "number") throw new Error(`${path}: attribute ${name} is not a number`);
  return value;
}

/** A dense projection from the datasets `<group>/weight` [pre][post] and, if there, `<group>/delay` [pre][post] or [pre]. */
function denseProjection(
  file: Hdf5File,
  group: string,
  name: string,
  ends: { readonly from: number; readonly to: number; readonly pre: number; readonly post: number },
): ProjectionIr {
  const { from, to, pre, post } = ends;
  const weight = file.read(`${group}/weight`);
  if (weight.shape[0] !== pre || weight.shape[1] !== post) {
    throw new Error(`${file.path}: ${group}/weight is [${weight.shape}], expected [${pre}, ${post}]`);
  }
  const delay = file.has(`${group}/delay`) ? file.read(`${group}/delay`) : undefined;
  const delayKind = delay === undefined ? "none" : delay.shape.length === 1 ? "axonal" : "synaptic";
  const delays = Uint16Array.from(delay?.data ?? []);
  const expectedDelays = { none: 0, axonal: pre, synaptic: pre * post }[delayKind];
  if (delays.length !== expectedDelays) {
    throw new Error(`${file.path}: ${group}/delay has ${delays.length} entries, expected ${expectedDelays}`);
  }
  return {
    name,
    from,
    to,
    recurrent: from === to,
    storage: "dense",
    delayKind,
    rowStart: Uint32Array.from({ length: pre + 1 }, (_, i) => i * post),
    post: Uint32Array.from({ length: pre * post }, (_, k) => k % post),
    weight: weight.data,
    delay: delayKind === "synaptic" ? delays : new Uint16Array(0),
    axonDelay: delayKind === "axonal" ? delays : new Uint16Array(0),
  };
}

/**
 * Loads a trained network with its expected outputs. float32 weights are widened to float64 exactly.
 *
 * @throws DatasetError when the file is missing or damaged
 */
export async function loadTrained(path: string): Promise<TrainedNetwork> {
  const file = await openHdf5(path);
  try {
    const raw = file.attributes();
    const number = (name: string): number => numberAttribute(raw, name, path);
    const attributes: TrainedAttributes = {
      timestepMs: number("timestep_ms"),
      steps: number("steps"),
      channelGroup: number("channel_group"),
      tauMembraneMs: number("tau_membrane_ms"),
      tauReadoutMs: number("tau_readout_ms"),
      threshold: number("threshold"),
      maxDelaySteps: number("max_delay_steps"),
      expectedAccuracy: number("expected_accuracy"),
    };
    if (raw.reset !== "subtract") throw new Error(`${path}: reset is ${raw.reset}, expected subtract`);
    const [channels, hidden] = file.describe("input_hidden/weight").shape as [number, number];
    const classes = file.describe("hidden_readout/weight").shape[1]!;
    const populations: PopulationIr[] = [
      { kind: "input", name: "sound", size: channels, maxEventsPerStep: 1 },
      {
        kind: "lif",
        name: "hidden",
        size: hidden,
        decay: new Float64Array(hidden).fill(Math.exp(-attributes.timestepMs / attributes.tauMembraneMs)),
        threshold: new Float64Array(hidden).fill(attributes.threshold),
        uniform: true,
        reset: "subtract",
        refractorySteps: 0,
        output: false,
      },
      {
        kind: "readout",
        name: "digit",
        size: classes,
        decay: new Float64Array(classes).fill(Math.exp(-attributes.timestepMs / attributes.tauReadoutMs)),
        uniform: true,
      },
    ];
    const projections = [
      denseProjection(file, "input_hidden", "sound -> hidden", { from: 0, to: 1, pre: channels, post: hidden }),
    ];
    if (file.has("hidden_hidden/weight")) {
      projections.push(
        denseProjection(file, "hidden_hidden", "hidden -> hidden", { from: 1, to: 1, pre: hidden, post: hidden }),
      );
    }
    projections.push(
      denseProjection(file, "hidden_readout", "hidden -> digit", { from: 1, to: 2, pre: hidden, post: classes }),
    );
    return {
      ir: { timestepMs: attributes.timestepMs, populations, projections },
      expected: {
        prediction: Uint8Array.from(file.read("expected/prediction").data),
        hiddenSpikes: Uint32Array.from(file.read("expected/hidden_spikes").data),
        raster0: Uint8Array.from(file.read("expected/raster_sample0").data),
      },
      attributes,
    };
  } finally {
    file.close();
  }
}
