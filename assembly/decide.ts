// The decision unit (docs/core.md, sections 4 and 5.5): scores of the classes, and when one of them wins.

import * as clock from "./clock";
import { count } from "./deliver";
import * as l from "./layout";
import { highest, lowest } from "./numbers";
import {
  accounting,
  decideAt,
  decideMargin,
  decideMinSteps,
  decidePopulation,
  decideRule,
  decideStep,
  exponents,
  exponentTable,
  scoreBits,
  scores,
  tableBits,
  tableEntriesLog2,
  tableShift,
  tracing,
} from "./registers";

export let decidedClass: i32 = -1;
export let decidedStep: i32 = -1;
export let decidedCycle: i32 = -1;

// The leader after the last executed step: it wins when the sample's last ticks run no step (skipped or merged).
let leader: i32 = -1;
let leaderStep: i32 = -1;
let leaderCycle: i32 = -1;

export function clearDecision(): void {
  leader = -1;
  decidedClass = -1;
  decidedStep = -1;
  decidedCycle = -1;
}

/** Reciprocal of the last step's sum of exponents: the learning engine's errors need it too. */
export let quotient: i64 = 0;

function y(state: i32, k: i32, narrow: bool): i32 {
  return narrow ? <i32>load<i16>(state + (k << 1)) : load<i32>(state + (k << 2));
}

function addScore(k: i32, amount: i64): i32 {
  const sum = <i64>load<i32>(scores + (k << 2)) + amount;
  const score = min(max(sum, lowest(scoreBits)), highest(scoreBits));
  if (score != sum) count(l.COUNT_SCORE_SATURATED, 1);
  store<i32>(scores + (k << 2), <i32>score);
  return <i32>score;
}

/** e_k of every class into the scratch; returns their sum. */
function exponentiate(state: i32, classes: i32, narrow: bool): i64 {
  let highestY: i32 = i32.MIN_VALUE;
  for (let k = 0; k < classes; k++) highestY = max(highestY, y(state, k, narrow));
  const half: i64 = tableShift > 0 ? (<i64>1) << (<i64>(tableShift - 1)) : 0;
  const last = ((<i64>1) << (<i64>tableEntriesLog2)) - 1;
  let sum: i64 = 0;
  for (let k = 0; k < classes; k++) {
    const index = min((<i64>highestY - <i64>y(state, k, narrow) + half) >> <i64>tableShift, last);
    const e = <i32>load<u16>(exponentTable + ((<i32>index) << 1));
    store<i32>(exponents + (k << 2), e);
    sum += <i64>e;
  }
  return sum;
}

/** Phase decide of executed step `step`; true once the class is known. `last`: the sample's last step. */
export function decide(step: i32, last: bool): bool {
  const state = load<i32>(decidePopulation, l.POP_STATE);
  const narrow = load<i32>(decidePopulation, l.POP_NARROW) != 0;
  const classes = load<i32>(decidePopulation, l.POP_SIZE);
  const softmax = decideRule == l.DECIDE_SOFTMAX;
  if (softmax) quotient = ((<i64>1) << (<i64>(2 * tableBits))) / exponentiate(state, classes, narrow);
  let best = i32.MIN_VALUE;
  let second = i32.MIN_VALUE;
  let winner = 0;
  for (let k = 0; k < classes; k++) {
    const amount: i64 = softmax
      ? (<i64>load<i32>(exponents + (k << 2)) * quotient) >> <i64>tableBits
      : <i64>y(state, k, narrow);
    const score = addScore(k, amount);
    if (k == 0 || score > best) {
      if (k > 0) second = best;
      best = score;
      winner = k;
    } else if (k == 1 || score > second) {
      second = score;
    }
  }
  if (accounting) {
    if (tracing) clock.trace(clock.now, l.TRACE_PHASE, l.PHASE_DECIDE);
    const busy = softmax ? 3 * classes + tableBits + 2 : classes;
    const fetch = softmax ? 6 : 2;
    clock.book(l.PHASE_DECIDE, l.CAUSE_BUSY, busy);
    clock.book(l.PHASE_DECIDE, l.CAUSE_FETCH, fetch);
    clock.setNow(clock.now + busy + fetch);
  }
  if (decidedClass >= 0) return true;
  leader = winner;
  leaderStep = step;
  leaderCycle = clock.now;
  const executed = step + 1;
  let decides = last;
  if (decideAt == l.DECIDE_AT_STEP) decides = last || executed == decideStep;
  if (decideAt == l.DECIDE_AT_MARGIN) {
    decides = last || (executed >= decideMinSteps && <i64>best - <i64>second >= <i64>decideMargin);
  }
  if (!decides) return false;
  takeLeader();
  return true;
}

/** Decides for the leader of the last executed step, if there was a step and nothing is decided yet. */
export function takeLeader(): void {
  if (decidedClass >= 0 || leader < 0) return;
  decidedClass = leader;
  decidedStep = leaderStep;
  decidedCycle = leaderCycle;
}
