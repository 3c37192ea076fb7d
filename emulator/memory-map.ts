/**
 * Where the emulator's tables and buffers lie in the wasm module's linear memory: one bump allocation after the other,
 * each aligned to 16 bytes so that vector loads never straddle. Deterministic, so that addresses can be specialised.
 */
export interface Allocator {
  /** Reserves `bytes` bytes (at least 16), zeroed, and returns their address. */
  allocate(bytes: number): number;
  /** Bytes reserved so far. */
  readonly size: number;
}

export function createAllocator(firstFree: number): Allocator {
  let next = firstFree;
  return {
    allocate(bytes) {
      const address = next;
      next += Math.max(16, Math.ceil(bytes / 16) * 16);
      return address;
    },
    get size() {
      return next;
    },
  };
}

/** What placing a structure needs: room, room that the clear phase zeroes, and a list of writes to do once memory exists. */
export interface Place {
  readonly allocator: Allocator;
  readonly clear: (bytes: number) => number;
  readonly writes: ((view: DataView) => void)[];
}

/** Stores 32-bit words from `address` on. */
export function writeWords(view: DataView, address: number, values: readonly number[]): void {
  values.forEach((value, index) => {
    view.setInt32(address + 4 * index, value, true);
  });
}

/** Stores 32-bit fields at their offsets in a record. */
export function writeRecord(
  view: DataView,
  record: number,
  fields: readonly (readonly [offset: number, value: number])[],
): void {
  for (const [offset, value] of fields) view.setInt32(record + offset, value, true);
}
