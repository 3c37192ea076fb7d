/** What people read off the tables of docs/results/explore.md. */

interface Lesson {
  /** digestOf the designs that were read. */
  readonly of: string;
  readonly text: string;
}

export const LESSONS: Readonly<Record<"designs" | "learning", Lesson>> = {
  designs: {
    of: "92d15119e695f2b5",
    text: `**What they teach.** One accuracy has a standard error of 2 to 3 points (n = 300); means of paired differences are known to a point or better. Each network was trained once: what is said of networks is said of these five.

- **The network matters more than any width.** Without delays no core gets beyond 56 %. From 9 kB on the front is that of the recurrent network with axonal delays: with weights of 4 bits, a saturating ring of 8 and membranes of 12 it is right in 84.0 % in 9.0 kB. The most accurate of all designs is not told apart from it (0.3 points, -2.0 to +2.7). Synaptic delays take 1.7 times the memory or more and show no gain for it: the best recurrent design with them has 83.3 % in 21.4 kB.
- **Weights**: 6 bits lose nothing that these samples show. With clipping by the least squared error 4 bits lose nothing either (-0.4, -2.2 to +1.5) and 5 a little (-1.7, -2.8 to -0.5): scales are powers of two, so that a bit more is not always better. 3 bits lose 12 points.
- **Clipping** is what few bits stand or fall with: the full range loses 35 points at 3 bits and 19 at 4; at 8 bits all three are alike. The default, least squared error, is nowhere worse.
- **Ring**: words of 12 bits are as good as 16 everywhere. Words of 8 that saturate lose nothing beside membranes of 12 bits, more than 5 points beside membranes of 16, and 14 with weights of 8 bits: the ring's scale follows membranes and weights, so that finer numbers reach its end sooner. Narrow widths belong together.
- **Scheme and lanes** change no answer, as it must be. A spike ring takes 12 % less memory and 3 % more cycles than a ring, where delays are axonal. For dense rows a queue takes 1.7 times the memory and nearly twice the cycles, and is on no front. Eight lanes for two: 2.6 times faster for 9 % more memory.
- **Infeasible** are spike rings for synaptic delays, and 18 queues whose rows are more than 64 kB.`,
  },
  learning: {
    of: "1588e1677f4718de",
    text: `**What they teach.** One accuracy has a standard error of 2.6 points (n = 360), an effect below one of 1.2 to 2. Rates are those that 8 + 4 bits and 20 epochs were tuned with: narrower set-ups might want others.

- **Learning delays** beside weights is worth 17 points (axonal) to 22 (synaptic), for 1.65 and 2.4 times the memory. Nothing else in the table gains as much.
- **Updates at every step** in place of the sample's end need no memory of changes: half of all memory for 4 points, the cheapest trade here.
- **Widths**: weights of 4 used bits hardly learn (-22). 6 for 8 costs 5 points and 7 % of memory, two bits less below the weight another 5 and 8 %: learned weights are the wrong place to save. Bits below a delay are not told from nothing (-2.7, standard error 1.5).
- **Delays that reach far** are worth their ring: 15 steps for 23 cost 4 points, 7 steps 9.
- **Half the synapses** cost nothing that is seen (-0.7, standard error 1.3) and save 13 %; half the neurons cost 5 points and save 43 %.
- **Infeasible** are four with 4 + 2 bits and the small rate of synaptic delays: an update would have to be shifted by more than the unit can.`,
  },
};
