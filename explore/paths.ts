/** Paths into plain data, as the validators write them: `core.weights.bits`, `network.projections[0].delays`, `core.weights.projections["sound -> hidden"].bits`. */

/** A key of an object, or an index of an array. */
export type Segment = string | number;
export type Path = readonly Segment[];

/** A path that is malformed, or that the data does not have. */
export class PathError extends Error {
  override readonly name: string = "PathError";
}

const TOKEN = /(?:^|\.)([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** @throws PathError for a text that is no path, with the place */
export function parsePath(text: string): Path {
  const segments: Segment[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length || text === "") {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new PathError(`"${text}" is not a path from character ${at + 1} on`);
    const [, key, index, quoted] = match;
    const segment = key ?? (index === undefined ? (JSON.parse(quoted!) as string) : Number(index));
    // Data from a file must not reach what every object inherits.
    if (segment === "__proto__") throw new PathError(`"${text}": "__proto__" is no key of a description`);
    segments.push(segment);
  }
  return segments;
}

export function formatPath(path: Path): string {
  const texts = path.map((segment, n) => {
    if (typeof segment === "number") return `[${segment}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(segment)) return `[${JSON.stringify(segment)}]`;
    return n === 0 ? segment : `.${segment}`;
  });
  return texts.join("");
}

/**
 * A copy of `value` with `content` at a path; what lies beside the path is shared. Objects on the way that are missing are made,
 * entries of arrays are not: a list of projections does not grow by a typing error.
 *
 * @throws PathError where the data has a number, a text or a shorter list on the way
 */
export function setAt(value: unknown, path: Path, content: unknown, done: Path = []): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return content;
  const here = done.length === 0 ? "the description" : formatPath(done);
  const next = [...done, segment];
  if (typeof segment === "number") {
    if (!Array.isArray(value)) throw new PathError(`${formatPath(next)}: ${here} is not a list`);
    if (segment >= value.length) {
      throw new PathError(
        `${formatPath(next)}: ${here} has ${value.length} entries; the last is [${value.length - 1}]`,
      );
    }
    return value.with(segment, setAt(value[segment], rest, content, next));
  }
  if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value))) {
    throw new PathError(`${formatPath(next)}: ${here} is ${JSON.stringify(value)?.slice(0, 40)}, which has no fields`);
  }
  const object = (value ?? {}) as Readonly<Record<string, unknown>>;
  const own = Object.hasOwn(object, segment) ? object[segment] : undefined;
  return { ...object, [segment]: setAt(own, rest, content, next) };
}
