/**
 * The image file, little-endian throughout:
 *
 *     byte  0  magic "MORAIMG\0"
 *           8  version, u32
 *          12  bytes of the manifest m, u32
 *          16  bytes of the contents c, u32
 *          20  manifest: JSON in UTF-8, keys of every object in code unit order
 *        20+m  contents of the stored memories, in the manifest's order of memories
 *      20+m+c  SHA-256 of everything before
 */

export const MAGIC: Uint8Array = Uint8Array.from([0x4d, 0x4f, 0x52, 0x41, 0x49, 0x4d, 0x47, 0x00]);
/** 2: registers of the learning engine, bits below learned weights and delays. */
export const VERSION = 2;
export const VERSION_AT = 8;
export const MANIFEST_BYTES_AT = 12;
export const CONTENTS_BYTES_AT = 16;
export const HEADER_BYTES = 20;
export const CHECKSUM_BYTES = 32;
