/**
 * Version of what a description means: of docs/core.md with its learning engine, the float64 rules, the training loop and
 * the evaluation. Raised by hand whenever a change of any of them changes results, so that stored results stop counting; a commit
 * that changes none of them leaves it, and them, alone. `reproduce --quick` repeats runs and fails when it was forgotten.
 */
export const SEMANTICS_VERSION = 1;
