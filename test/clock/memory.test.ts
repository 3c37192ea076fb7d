import { describe, expect, test } from "vitest";
import { signedField, unpackWords, unsignedField } from "./bits.ts";
import { DelayQueue, Fifo } from "./fifo.ts";
import { ClearedMacro, Macro } from "./memory.ts";

describe("macro", () => {
  test("a word read in one cycle is on the output from the next, until the next read", () => {
    const macro = new Macro("m", "1RW", [10, 20]);
    expect(() => macro.output).toThrow(/before a read/);
    macro.read(1);
    expect(() => macro.output).toThrow(/before a read/);
    macro.clock();
    expect(macro.output).toBe(20);
    macro.clock();
    macro.write(1, 21);
    macro.clock();
    expect(macro.output).toBe(20);
    macro.read(1);
    macro.clock();
    expect(macro.output).toBe(21);
  });

  test("1RW: one access a cycle", () => {
    const macro = new Macro("m", "1RW", [0, 0]);
    macro.read(0);
    expect(() => macro.write(1, 5)).toThrow(/one port/);
    expect(() => macro.read(1)).toThrow(/second read/);
    macro.clock();
    macro.write(1, 5);
    expect(() => macro.read(0)).toThrow(/one port/);
  });

  test("1R1W: one read and one write a cycle; a read of the address being written is poison until used", () => {
    const macro = new Macro("m", "1R1W", [1, 2]);
    macro.read(0);
    macro.write(1, 7);
    expect(() => macro.write(0, 7)).toThrow(/second write/);
    macro.clock();
    expect(macro.output).toBe(1);
    macro.read(1);
    macro.write(1, 8);
    macro.clock();
    expect(() => macro.output).toThrow(/same address/);
    macro.read(1);
    macro.clock();
    expect(macro.output).toBe(8);
  });

  test("addresses outside the macro", () => {
    const macro = new Macro("m", "1RW", [1]);
    expect(() => macro.read(1)).toThrow(RangeError);
    expect(() => macro.write(-1, 0)).toThrow(RangeError);
  });

  test("valid bits: the contents stay, a word reads as zero until it is written", () => {
    const macro = new ClearedMacro("m", "1R1W", 2, 0);
    macro.write(0, 5);
    macro.clock();
    macro.invalidate();
    expect(macro.peek(0)).toBe(0);
    macro.read(0);
    macro.clock();
    expect(macro.output).toBe(0);
    macro.write(0, 6);
    macro.clock();
    expect(macro.output).toBe(0);
    macro.read(0);
    macro.clock();
    expect(macro.output).toBe(6);
  });
});

describe("queues", () => {
  test("FIFO: pushed in c, visible in c + 1; a popped place is free in c + 1", () => {
    const fifo = new Fifo<number>(1);
    fifo.push(4);
    expect(fifo.empty).toBe(true);
    fifo.clock();
    expect(fifo.head).toBe(4);
    expect(fifo.pop()).toBe(4);
    expect(fifo.full).toBe(true);
    expect(() => fifo.push(5)).toThrow();
    fifo.clock();
    expect([fifo.full, fifo.empty]).toEqual([false, true]);
  });

  test("delay queue: wraps around its macro", () => {
    const queue = new DelayQueue("1R1W", 2);
    const push = (bucket: number): void => {
      queue.push({ bucket, wait: 0 });
      queue.clock();
    };
    push(1);
    push(2);
    expect(queue.full).toBe(true);
    queue.pop();
    queue.clock();
    expect(queue.popped.bucket).toBe(1);
    push(3);
    expect(queue.peek()).toEqual([
      [2, 0],
      [3, 0],
    ]);
  });
});

describe("packed words", () => {
  test("fields from bit 0 upwards, little-endian, across bytes", () => {
    // 20-bit words 0xABCDE and 0x12345.
    const [first, second] = unpackWords(Uint8Array.from([0xde, 0xbc, 0x0a, 0x45, 0x23, 0x01]), 2, 20);
    expect(unsignedField(first!, 0, 20)).toBe(0xabcde);
    expect(unsignedField(first!, 4, 12)).toBe(0xbcd);
    expect(signedField(first!, 16, 4)).toBe(-6);
    expect(signedField(second!, 0, 5)).toBe(5);
    expect(unsignedField(second!, 7, 0)).toBe(0);
    expect(() => unpackWords(new Uint8Array(5), 2, 20)).toThrow(RangeError);
  });
});
