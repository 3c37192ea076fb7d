/**
 * CPU time of this process in nanoseconds, to 1 us: on a machine with other work, time that those others had is not counted, and on a
 * quiet one it is the time that passes. The C references count the same (CLOCK_PROCESS_CPUTIME_ID).
 */
export function cpuNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}
