// One learning time step in C, and nothing else: no cycles, no counters, nothing skipped. What the emulator's learning is held against.
// The same arithmetic as docs/core.md, section 10, for one configuration: dense synaptic delays into one hidden population, a
// readout, ring of accumulators, softmax error, symmetric feedback, stochastic updates of weights and delays at every step, traces
// rounded stochastically, 16-bit membranes. Sizes are compile-time constants (-D), loops are laid out so that gcc vectorises them.
//
// Input file (32-bit words): the parameters of struct parameters, eventStart[TICKS + 1], channel[], surrogate table, exponent table,
// then 16-bit words: stored weights and delays [INPUTS][HIDDEN], stored weights [HIDDEN][CLASSES].
// Prints: nanoseconds per step (best of the samples), and checksums of weights, delays, and readout weights.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct parameters {
  int32_t samples, events, seed, firstHidden, firstReadout, axonBaseIn, axonBaseOut;
  int32_t decayHidden, decayReadout, theta, currentShiftHidden, currentShiftReadout, weightShiftIn, weightShiftOut;
  int32_t remainder, weightBits, fraction, traceBits, traceDecayIn, traceDecayOut, traceFractionIn, traceFractionOut, traceBaseIn, traceBaseOut;
  int32_t errorBits, tableBits, tableEntries, tableShift, surrogateEntries, surrogateShift, signalShift, signalBits, modulationShift;
  int32_t shiftIn, shiftDelay, shiftOut, lowIn, highIn, lowDelay, highDelay, lowOut, highOut;
};

static struct parameters p;
static const int32_t *surrogate, *exponents, *start, *channel;
static int16_t weight[INPUTS][HIDDEN] __attribute__((aligned(64)));
static uint16_t delay[INPUTS][HIDDEN] __attribute__((aligned(64)));
static int16_t out[HIDDEN][CLASSES] __attribute__((aligned(64)));
static int16_t ring[SLOTS][HIDDEN], currentOut[CLASSES], u[HIDDEN], y[CLASSES];
static int16_t traceIn[INPUTS][ENTRIES], traceOut[HIDDEN];
static uint8_t spike[HIDDEN], event[INPUTS];
static int16_t psi[HIDDEN], M[HIDDEN], error[CLASSES];
static uint16_t column[HIDDEN], columnOut[CLASSES], rowDraws[2][INPUTS + HIDDEN];
static int64_t scores[CLASSES];

static inline uint32_t H(uint32_t x) {
  x = (x + 0x7ed55d16) + (x << 12);
  x = (x ^ 0xc761c23c) ^ (x >> 19);
  x = (x + 0x165667b1) + (x << 5);
  x = (x + 0xd3a2646c) ^ (x << 9);
  x = (x + 0xfd7046c5) + (x << 3);
  return (x ^ 0xb55a4f09) ^ (x >> 16);
}

static inline int32_t clamp(int32_t x, int32_t low, int32_t high) { return x < low ? low : x > high ? high : x; }

static inline int32_t nearest(int64_t x, int n) { return (int32_t)(n == 0 ? x : (x + ((int64_t)1 << (n - 1))) >> n); }

static void draws(uint16_t *restrict to, uint32_t kind, uint32_t first, int count, uint32_t key) {
  for (int n = 0; n < count; n++) to[n] = (uint16_t)(H(key ^ (kind << 28 | (first + (uint32_t)n))) >> 16);
}

// membrane: R(u * A, 12) to the nearest, plus the slot.
static void integrate(int16_t *restrict state, int16_t *restrict slot, int count, int decay, int shift) {
  for (int j = 0; j < count; j++) {
    int32_t v = ((state[j] * decay + 2048) >> 12) + ((int32_t)slot[j] << shift);
    state[j] = (int16_t)clamp(v, -32768, 32767);
    slot[j] = 0;
  }
}

static inline int32_t decayed(int32_t x, int decay, uint16_t r16) { return (x * decay + (r16 >> 4)) >> 12; }

static void traces(uint32_t key) {
  uint16_t r[INPUTS + HIDDEN];
  int most = (1 << p.traceBits) - 1;
  draws(r, 4, (uint32_t)p.traceBaseIn, INPUTS, key);
  for (int i = 0; i < INPUTS; i++) {
    int32_t x = decayed(traceIn[i][0], p.traceDecayIn, r[i]) + (event[i] << p.traceFractionIn);
    memmove(&traceIn[i][1], &traceIn[i][0], (ENTRIES - 1) * 2);
    traceIn[i][0] = (int16_t)(x > most ? most : x);
    event[i] = 0;
  }
  draws(r, 4, (uint32_t)p.traceBaseOut, HIDDEN, key);
  for (int j = 0; j < HIDDEN; j++) {
    int32_t x = decayed(traceOut[j], p.traceDecayOut, r[j]) + (spike[j] << p.traceFractionOut);
    traceOut[j] = (int16_t)(x > most ? most : x);
  }
}

// U(-g, n) for n >= 17, with r of 16 bits: (r - g) >> n.
static void learn_out(uint32_t key) {
  draws(rowDraws[0], 1, (uint32_t)p.axonBaseOut, HIDDEN, key);
  int n = p.shiftOut, half = 1 << (n - 17);
  for (int i = 0; i < HIDDEN; i++) {
    int32_t x = traceOut[i];
    uint16_t row = rowDraws[0][i];
    int16_t *restrict w = out[i];
    for (int k = 0; k < CLASSES; k++) {
      int32_t r = ((row ^ columnOut[k]) << (n - 16)) + half;
      w[k] = (int16_t)clamp(w[k] + ((r - x * error[k]) >> n), p.lowOut, p.highOut);
    }
  }
}

static void learn_in(uint32_t key) {
  draws(rowDraws[0], 1, (uint32_t)p.axonBaseIn, INPUTS, key);
  draws(rowDraws[1], 2, (uint32_t)p.axonBaseIn, INPUTS, key);
  int n = p.shiftIn, half = 1 << (n - 17), m = p.shiftDelay, halfDelay = 1 << (m - 17), remainder = p.remainder, fraction = p.fraction;
  int product = p.weightBits - 1;
  int lowIn = p.lowIn, highIn = p.highIn, lowDelay = p.lowDelay, highDelay = p.highDelay;
  for (int i = 0; i < INPUTS; i++) {
    int16_t x[HIDDEN], eps[HIDDEN], window[ENTRIES], derivative[ENTRIES];
    for (int d = 0; d < ENTRIES; d++) window[d] = traceIn[i][d];
    for (int d = 0; d + 1 < ENTRIES; d++) derivative[d] = (int16_t)(window[d + 1] - window[d]);
    for (int j = 0; j < HIDDEN; j++) {
      int d = delay[i][j] >> fraction;
      x[j] = window[d];
      eps[j] = derivative[d];
    }
    uint16_t row = rowDraws[0][i], rowDelay = rowDraws[1][i];
    int16_t *restrict w = weight[i];
    uint16_t *restrict d = delay[i];
    for (int j = 0; j < HIDDEN; j++) {
      int32_t v = (eps[j] * (w[j] >> remainder) + (1 << (product - 1))) >> product;
      int32_t r = ((row ^ column[j]) << (n - 16)) + half;
      int32_t rd = ((rowDelay ^ column[j]) << (m - 16)) + halfDelay;
      w[j] = (int16_t)clamp(w[j] + ((r - x[j] * M[j]) >> n), lowIn, highIn);
      d[j] = (uint16_t)clamp(d[j] + ((rd - v * M[j]) >> m), lowDelay, highDelay);
    }
  }
}

static void step(uint32_t t, int label, uint32_t key) {
  int head = (int)(t % SLOTS);
  for (int32_t e = start[t]; e < start[t + 1]; e++) {
    int i = channel[e];
    event[i]++;
    for (int j = 0; j < HIDDEN; j++) {
      int slot = head + (delay[i][j] >> p.fraction);
      ring[slot >= SLOTS ? slot - SLOTS : slot][j] += (int16_t)((weight[i][j] >> p.remainder) << p.weightShiftIn);
    }
  }
  integrate(u, ring[head], HIDDEN, p.decayHidden, p.currentShiftHidden);
  for (int j = 0; j < HIDDEN; j++) {
    int distance = abs(u[j] - p.theta) >> p.surrogateShift;
    psi[j] = (int16_t)surrogate[distance < p.surrogateEntries ? distance : p.surrogateEntries - 1];
    spike[j] = u[j] >= p.theta;
    if (spike[j]) u[j] = (int16_t)(u[j] - p.theta);
  }
  for (int j = 0; j < HIDDEN; j++) {
    if (!spike[j]) continue;
    for (int k = 0; k < CLASSES; k++) currentOut[k] += (int16_t)((out[j][k] >> p.remainder) << p.weightShiftOut);
  }
  integrate(y, currentOut, CLASSES, p.decayReadout, p.currentShiftReadout);
  int best = y[0];
  int64_t sum = 0, e[CLASSES];
  for (int k = 1; k < CLASSES; k++) best = y[k] > best ? y[k] : best;
  for (int k = 0; k < CLASSES; k++) {
    int place = p.tableShift == 0 ? best - y[k] : (best - y[k] + (1 << (p.tableShift - 1))) >> p.tableShift;
    e[k] = exponents[place < p.tableEntries ? place : p.tableEntries - 1];
    sum += e[k];
  }
  int64_t quotient = ((int64_t)1 << (2 * p.tableBits)) / sum;
  int limit = 1 << (p.errorBits - 1), signalLimit = 1 << (p.signalBits - 1);
  traces(key);
  for (int k = 0; k < CLASSES; k++) {
    int64_t probability = (e[k] * quotient) >> p.tableBits;
    scores[k] += probability;
    int64_t target = k == label ? (1 << p.tableBits) - 1 : 0;
    error[k] = (int16_t)clamp(nearest(probability - target, p.tableBits + 1 - p.errorBits), -limit, limit - 1);
  }
  draws(columnOut, 3, (uint32_t)p.firstReadout, CLASSES, key);
  draws(column, 3, (uint32_t)p.firstHidden, HIDDEN, key);
  for (int j = 0; j < HIDDEN; j++) {
    int32_t s = 0;
    for (int k = 0; k < CLASSES; k++) s += (out[j][k] >> p.remainder) * error[k];
    int32_t signal = clamp(nearest(s, p.signalShift), -signalLimit, signalLimit - 1);
    M[j] = (int16_t)clamp(nearest((int64_t)signal * psi[j], p.modulationShift), -signalLimit, signalLimit - 1);
  }
  learn_in(key);
  learn_out(key);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

#define SUM(array) for (size_t n = 0; n < sizeof array / 2; n++) sum = (sum * 31 + ((const uint16_t *)array)[n]) & 0xffffff

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file) { fprintf(stderr, "usage: learn-reference FILE SAMPLES\n"); return 2; }
  if (fread(&p, sizeof p, 1, file) != 1) return 1;
  size_t words = (size_t)(TICKS + 1 + p.events + p.surrogateEntries + p.tableEntries);
  int32_t *tables = malloc(4 * words);
  if (!tables || fread(tables, 4, words, file) != words) return 1;
  start = tables, channel = start + TICKS + 1, surrogate = channel + p.events, exponents = surrogate + p.surrogateEntries;
  if (fread(weight, sizeof weight, 1, file) + fread(delay, sizeof delay, 1, file) + fread(out, sizeof out, 1, file) != 3) return 1;
  double best = 1e30;
  int samples = atoi(argv[2]);
  for (int n = 0; n < samples; n++) {
    memset(ring, 0, sizeof ring), memset(currentOut, 0, sizeof currentOut), memset(u, 0, sizeof u), memset(y, 0, sizeof y);
    memset(traceIn, 0, sizeof traceIn), memset(traceOut, 0, sizeof traceOut), memset(scores, 0, sizeof scores);
    double t0 = now();
    uint32_t key = H((uint32_t)(p.seed + n));
    for (uint32_t t = 0; t < TICKS; t++) step(t, n % CLASSES, H(key + t));
    double taken = (now() - t0) / TICKS;
    if (taken < best) best = taken;
  }
  long sum = 0;
  SUM(weight); SUM(delay); SUM(out);
  printf("%.2f %ld\n", best, sum);
  return 0;
}
