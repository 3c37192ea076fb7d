/** What of the learning engine (docs/core.md, section 10) the RTL has. */
export const ENGINE_SCOPE: string =
  "the RTL has the learning engine's event counters, traces and surrogates; error, signal, learn and apply are not in it yet, so that it learns nothing";
