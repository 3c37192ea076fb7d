/** How samples of a data set are cut for a network. */

import { type BinOptions, groupedChannels } from "../datasets/bin.ts";
import type { Dataset } from "../datasets/sample.ts";
import { channelCount } from "../emulator/check.ts";
import type { RunSettings } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import type { DataUse } from "./documents.ts";
import { InputError } from "./errors.ts";

export interface BinChoices {
  readonly timestep?: number | undefined;
  readonly steps?: number | undefined;
  readonly group?: number | undefined;
  readonly merge?: boolean | undefined;
}

/**
 * How samples are cut: the user's choices, else the network's time step, every step that has events, and the smallest group of
 * neighbouring channels that brings the data set's channels to the network's. Timed arrival keeps events in order of time.
 *
 * @throws InputError when the channels that are left are more than the network has
 */
export function binOptions(
  dataset: Dataset,
  manifest: Manifest,
  choices: BinChoices,
  arrival: RunSettings["arrival"],
): BinOptions {
  const needs = { channels: channelCount(manifest), timestepMs: manifest.network.timestepMs };
  return binOptionsFor(dataset, needs, choices, arrival);
}

/** The same for a network of which only the channels and the time step are known. @throws InputError */
export function binOptionsFor(
  dataset: Dataset,
  { channels: wanted, timestepMs }: { readonly channels: number; readonly timestepMs: number },
  choices: BinChoices,
  arrival: RunSettings["arrival"],
): BinOptions {
  if (wanted === 0) throw new InputError("the network", "has no input population", "add one with input({ channels })");
  const group = choices.group ?? Math.max(1, Math.ceil(dataset.channels / wanted));
  const left = groupedChannels(dataset.channels, group);
  if (left > wanted) {
    throw new InputError(
      dataset.name,
      `has ${dataset.channels} channels, ${left} in groups of ${group}, the network has ${wanted}`,
      `--group ${Math.ceil(dataset.channels / wanted)} or more would fit`,
    );
  }
  return {
    timestepMs: choices.timestep ?? timestepMs,
    steps: choices.steps ?? "all",
    group,
    merge: choices.merge ?? true,
    order: arrival === "timed" ? "time" : "channel",
    channels: dataset.channels,
  };
}

/** What documents say of a data set that was cut so; `merged` and `dropped` are the events of all its samples. */
export function dataUse(
  { name, channels }: Pick<Dataset, "name" | "channels">,
  { timestepMs, steps = "all", group = 1, merge = true }: BinOptions,
  { samples, merged, dropped }: { readonly samples: number; readonly merged: number; readonly dropped: number },
): DataUse {
  return {
    name,
    samples,
    channels,
    group,
    timestepMs,
    steps: steps === "all" ? null : steps,
    merge,
    mergedEvents: merged,
    droppedEvents: dropped,
  };
}

/** What to tell a user whose data set leaves channels of the network silent; undefined when it fills them, or --group says so. */
export function channelsWarning(
  { name, channels }: Pick<Dataset, "name" | "channels">,
  wanted: number,
  { group = 1 }: Pick<BinOptions, "group">,
  choices: BinChoices,
): string | undefined {
  if (choices.group !== undefined) return undefined;
  const left = groupedChannels(channels, group);
  if (left === wanted) return undefined;
  const grouped = group === 1 ? `${channels} channels` : `${channels} channels, ${left} in groups of ${group}`;
  return `${name}: has ${grouped}; the network's inputs ${left} to ${wanted - 1} stay silent`;
}

/** What to tell a user whose data set has labels that the readout cannot answer; undefined when it has none. */
export function classesWarning(
  { name, classes }: { readonly name: string; readonly classes?: number | null | undefined },
  readout: { readonly name: string; readonly size: number } | undefined,
): string | undefined {
  if (readout === undefined || (classes ?? 0) <= readout.size) return undefined;
  return `${name}: has ${classes} classes, the readout ${readout.name} tells ${readout.size} apart: samples of the others count as wrong`;
}
