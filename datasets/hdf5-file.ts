import { FormatError } from "../formats/format-error.ts";
import { type Hdf5File, openHdf5 as openFile } from "../formats/hdf5.ts";
import { datasetError, namingFile } from "./format-fault.ts";

export type { Hdf5File } from "../formats/hdf5.ts";

/**
 * An HDF5 file as the readers of this folder use it: every fault is a DatasetError that names the file.
 *
 * @param name what errors call the file; default the path. A decompressed copy carries its original's name.
 * @throws DatasetError missing-file, unknown-format, truncated or damaged
 */
export async function openHdf5(path: string, name: string = path): Promise<Hdf5File> {
  const file = await openFile(path).catch((error: unknown) => {
    throw error instanceof FormatError ? datasetError(name, error) : error;
  });
  const naming =
    <A extends unknown[], T>(work: (...args: A) => T) =>
    (...args: A): T =>
      namingFile(name, () => work(...args));
  return {
    path: name,
    has: naming(file.has),
    names: naming(file.names),
    describe: naming(file.describe),
    read: naming(file.read),
    readVlen: naming(file.readVlen),
    readStrings: naming(file.readStrings),
    attributes: naming(file.attributes),
    close: naming(file.close),
  };
}
