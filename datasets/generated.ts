/** Data sets that are computed and not read, by name. */

import { DatasetError } from "./dataset-error.ts";
import { type PatternOptions, patternDataset } from "./patterns.ts";
import { type RandmanOptions, randmanDataset } from "./randman.ts";
import type { Dataset } from "./sample.ts";
import { type YinYangOptions, yinYangDataset } from "./yin-yang.ts";

type Numbers = Readonly<Record<string, number>>;

interface Generator {
  /** Fields that a name may set. */
  readonly fields: readonly string[];
  open(options: Numbers): Dataset;
}

/** Every option of a generator once: the compiler refuses a list that lacks one. */
function generator<T>(fields: Readonly<Record<keyof T & string, true>>, open: (options: T) => Dataset): Generator {
  return { fields: Object.keys(fields), open: (options) => open(options as T) };
}

const GENERATORS: Readonly<Record<string, Generator>> = {
  patterns: generator<PatternOptions>(
    {
      seed: true,
      samples: true,
      classes: true,
      channels: true,
      steps: true,
      jitterSteps: true,
      span: true,
      repeats: true,
      timestepMs: true,
    },
    patternDataset,
  ),
  "yin-yang": generator<YinYangOptions>(
    { seed: true, samples: true, earlySeconds: true, lateSeconds: true, biasSeconds: true },
    yinYangDataset,
  ),
  randman: generator<RandmanOptions>(
    {
      seed: true,
      samples: true,
      classes: true,
      channels: true,
      dimension: true,
      alpha: true,
      manifoldSeed: true,
      earlySeconds: true,
      lateSeconds: true,
    },
    randmanDataset,
  ),
};

/** Names of the generators. */
export const GENERATED_NAMES: readonly string[] = Object.keys(GENERATORS);

/** Name of a generator, seed, options. */
const FORM = /^([a-z-]+)(?::([^,]*))?(?:,(.*))?$/s;

/** Whether a name is of a generated set, hence no file's. Whether its options are right is not looked at. */
export function isGenerated(name: string): boolean {
  const kind = FORM.exec(name)?.[1];
  return kind !== undefined && Object.hasOwn(GENERATORS, kind);
}

/**
 * The generated data set of a name, which it keeps as its own, or undefined where the name is none of theirs, hence a file's:
 *
 *     NAME[:SEED][,FIELD=NUMBER..]    for example patterns:7 or yin-yang:40,samples=1000
 *
 * @throws DatasetError for a field that the generator has not, a value that is no number, and options out of range
 */
export function generatedDataset(name: string): Dataset | undefined {
  if (!isGenerated(name)) return undefined;
  const [, kind, seed, settings] = FORM.exec(name)!;
  const { fields, open } = GENERATORS[kind!]!;
  const options: Record<string, number> = {};
  const given = [
    ...(seed === undefined ? [] : [`seed=${seed}`]),
    ...(settings === undefined ? [] : settings.split(",")),
  ];
  for (const setting of given) {
    const [field, text, ...more] = setting.split("=");
    const fault = (what: string, remedy: string): DatasetError =>
      new DatasetError({ code: "option-range", file: kind!, place: { field: field! }, value: setting, what, remedy });
    if (!fields.includes(field!)) throw fault("there is no such option", `give one of ${fields.join(", ")}`);
    if (Object.hasOwn(options, field!)) throw fault("given twice", "give it once");
    // Number("") is 0, and Number takes hexadecimal: neither is meant.
    if (text === undefined || more.length > 0 || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) {
      throw fault(`"${text ?? ""}" is not a number`, `write ${kind}:SEED,${field}=NUMBER`);
    }
    options[field!] = Number(text);
  }
  return { ...open(options), name };
}
