export type H5wasm = typeof import("h5wasm/node");
/** The parts of the emscripten module that its typings leave out. */
export type H5Module = H5wasm["Module"] & {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  HEAPU8: Uint8Array;
};

let loading: Promise<H5wasm> | undefined;
let instances = 0;

/** Loads the HDF5 library; 4 MB of wasm, hence on first use only. */
export function loadLibrary(): Promise<H5wasm> {
  loading ??= importLibrary().then(async (library) => {
    const module = await library.ready;
    // Without this the library writes its error stack to stderr and returns -1.
    module.activate_throwing_error_handler();
    return library;
  });
  return loading;
}

/**
 * A damaged file can make the wasm module trap or abort, after which nothing works in it any more. The next file then gets
 * a module of its own: the query makes it another one to the module cache.
 */
function importLibrary(): Promise<H5wasm> {
  if (instances === 0) return import("h5wasm/node");
  return import(`${import.meta.resolve("h5wasm/node")}?instance=${instances}`);
}

/** Gives up a module that has trapped; files open in it must not be used further. */
export function retireLibrary(): void {
  instances++;
  loading = undefined;
}

/** First line of the library's error stack that says more than which function failed. */
export function innermost(error: unknown): string {
  const text = String(error instanceof Error ? error.message : error);
  const frames = text.split("\n").filter((line) => /^\s*#\d+/.test(line));
  const last = frames.at(-1);
  if (last === undefined) return text.split("\n")[0]!.slice(0, 200);
  return last.replace(/^.*?\(\): /, "").slice(0, 200);
}
