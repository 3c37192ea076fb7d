/**
 * SRAM macros with stated ports (docs/core.md, section 5.1). The address is presented in one cycle, the word is on the
 * output from the next one and stays there until the next read. `clock` ends a cycle.
 */

export type Ports = "1RW" | "1R1W";

export class Macro<T> {
  readonly name: string;
  readonly words: number;
  readonly ports: Ports;
  readonly #content: T[];
  #reading = -1;
  #writing = -1;
  #data: T | undefined;
  #output: { readonly word: T; readonly poisoned: boolean } | null = null;

  constructor(name: string, ports: Ports, content: T[]) {
    this.name = name;
    this.words = content.length;
    this.ports = ports;
    this.#content = content;
  }

  /** Presents a read address. @throws Error when the port has been used in this cycle, RangeError outside the macro. */
  read(address: number): void {
    this.#check(address);
    if (this.#reading >= 0) throw new Error(`${this.name}: second read in one cycle`);
    if (this.ports === "1RW" && this.#writing >= 0) throw new Error(`${this.name}: read and write on one port`);
    this.#reading = address;
  }

  /** Presents a write. @throws Error when the port has been used in this cycle, RangeError outside the macro. */
  write(address: number, word: T): void {
    this.#check(address);
    if (this.#writing >= 0) throw new Error(`${this.name}: second write in one cycle`);
    if (this.ports === "1RW" && this.#reading >= 0) throw new Error(`${this.name}: read and write on one port`);
    this.#writing = address;
    this.#data = word;
  }

  /** Whether the port takes a write in this cycle. */
  get canWrite(): boolean {
    return this.#writing < 0 && (this.ports === "1R1W" || this.#reading < 0);
  }

  /** The word read last. @throws Error before the first read, or when that read met a write to its address. */
  get output(): T {
    if (this.#output === null) throw new Error(`${this.name}: output used before a read`);
    if (this.#output.poisoned)
      throw new Error(`${this.name}: output of a read during a write to the same address used`);
    return this.#output.word;
  }

  /** Ends the cycle: the read word appears, the written word is stored. */
  clock(): void {
    if (this.#reading >= 0) {
      const word = this.#content[this.#reading] as T;
      this.#output = { word, poisoned: this.#reading === this.#writing };
    }
    if (this.#writing >= 0) this.#content[this.#writing] = this.#data as T;
    this.#reading = -1;
    this.#writing = -1;
  }

  /** What the macro holds: for the tests' snapshots, not for the core. */
  peek(address: number): T {
    this.#check(address);
    return this.#content[address] as T;
  }

  #check(address: number): void {
    if (!Number.isInteger(address) || address < 0 || address >= this.words) {
      throw new RangeError(`${this.name}: address ${address} outside 0..${this.words - 1}`);
    }
  }
}

/**
 * A macro that a clear phase empties: by writing `zero` to each word, or, with a flip-flop a word (`clear: "valid"`), in
 * one cycle, after which a word reads as `zero` until it is written.
 */
export class ClearedMacro<T> {
  readonly words: number;
  readonly #macro: Macro<T>;
  readonly #zero: T;
  readonly #valid: boolean[];
  #reading = -1;
  #writing = -1;
  #outputValid = false;

  constructor(name: string, ports: Ports, words: number, zero: T) {
    this.words = words;
    this.#macro = new Macro(
      name,
      ports,
      Array.from({ length: words }, () => zero),
    );
    this.#zero = zero;
    this.#valid = Array.from({ length: words }, () => true);
  }

  read(address: number): void {
    this.#macro.read(address);
    this.#reading = address;
  }

  write(address: number, word: T): void {
    this.#macro.write(address, word);
    this.#writing = address;
  }

  get canWrite(): boolean {
    return this.#macro.canWrite;
  }

  /** The logical word read last; errors as those of the macro. */
  get output(): T {
    const word = this.#macro.output;
    return this.#outputValid ? word : this.#zero;
  }

  /** Resets all valid bits: the whole of a clear phase with `clear: "valid"`. */
  invalidate(): void {
    this.#valid.fill(false);
  }

  /** Writes zero to one word, if there is one at this address: one cycle of a sweep. */
  sweep(address: number): void {
    if (address < this.words) this.write(address, this.#zero);
  }

  clock(): void {
    if (this.#reading >= 0) this.#outputValid = this.#valid[this.#reading] as boolean;
    if (this.#writing >= 0) this.#valid[this.#writing] = true;
    this.#reading = -1;
    this.#writing = -1;
    this.#macro.clock();
  }

  /** Logical contents, for snapshots. */
  peek(address: number): T {
    const word = this.#macro.peek(address);
    return this.#valid[address] === true ? word : this.#zero;
  }
}

/**
 * Registers in front of a write port. A write is done in the cycle in which it comes, or, where a single port is read in
 * that cycle, in the next one without a read (docs/core.md, section 10.4).
 */
export class WriteRegisters<T> {
  /** Most words that may wait: the registers that the hardware has. */
  readonly depth: number;
  readonly #macro: { readonly canWrite: boolean; write(address: number, word: T): void };
  readonly #waiting: { readonly address: number; readonly word: T }[] = [];

  constructor(macro: { readonly canWrite: boolean; write(address: number, word: T): void }, depth: number) {
    this.#macro = macro;
    this.depth = depth;
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  push(address: number, word: T): void {
    this.#waiting.push({ address, word });
  }

  /** After all reads of the cycle: the oldest write, if the port takes it. @throws Error when more words wait than there are registers. */
  clock(): void {
    const oldest = this.#waiting[0];
    if (oldest !== undefined && this.#macro.canWrite) {
      this.#macro.write(oldest.address, oldest.word);
      this.#waiting.shift();
    }
    if (this.#waiting.length > this.depth) throw new Error(`${this.#waiting.length} writes wait, ${this.depth} can`);
  }
}
