// Neuron update (docs/core.md, sections 4 and 5.4): decay, add the slot, threshold, reset; the slot is cleared.
//
// Two forms of the same arithmetic. Narrow populations (membrane and accumulator within 16 bits, uniform parameters, no
// refractory period, deterministic rounding, decay within 14 bits) go eight at a time; the others one at a time.
// The vector form is 7 to 9 times as fast (toolchain measurements: 3,920 against 513 M neurons/s).

import * as clock from "./clock";
import * as l from "./layout";
import { draw, highest, lowest, round } from "./numbers";
import {
  accounting,
  accumulatorBits,
  accumulatorWide,
  currentBits,
  decayBits,
  neuronSinglePort,
  ringSinglePort,
  rounding,
  tracing,
} from "./registers";

function addTo(record: i32, offset: i32, amount: i32): void {
  store<i32>(record + offset, load<i32>(record + offset) + amount);
}

/** R(u * A, F) of four lanes; exact, since |u| < 2^15 and A <= 2^14. */
function decayed(product: v128): v128 {
  if (rounding == l.ROUND_NEAREST) product = i32x4.add(product, i32x4.splat(1 << (decayBits - 1)));
  else if (rounding == l.ROUND_ZERO) {
    product = i32x4.add(product, v128.and(i32x4.shr_s(product, 31), i32x4.splat((1 << decayBits) - 1)));
  }
  return i32x4.shr_s(product, decayBits);
}

function updateNarrow(population: i32, slot: i32, spiking: bool): void {
  const size = load<i32>(population, l.POP_SIZE);
  const state = load<i32>(population, l.POP_STATE);
  const spikes = load<i32>(population, l.POP_SPIKES);
  const shift = load<i32>(population, l.POP_CURRENT_SHIFT);
  const bits = load<i32>(population, l.POP_MEMBRANE_BITS);
  const a = i16x8.splat(<i16>load<i32>(population, l.POP_DECAY));
  const theta = i16x8.splat(<i16>load<i32>(population, l.POP_THRESHOLD));
  const high = i32x4.splat((1 << (bits - 1)) - 1);
  const low = i32x4.splat(-(1 << (bits - 1)));
  const resetZero = load<i32>(population, l.POP_RESET_ZERO) != 0;
  const clipCurrent = currentBits < accumulatorBits;
  const currentLimit: i32 = 1 << (currentBits - 1);
  const currentHigh = i16x8.splat(<i16>(currentLimit - 1));
  const currentLow = i16x8.splat(<i16>-currentLimit);
  const zero = i32x4.splat(0);
  let fired = 0;
  let clipped = 0;
  let currentClipped = 0;
  for (let j = 0; j < size; j += 8) {
    const at = j << 1;
    let current = v128.load(slot + at);
    v128.store(slot + at, zero);
    if (clipCurrent) {
      const c = i16x8.max_s(i16x8.min_s(current, currentHigh), currentLow);
      currentClipped += popcnt(i16x8.bitmask(i16x8.ne(c, current)));
      current = c;
    }
    const u = v128.load(state + at);
    const below = i32x4.add(
      decayed(i32x4.extmul_low_i16x8_s(u, a)),
      i32x4.shl(i32x4.extend_low_i16x8_s(current), shift),
    );
    const above = i32x4.add(
      decayed(i32x4.extmul_high_i16x8_s(u, a)),
      i32x4.shl(i32x4.extend_high_i16x8_s(current), shift),
    );
    const belowClipped = i32x4.max_s(i32x4.min_s(below, high), low);
    const aboveClipped = i32x4.max_s(i32x4.min_s(above, high), low);
    const changed = v128.or(v128.xor(below, belowClipped), v128.xor(above, aboveClipped));
    if (v128.any_true(changed)) {
      clipped +=
        popcnt(i32x4.bitmask(i32x4.ne(below, belowClipped))) + popcnt(i32x4.bitmask(i32x4.ne(above, aboveClipped)));
    }
    let v = i16x8.narrow_i32x4_s(belowClipped, aboveClipped);
    if (spiking) {
      const spike = i16x8.ge_s(v, theta);
      const mask = i16x8.bitmask(spike);
      store<u8>(spikes + (j >> 3), <u8>mask);
      fired += popcnt(mask);
      v = resetZero ? v128.andnot(v, spike) : i16x8.sub(v, v128.and(theta, spike));
    }
    v128.store(state + at, v);
  }
  if (spiking) addTo(population, l.POP_COUNT_SPIKES, fired);
  addTo(population, l.POP_COUNT_MEMBRANE, clipped);
  if (clipCurrent) addTo(population, l.POP_COUNT_ACCUMULATOR, currentClipped);
}

function updateWide<A>(population: i32, slot: i32, spiking: bool, key: u32): void {
  const size = load<i32>(population, l.POP_SIZE);
  const state = load<i32>(population, l.POP_STATE);
  const refractory = load<i32>(population, l.POP_REFRACTORY);
  const spikes = load<i32>(population, l.POP_SPIKES);
  const parameters = load<i32>(population, l.POP_PARAMETERS);
  const shift = <i64>load<i32>(population, l.POP_CURRENT_SHIFT);
  const bits = load<i32>(population, l.POP_MEMBRANE_BITS);
  const firstNeuron = load<i32>(population, l.POP_FIRST_NEURON);
  const resetZero = load<i32>(population, l.POP_RESET_ZERO) != 0;
  const high = highest(bits);
  const low = lowest(bits);
  const currentHigh = highest(currentBits);
  const currentLow = lowest(currentBits);
  let decay = <i64>load<i32>(population, l.POP_DECAY);
  let theta = <i64>load<i32>(population, l.POP_THRESHOLD);
  let word: u32 = 0;
  for (let j = 0; j < size; j++) {
    const sum = <i64>load<A>(slot + j * sizeof<A>());
    store<A>(slot + j * sizeof<A>(), 0);
    let spike = false;
    const waiting = refractory != 0 ? <i32>load<u16>(refractory + (j << 1)) : 0;
    if (waiting > 0) {
      store<u16>(refractory + (j << 1), <u16>(waiting - 1));
    } else {
      if (parameters) {
        decay = <i64>load<i32>(parameters + (j << 3));
        theta = <i64>load<i32>(parameters + (j << 3), 4);
      }
      const current = min(max(sum, currentLow), currentHigh);
      if (current != sum) addTo(population, l.POP_COUNT_ACCUMULATOR, 1);
      const random = rounding == l.ROUND_STOCHASTIC ? draw(key, l.DRAW_DECAY, firstNeuron + j) : 0;
      const u = <i64>load<i32>(state + (j << 2));
      const wide = round(u * decay, decayBits, rounding, random) + (current << shift);
      let v = min(max(wide, low), high);
      if (v != wide) addTo(population, l.POP_COUNT_MEMBRANE, 1);
      spike = spiking && v >= theta;
      if (spike) {
        v = resetZero ? 0 : v - theta;
        if (refractory) store<u16>(refractory + (j << 1), <u16>load<i32>(population, l.POP_REFRACTORY_STEPS));
        addTo(population, l.POP_COUNT_SPIKES, 1);
      }
      store<i32>(state + (j << 2), <i32>v);
    }
    if (spiking) {
      word |= u32(spike) << (j & 31);
      if ((j & 31) == 31 || j == size - 1) {
        store<u32>(spikes + ((j >> 5) << 2), word);
        word = 0;
      }
    }
  }
}

/** Phase update or readout of one population; its head advances. */
export function update(population: i32, key: u32): void {
  const spiking = load<i32>(population, l.POP_KIND) == l.KIND_LIF;
  const head = load<i32>(population, l.POP_HEAD);
  const slot = load<i32>(load<i32>(population, l.POP_SLOT_TABLE) + (head << 2));
  if (load<i32>(population, l.POP_NARROW)) updateNarrow(population, slot, spiking);
  else if (accumulatorWide) updateWide<i32>(population, slot, spiking, key);
  else updateWide<i16>(population, slot, spiking, key);
  store<i32>(population, head + 1 == load<i32>(population, l.POP_SLOTS) ? 0 : head + 1, l.POP_HEAD);
  if (!accounting) return;
  const phase = spiking ? l.PHASE_UPDATE : l.PHASE_READOUT;
  if (tracing) clock.trace(clock.now, l.TRACE_PHASE, phase);
  const groups = load<i32>(population, l.POP_GROUPS);
  const stalls = ringSinglePort || neuronSinglePort ? groups - 1 : 0;
  clock.book(phase, l.CAUSE_BUSY, groups);
  clock.book(phase, l.CAUSE_PORT, stalls);
  clock.book(phase, l.CAUSE_FETCH, 3);
  clock.setNow(clock.now + groups + stalls + 3);
}
