// Neuron update (docs/core.md, sections 4 and 5.4): decay, add the slot, threshold, reset; the slot is cleared.
//
// Two forms of the same arithmetic. Narrow populations (membrane and accumulator within 16 bits, uniform parameters, no
// refractory period, deterministic rounding, decay within 14 bits) go sixteen at a time; the others one at a time.

import * as clock from "./clock";
import * as l from "./layout";
import * as t from "./learning-tables";
import { draw, highest, lowest, round } from "./numbers";
import {
  accounting,
  accumulatorBits,
  accumulatorWide,
  currentBits,
  decayBits,
  learning,
  neuronSinglePort,
  ringSinglePort,
  rounding,
  tracing,
} from "./registers";
import { lookUp, psiOf } from "./surrogate";

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

// Constants of the population that updateNarrow is working on, and what its groups counted.
let shift: i32 = 0;
let bits: i32 = 0;
let decay: i32 = 0;
let clipped: i32 = 0;
let currentClipped: i32 = 0;

/** v = sat(R(u * A, F) + (sat(current) << shift)) of eight neurons, in 32 bits, with every saturation counted. */
function integrate(u: v128, current: v128): v128 {
  if (currentBits < accumulatorBits) {
    const limit: i32 = 1 << (currentBits - 1);
    const inside = i16x8.max_s(i16x8.min_s(current, i16x8.splat(<i16>(limit - 1))), i16x8.splat(<i16>-limit));
    currentClipped += popcnt(i16x8.bitmask(i16x8.ne(inside, current)));
    current = inside;
  }
  const a = i16x8.splat(<i16>decay);
  const high = i32x4.splat((1 << (bits - 1)) - 1);
  const low = i32x4.splat(-(1 << (bits - 1)));
  const below = i32x4.add(decayed(i32x4.extmul_low_i16x8_s(u, a)), i32x4.shl(i32x4.extend_low_i16x8_s(current), shift));
  const above = i32x4.add(
    decayed(i32x4.extmul_high_i16x8_s(u, a)),
    i32x4.shl(i32x4.extend_high_i16x8_s(current), shift),
  );
  const belowClipped = i32x4.max_s(i32x4.min_s(below, high), low);
  const aboveClipped = i32x4.max_s(i32x4.min_s(above, high), low);
  clipped +=
    popcnt(i32x4.bitmask(i32x4.ne(below, belowClipped))) + popcnt(i32x4.bitmask(i32x4.ne(above, aboveClipped)));
  return i16x8.narrow_i32x4_s(belowClipped, aboveClipped);
}

/** Spikes of sixteen neurons into spike memory; returns how many. */
function mark(spikes: i32, first: v128, second: v128): i32 {
  const mask = i8x16.bitmask(i8x16.narrow_i16x8_s(first, second));
  store<u16>(spikes, <u16>mask);
  return popcnt(mask);
}

/** The membrane after a spike (all ones in `spike`): less theta, or 0. */
function reset(v: v128, spike: v128, theta: v128, toZero: bool): v128 {
  return toZero ? v128.andnot(v, spike) : i16x8.sub(v, v128.and(theta, spike));
}

/** Whether `current << by` has lost bits: then the sum needs 32 bits. */
function tooLarge(current: v128, shifted: v128, by: i32): v128 {
  return v128.xor(i16x8.shr_s(shifted, by), current);
}

/**
 * Sixteen neurons a turn; populations are padded to that. With 16-bit membranes, rounding to nearest and A < 2^F,
 * (u * A + 2^(F-1)) >> F is one instruction: with A moved up to 15 fraction bits it is q15mulr exactly. Its sum is right unless
 * something leaves 16 bits, which a comparison with the wrapped sum shows; then `integrate` does the turn again, in 32 bits.
 * 128 neurons, the loop alone: eight a turn 53 ns, sixteen a turn 30 ns.
 */
function updateNarrow(population: i32, slot: i32, spiking: bool): void {
  const size = load<i32>(population, l.POP_SIZE);
  let state = load<i32>(population, l.POP_STATE);
  let spikes = load<i32>(population, l.POP_SPIKES);
  const threshold = load<i32>(population, l.POP_THRESHOLD);
  const theta = i16x8.splat(<i16>threshold);
  const below = i16x8.splat(<i16>(threshold - 1));
  const toZero = load<i32>(population, l.POP_RESET_ZERO) != 0;
  const target = learning != 0 ? load<i32>(population, l.POP_TARGET) : 0;
  let kept = target != 0 ? load<i32>(target, t.TG_MEMBRANE) : 0;
  shift = load<i32>(population, l.POP_CURRENT_SHIFT);
  bits = load<i32>(population, l.POP_MEMBRANE_BITS);
  decay = load<i32>(population, l.POP_DECAY);
  clipped = 0;
  currentClipped = 0;
  const by = shift;
  const short = rounding == l.ROUND_NEAREST && currentBits == accumulatorBits && bits == 16 && decay < 1 << decayBits;
  const a15 = i16x8.splat(<i16>(decay << (15 - decayBits)));
  const zero = i32x4.splat(0);
  let fired = 0;
  const end = slot + (size << 1);
  while (slot < end) {
    const c0 = v128.load(slot);
    const c1 = v128.load(slot, 16);
    const u0 = v128.load(state);
    const u1 = v128.load(state, 16);
    v128.store(slot, zero);
    v128.store(slot, zero, 16);
    let v0: v128;
    let v1: v128;
    if (short) {
      const d0 = i16x8.q15mulr_sat_s(u0, a15);
      const d1 = i16x8.q15mulr_sat_s(u1, a15);
      const x0 = by ? i16x8.shl(c0, by) : c0;
      const x1 = by ? i16x8.shl(c1, by) : c1;
      v0 = i16x8.add_sat_s(d0, x0);
      v1 = i16x8.add_sat_s(d1, x1);
      let lost = v128.or(v128.xor(i16x8.add(d0, x0), v0), v128.xor(i16x8.add(d1, x1), v1));
      if (by) lost = v128.or(lost, v128.or(tooLarge(c0, x0, by), tooLarge(c1, x1, by)));
      if (v128.any_true(lost)) {
        v0 = integrate(u0, c0);
        v1 = integrate(u1, c1);
      }
    } else {
      v0 = integrate(u0, c0);
      v1 = integrate(u1, c1);
    }
    if (kept) {
      v128.store(kept, v0);
      v128.store(kept, v1, 16);
      kept += 32;
    }
    if (spiking) {
      const s0 = i16x8.gt_s(v0, below);
      const s1 = i16x8.gt_s(v1, below);
      fired += mark(spikes, s0, s1);
      v0 = reset(v0, s0, theta, toZero);
      v1 = reset(v1, s1, theta, toZero);
      spikes += 2;
    }
    v128.store(state, v0);
    v128.store(state, v1, 16);
    slot += 32;
    state += 32;
  }
  if (spiking) addTo(population, l.POP_COUNT_SPIKES, fired);
  addTo(population, l.POP_COUNT_MEMBRANE, clipped);
  addTo(population, l.POP_COUNT_ACCUMULATOR, currentClipped);
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
  const target = learning != 0 ? load<i32>(population, l.POP_TARGET) : 0;
  const surrogate = target != 0 ? load<i32>(target, t.TG_SURROGATE) : 0;
  const surrogateShift = target != 0 ? load<i32>(target, t.TG_SURROGATE_SHIFT) : 0;
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
      if (surrogate) store<u16>(surrogate + (j << 1), 0);
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
      if (surrogate) store<u16>(surrogate + (j << 1), psiOf(v, theta, surrogateShift));
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

/**
 * The head moves on. A ring lies in a longer stretch of memory, so that head + delay never wraps; slots behind the head are zero
 * again. When the head reaches the last place from which the ring still fits, the ring moves down to the start, which spares
 * every synapse a modulo.
 */
function advance(population: i32, ring: i32, slotBytes: i32, head: i32): void {
  const slots = load<i32>(population, l.POP_SLOTS);
  const turn = load<i32>(population, l.POP_TURN);
  if (slots == 1) return;
  if (head + 1 < turn) {
    store<i32>(population, head + 1, l.POP_HEAD);
    store<i32>(population, ring + (head + 1) * slotBytes, l.POP_SLOT);
    return;
  }
  memory.copy(ring, ring + turn * slotBytes, slots * slotBytes);
  memory.fill(ring + turn * slotBytes, 0, slots * slotBytes);
  store<i32>(population, 0, l.POP_HEAD);
  store<i32>(population, ring, l.POP_SLOT);
}

/** Phase update or readout of one population; its head advances. */
export function update(population: i32, key: u32): void {
  const spiking = load<i32>(population, l.POP_KIND) == l.KIND_LIF;
  const head = load<i32>(population, l.POP_HEAD);
  const slotBytes = load<i32>(population, l.POP_SLOT_BYTES);
  const ring = load<i32>(population, l.POP_RING);
  const slot = load<i32>(population, l.POP_SLOT);
  if (load<i32>(population, l.POP_NARROW)) updateNarrow(population, slot, spiking);
  else if (accumulatorWide) updateWide<i32>(population, slot, spiking, key);
  else updateWide<i16>(population, slot, spiking, key);
  advance(population, ring, slotBytes, head);
  const target = learning != 0 ? load<i32>(population, l.POP_TARGET) : 0;
  if (target != 0 && load<i32>(population, l.POP_NARROW) != 0) lookUp(target, population);
  if (!accounting) return;
  const phase = spiking ? l.PHASE_UPDATE : l.PHASE_READOUT;
  if (tracing) clock.trace(clock.now, l.TRACE_PHASE, phase);
  const groups = load<i32>(population, l.POP_GROUPS);
  const stalls = ringSinglePort || neuronSinglePort ? groups - 1 : 0;
  clock.book(phase, l.CAUSE_BUSY, groups);
  clock.book(phase, l.CAUSE_PORT, stalls);
  // With surrogates: the table is read in +3, the surrogate written in +4.
  const fetch = target ? 4 : 3;
  clock.book(phase, l.CAUSE_FETCH, fetch);
  clock.setNow(clock.now + groups + stalls + fetch);
}
