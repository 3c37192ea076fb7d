/** A small network and events for it, as files hold them. */

export interface NetworkJson {
  readonly timestep: object;
  readonly populations: object;
  readonly projections: { delays?: { max: object; [key: string]: unknown }; [key: string]: unknown }[];
}

/** 4 channels, 6 neurons with synaptic delays whose spikes leave the core, 2 classes. */
export const NETWORK: NetworkJson = {
  timestep: { ms: 1 },
  populations: {
    touch: { kind: "input", channels: 4 },
    hidden: { kind: "lif", size: 6, tau: { ms: 5 }, threshold: 1, reset: "subtract", output: true },
    class: { kind: "readout", size: 2, tau: { ms: 20 } },
  },
  projections: [
    {
      kind: "dense",
      from: "touch",
      to: "hidden",
      weights: { kind: "uniform", low: 0.2, high: 0.9 },
      delays: { kind: "synaptic", max: { steps: 3 }, init: { kind: "uniform" } },
    },
    { kind: "dense", from: "hidden", to: "class", weights: { kind: "normal", mean: 0, sd: 0.5 } },
  ],
};

/** Two samples of two classes on four channels, 10 steps of 1 ms. */
export const EVENTS: string = [
  "time_ms,channel,sample,label",
  "0.5,0,0,0",
  "0.6,1,0,0",
  "3.5,2,0,0",
  "9.5,3,0,0",
  "1.5,3,1,1",
  "1.6,2,1,1",
  "4.5,1,1,1",
  "9.5,0,1,1",
  "",
].join("\n");
