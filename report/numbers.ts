/** How reports write numbers: always with "." and ",", whatever the locale of the machine. */

/** Whole numbers with thousands apart: 71,680. */
export function whole(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A number of things by their name in the singular: "1 epoch", "2,430 samples". */
export function counted(n: number, noun: string): string {
  return `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** A fixed number of decimals, thousands apart: 1,234.50. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "-";
  const [integer, fraction] = value.toFixed(decimals).split(".");
  const grouped = integer!.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A share in [0, 1] as percent: "12.5 %". */
export function percent(share: number, decimals: number = 1): string {
  return Number.isFinite(share) ? `${fixed(share * 100, decimals)} %` : "-";
}

/** Three significant digits with an SI prefix: "71.4 M". */
export function si(value: number): string {
  if (!Number.isFinite(value)) return "-";
  const steps: readonly (readonly [number, string])[] = [
    [1e9, " G"],
    [1e6, " M"],
    [1e3, " k"],
  ];
  const [unit, prefix] = steps.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  const scaled = value / unit;
  const decimals = scaled === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(scaled))));
  return `${scaled.toFixed(decimals)}${prefix}`;
}
