// The functional work of one time step in C, and nothing else: no cycles, no counters. What the emulator's speed is held against.
// Same network, same events, same arithmetic: 16-bit accumulators in a ring of SLOTS slots, 16-bit membranes, decay with
// rounding to nearest, subtractive reset. All sizes are compile-time constants (-D), the neuron update vectorises.
//
// Input file (little-endian 32-bit words): steps, events, then eventStart[steps + 1], channel[events], then for dense rows
// 16-bit words weight << 6 | delay [INPUTS][N], for sparse rows rowStart[INPUTS + 1] and 32-bit words post << 16 | weight << 6 | delay.
// Prints: nanoseconds per step (best of the repetitions), spikes of one pass, and a checksum of the final membranes.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MASK (SLOTS - 1)
#define FRACTION 12

static int16_t ring[SLOTS][N] __attribute__((aligned(64)));
static int16_t u[N] __attribute__((aligned(64)));
static uint8_t spike[N] __attribute__((aligned(64)));

static const uint32_t *read_words(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  uint32_t *words = aligned_alloc(64, (size_t)(size + 63) / 64 * 64);
  if (!words || fread(words, 1, (size_t)size, file) != (size_t)size) { fprintf(stderr, "%s: cannot read\n", path); exit(1); }
  fclose(file);
  return words;
}

static void deliver_dense(const uint16_t *restrict row, int head) {
  for (int j = 0; j < N; j++) {
    int s = row[j];
    ring[(head + (s & MASK)) & MASK][j] += (int16_t)s >> 6;
  }
}

static void deliver_sparse(const uint32_t *restrict row, const uint32_t *end, int head) {
  for (; row < end; row++) {
    uint32_t s = *row;
    ring[(head + (s & MASK)) & MASK][s >> 16] += (int16_t)(uint16_t)s >> 6;
  }
}

static int update(int16_t *restrict slot) {
  int count = 0;
  for (int j = 0; j < N; j++) {
    int32_t v = (((int32_t)u[j] * DECAY + (1 << (FRACTION - 1))) >> FRACTION) + ((int32_t)slot[j] << SHIFT);
    v = v > 32767 ? 32767 : v < -32768 ? -32768 : v;
    int s = v >= THETA;
    spike[j] = (uint8_t)s;
    count += s;
    u[j] = (int16_t)(s ? v - THETA : v);
    slot[j] = 0;
  }
  return count;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 3) { fprintf(stderr, "usage: reference FILE REPETITIONS\n"); return 2; }
  const uint32_t *words = read_words(argv[1]);
  int repetitions = atoi(argv[2]);
  uint32_t steps = words[0], events = words[1];
  const uint32_t *start = words + 2, *channel = start + steps + 1;
  const uint32_t *rows = channel + events;
  double best = 1e30;
  long spikes = 0;
  for (int r = 0; r < repetitions; r++) {
    memset(ring, 0, sizeof ring);
    memset(u, 0, sizeof u);
    spikes = 0;
    double t0 = now();
    for (uint32_t t = 0; t < steps; t++) {
      int head = (int)(t & MASK);
      for (uint32_t e = start[t]; e < start[t + 1]; e++) {
#if SPARSE
        const uint32_t *synapses = rows + INPUTS + 1;
        deliver_sparse(synapses + rows[channel[e]], synapses + rows[channel[e] + 1], head);
#else
        deliver_dense((const uint16_t *)rows + (size_t)channel[e] * N, head);
#endif
      }
      spikes += update(ring[head]);
    }
    double taken = (now() - t0) / steps;
    if (taken < best) best = taken;
  }
  long sum = 0;
  for (int j = 0; j < N; j++) sum = (sum * 31 + u[j]) & 0xffffff;
  printf("%.2f %ld %ld\n", best, spikes, sum);
  return 0;
}
