/** Exit codes of the command; part of its interface. */

export const EXIT_OK = 0;
/** A description, image, data set or probe is wrong or cannot be read, or an output cannot be written. */
export const EXIT_BAD_INPUT = 1;
/** The command line itself is wrong: unknown command or option, missing or contradictory arguments. */
export const EXIT_USAGE = 2;
/** The network is well-formed, but this core cannot hold it. */
export const EXIT_DOES_NOT_FIT = 3;
/** The RTL and the emulator differ. */
export const EXIT_DIFFERENCE = 4;
/** A mistake of mora, not of its user (EX_SOFTWARE of sysexits.h). */
export const EXIT_INTERNAL = 70;

/** What a shell reports for a process that SIGINT ended. */
export const EXIT_INTERRUPTED = 130;

export const EXIT_CODES_TEXT: string = [
  "Exit codes:",
  `  ${EXIT_OK}   done`,
  `  ${EXIT_BAD_INPUT}   bad input: a description, image or data set is wrong, a file cannot be read or written, or RTL cannot be built`,
  `  ${EXIT_USAGE}   usage: unknown command or option, missing or contradictory arguments`,
  `  ${EXIT_DOES_NOT_FIT}   the core cannot hold the network, the named part the core, or no design keeps the accuracy within its budget`,
  `  ${EXIT_DIFFERENCE}   the RTL differs from the emulator`,
  `  ${EXIT_INTERNAL}  internal error: a mistake of mora; MORA_DEBUG=1 shows the stack`,
].join("\n");
