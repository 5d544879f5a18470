import { crc32 } from 'node:zlib'

/**
 * What archiver's parts want of the package crc-32, by the zlib Node carries: in JavaScript the check sum costs as much as the
 * rest of writing an archive. scripts/build.mjs puts it in the package's place.
 * @returns CRC-32 (ISO 3309) as a signed 32-bit number
 */
export const buf = (bytes: Uint8Array, seed = 0): number => crc32(bytes, seed >>> 0) | 0

export default { buf }
