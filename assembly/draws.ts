// Random draws of rows and columns (docs/core.md, section 10.1), four hashes at a time.

import * as l from "./layout";

/** H of four words at once (numbers.ts). */
function hash4(x: v128): v128 {
  x = i32x4.add(i32x4.add(x, i32x4.splat(0x7ed55d16)), i32x4.shl(x, 12));
  x = v128.xor(v128.xor(x, i32x4.splat(0xc761c23c)), i32x4.shr_u(x, 19));
  x = i32x4.add(i32x4.add(x, i32x4.splat(0x165667b1)), i32x4.shl(x, 5));
  x = v128.xor(i32x4.add(x, i32x4.splat(0xd3a2646c)), i32x4.shl(x, 9));
  x = i32x4.add(i32x4.add(x, i32x4.splat(0xfd7046c5)), i32x4.shl(x, 3));
  return v128.xor(v128.xor(x, i32x4.splat(0xb55a4f09)), i32x4.shr_u(x, 16));
}

/** draw(kind, first + n) >>> 16 for n = 0 .. count - 1, as u16; room for a multiple of eight. */
export function fillDraws(to: i32, kind: i32, first: i32, count: i32, key: u32): void {
  const under = i32x4.splat(<i32>(key ^ <u32>(kind << 28)));
  let address = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  const end = to + (count << 1);
  for (; to < end; to += 16) {
    const low = i32x4.shr_u(hash4(v128.xor(under, address)), 16);
    address = i32x4.add(address, i32x4.splat(4));
    const high = i32x4.shr_u(hash4(v128.xor(under, address)), 16);
    address = i32x4.add(address, i32x4.splat(4));
    v128.store(to, i16x8.narrow_i32x4_u(low, high));
  }
}

/** Kinds of row draws have an array each, in the order of DRAW_WEIGHT, DRAW_DELAY and the two of eligibilities. */
export function rowDrawPlace(kind: i32): i32 {
  return kind >= l.DRAW_WEIGHT_ELIGIBILITY ? kind - 3 : kind - 1;
}
