/** What a sweep and its workers have to agree in. */

import type { QueueVersion } from "../explore/queue/queue-version.ts";
import { SEMANTICS_VERSION } from "../training/semantics-version.ts";
import { readVersion } from "./version.ts";

export function queueVersion(): QueueVersion {
  return { mora: readVersion(), semantics: SEMANTICS_VERSION };
}
