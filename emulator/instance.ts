/** An image in a wasm module of its own: registers, memory, and room for a stimulus behind what the image needs. */
import type { Image } from "../image/manifest.ts";
import { StimulusError } from "./check.ts";
import { type Loaded, load } from "./load.ts";
import { type CoreExports, coreModule, RUN_REGISTERS } from "./module.ts";

export interface InstanceOptions {
  /** Turns the general module into one for these registers (compiler/specialise.ts); without it the general module runs. */
  readonly specialise?: (module: Uint8Array, constants: Readonly<Record<string, number>>) => Uint8Array;
  /** The module to start from; the release build by default. */
  readonly module?: Uint8Array;
  /** Count cycles, rows, words and synaptic operations (default). Without, they are 0; exists to measure what counting costs. */
  readonly accounting?: boolean;
  /** Collect trace events, one step at a time; slower. */
  readonly tracing?: boolean;
}

export interface Instance {
  readonly loaded: Loaded;
  /** Registers that are constant for the image, accounting and tracing among them. */
  readonly constants: Readonly<Record<string, number>>;
  /** The module that runs, as bytes. */
  readonly module: Uint8Array;
  readonly core: CoreExports;
  readonly memory: WebAssembly.Memory;
  /** Writes registers that differ between runs: all of RUN_REGISTERS. @throws RangeError for a missing one */
  setRunRegisters(values: Readonly<Record<string, number>>): void;
  /** Grows the memory so that addresses below `end` exist. Views of its buffer are void afterwards. */
  reserve(end: number): void;
}

/** Compiled modules by their bytes: every image on the general module shares its machine code, which an engine improves as it runs. */
const compiled = new WeakMap<Uint8Array, WebAssembly.Module>();

function compiledModule(bytes: Uint8Array): WebAssembly.Module {
  const known = compiled.get(bytes);
  if (known !== undefined) return known;
  const module = new WebAssembly.Module(bytes as BufferSource);
  compiled.set(bytes, module);
  return module;
}

/** What is in an image is trusted; that it is one, and not the bytes of its file, is not. @throws StimulusError */
function checkIsImage(image: unknown): void {
  const { manifest, contents } = (image ?? {}) as Partial<Image>;
  if (manifest !== undefined && contents !== undefined) return;
  const remedy = "give what compile or decodeImage gives: decodeImage(bytes, name) reads the bytes of an image file";
  const what = ArrayBuffer.isView(image) ? `${image.constructor.name} of ${image.byteLength} bytes` : typeof image;
  throw new StimulusError("image", "is no image", what, remedy);
}

export function createInstance(image: Image, options: InstanceOptions): Instance {
  checkIsImage(image);
  const loaded = load(image);
  const constants: Record<string, number> = {
    ...loaded.registers,
    accounting: Number(options.accounting ?? true),
    tracing: Number(options.tracing ?? false),
  };
  const general = options.module ?? coreModule();
  const module = options.specialise ? options.specialise(general, constants) : general;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((loaded.free + 65_536) / 65_536) });
  const instance = new WebAssembly.Instance(compiledModule(module), { env: { memory } });
  const register = (name: string): WebAssembly.Global => instance.exports[name] as WebAssembly.Global;
  if (!options.specialise) {
    for (const [name, value] of Object.entries(constants)) register(name).value = value;
  }
  loaded.write(memory);
  return {
    loaded,
    constants,
    module,
    core: instance.exports as unknown as CoreExports,
    memory,
    setRunRegisters(values) {
      for (const name of RUN_REGISTERS) {
        const value = values[name];
        if (value === undefined) throw new RangeError(`register ${name} has no value`);
        register(name).value = value;
      }
    },
    reserve(end) {
      const pages = Math.ceil((end - memory.buffer.byteLength) / 65_536);
      if (pages > 0) memory.grow(pages);
    },
  };
}
