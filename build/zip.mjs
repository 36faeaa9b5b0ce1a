// Packs a folder's files into a zip that depends on nothing but their names and bytes: sorted, with one fixed time, and
// executable where Lambda needs it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'

const [folder, target] = process.argv.slice(2)
const time = { date: 0x21, time: 0 } // The first moment that the format knows: 1 January 1980.
const deflated = 8
const madeByUnix = 3 << 8 | 20

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1
  return n
})

function crc32(bytes) {
  let crc = 0xFFFFFFFF
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xFF] ^ (crc >>> 8)
  return (crc ^ 0xFFFFFFFF) >>> 0
}

function filesOf(path, prefix = '') {
  return readdirSync(join(path, prefix), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesOf(path, `${prefix}${entry.name}/`) : [prefix + entry.name])
}

function header(signature, size, fields) {
  const bytes = Buffer.alloc(size)
  bytes.writeUInt32LE(signature, 0)
  for (const [offset, length, value] of fields) bytes.writeUIntLE(value, offset, length)
  return bytes
}

const parts = []
const directory = []
let offset = 0
for (const name of filesOf(folder).sort()) {
  const bytes = readFileSync(join(folder, name))
  const packed = deflateRawSync(bytes, { level: 9 })
  const path = Buffer.from(name)
  const common = at => [[at, 2, 20], [at + 2, 2, 0x800], [at + 4, 2, deflated], [at + 6, 2, time.time], [at + 8, 2, time.date],
    [at + 10, 4, crc32(bytes)], [at + 14, 4, packed.length], [at + 18, 4, bytes.length], [at + 22, 2, path.length]]
  parts.push(header(0x04034B50, 30, common(4)), path, packed)
  const mode = name === 'bootstrap' ? 0o100755 : 0o100644
  directory.push(header(0x02014B50, 46, [[4, 2, madeByUnix], ...common(6), [38, 4, mode * 0x10000], [42, 4, offset]]), path)
  offset += 30 + path.length + packed.length
}
const size = directory.reduce((sum, part) => sum + part.length, 0)
const count = directory.length / 2
const end = header(0x06054B50, 22, [[8, 2, count], [10, 2, count], [12, 4, size], [16, 4, offset]])
writeFileSync(target, Buffer.concat([...parts, ...directory, end]))
