/** Queues with a registered count, and the circular delay queue. */

import { Macro, type Ports } from "./memory.ts";

/**
 * A FIFO whose head is visible without a read cycle. What is pushed in cycle c is visible from c + 1; a place that is
 * popped in c can be taken from c + 1.
 */
export class Fifo<T> {
  readonly capacity: number;
  #content: T[] = [];
  #pushed: T[] = [];
  #popped = false;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get full(): boolean {
    return this.#content.length === this.capacity;
  }

  get empty(): boolean {
    return this.#content.length === 0;
  }

  /** @throws Error on an empty queue. */
  get head(): T {
    if (this.empty) throw new Error("head of an empty queue");
    return this.#content[0] as T;
  }

  push(element: T): void {
    if (this.full || this.#pushed.length > 0) throw new Error("push into a queue that cannot take it");
    this.#pushed.push(element);
  }

  pop(): T {
    if (this.#popped) throw new Error("second pop in one cycle");
    this.#popped = true;
    return this.head;
  }

  clear(): void {
    this.#content = [];
    this.#pushed = [];
    this.#popped = false;
  }

  clock(): void {
    if (this.#popped) this.#content.shift();
    this.#content.push(...this.#pushed);
    this.#pushed = [];
    this.#popped = false;
  }
}

/** One entry of the delay queue. */
export interface QueuedEvent {
  readonly bucket: number;
  readonly wait: number;
}

/** The delay queue of scheme 3: a macro with head, tail and count registers. */
export class DelayQueue {
  readonly #macro: Macro<QueuedEvent>;
  #head = 0;
  #tail = 0;
  #count = 0;

  constructor(ports: Ports, capacity: number) {
    const empty: QueuedEvent = { bucket: 0, wait: 0 };
    this.#macro = new Macro("delay queue", ports, Array<QueuedEvent>(capacity).fill(empty));
  }

  get count(): number {
    return this.#count;
  }

  get full(): boolean {
    return this.#count === this.#macro.words;
  }

  get singlePort(): boolean {
    return this.#macro.ports === "1RW";
  }

  /** The event popped last, from the cycle after its pop. */
  get popped(): QueuedEvent {
    return this.#macro.output;
  }

  pop(): void {
    if (this.#count === 0) throw new Error("pop of an empty delay queue");
    this.#macro.read(this.#head);
    this.#head = this.#next(this.#head);
    this.#count--;
  }

  push(event: QueuedEvent): void {
    if (this.full) throw new Error("push into a full delay queue");
    this.#macro.write(this.#tail, event);
    this.#tail = this.#next(this.#tail);
    this.#count++;
  }

  clear(): void {
    this.#head = 0;
    this.#tail = 0;
    this.#count = 0;
  }

  clock(): void {
    this.#macro.clock();
  }

  /** From the oldest event on, for snapshots. */
  peek(): [bucket: number, wait: number][] {
    const events: [number, number][] = [];
    for (let i = 0; i < this.#count; i++) {
      const event = this.#macro.peek((this.#head + i) % this.#macro.words);
      events.push([event.bucket, event.wait]);
    }
    return events;
  }

  #next(pointer: number): number {
    return pointer + 1 === this.#macro.words ? 0 : pointer + 1;
  }
}
