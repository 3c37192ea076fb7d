/** A cache that is bounded by the bytes of what it holds: networks are of a few kB or of hundreds of MB. */

/** The value of a key, made when it is not there. Errors are the caller's, and are not kept. */
export type BoundedCache<T> = (key: string, make: () => Promise<T> | T) => Promise<T>;

/**
 * Keeps what was asked for last, as much as goes into a number of bytes; the last one in any case. One that is being made is shared
 * among those who ask for it meanwhile.
 *
 * @param bytesOf of a value that has been made
 */
export function boundedCache<T>(budget: number, bytesOf: (value: T) => number): BoundedCache<T> {
  // In the order in which they were asked for: a map keeps that in which keys came.
  const kept = new Map<string, { readonly value: Promise<T>; bytes: number }>();
  const shrink = (newest: object): void => {
    let total = 0;
    for (const { bytes } of kept.values()) total += bytes;
    for (const [key, entry] of kept) {
      if (total <= budget) return;
      if (entry === newest) continue;
      kept.delete(key);
      total -= entry.bytes;
    }
  };
  return async (key, make) => {
    const before = kept.get(key);
    const entry = before ?? { value: Promise.resolve().then(make), bytes: 0 };
    kept.delete(key);
    kept.set(key, entry);
    try {
      const value = await entry.value;
      if (entry === before) return value;
      entry.bytes = bytesOf(value);
      shrink(entry);
      return value;
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key);
      throw error;
    }
  };
}

/** Bytes of all typed arrays in plain data, to which all else is small. */
export function arrayBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + arrayBytes(part), 0);
}
