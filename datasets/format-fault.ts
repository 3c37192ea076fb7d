import { FormatError } from "../formats/format-error.ts";
import { DatasetError } from "./dataset-error.ts";

/**
 * Runs `work` and names the file in what a reader of formats/ refuses.
 *
 * @throws DatasetError with the code, dataset, value and remedy of the FormatError
 */
export function namingFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof FormatError ? datasetError(file, error) : error;
  }
}

/** The same fault as the data set's. */
export function datasetError(
  file: string,
  { code, dataset, value, message, remedy, cause }: FormatError,
): DatasetError {
  return new DatasetError({
    code,
    file,
    what: message,
    remedy,
    ...(dataset !== undefined && { place: { field: dataset } }),
    ...(value !== undefined && { value }),
    cause,
  });
}
