/**
 * Centre of the bin of the surrogate table that a distance v - theta falls into (docs/core.md, section 10.3); null in the last
 * bin, which stands for everything beyond the table and holds 0. Distance and centre are in membrane LSB.
 */
export function binCentre(distance: number, surrogateShift: number, entriesLog2: number): number | null {
  const width = 2 ** surrogateShift;
  const bin = Math.floor(Math.abs(distance) / width);
  return bin >= 2 ** entriesLog2 - 1 ? null : (bin + 0.5) * width;
}
