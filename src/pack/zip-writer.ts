/**
 * Writes ZIP archives. The same entries give the same bytes, on every host and at every time: nothing
 * in the archive comes from a clock or a file system.
 */
import { deflateSync } from "fflate";
import { LoadError } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { crc32 } from "./crc32.ts";
import {
  type ArchiveEntry,
  CENTRAL,
  checkEntryName,
  END,
  FLAG,
  isFolder,
  LOCAL,
  METHOD,
  writeRecord,
} from "./zip-format.ts";

/** 1 January 1980, the first day that the format knows; the time is 0. */
const DATE = (1 << 5) | 1;
/** Needs version 2.0, for deflate; made as if by Unix (3), so that the mode counts. */
const NEEDED_VERSION = 20;
const MADE_BY = (3 << 8) | NEEDED_VERSION;
/** A regular file that all may read and its owner may write. */
const ATTRIBUTES = (0o100644 << 16) >>> 0;

/**
 * The archive of these files, in this order. Each is deflated if that makes it smaller. LoadError where
 * reading the archive again would give one: for names that no entry may have, and beyond the limits.
 */
export function writeArchive(entries: readonly ArchiveEntry[]): Uint8Array {
  checkEntries(entries);
  const packed = entries.map(pack);
  const filesSize = packed.reduce((sum, file) => sum + LOCAL.length + file.name.length + file.data.length, 0);
  const directorySize = packed.reduce((sum, file) => sum + CENTRAL.length + file.name.length, 0);
  const total = filesSize + directorySize + END.length;
  if (total > FIXED_LIMITS.packBytes.value) {
    throw new LoadError(`${total} bytes of archive, more than the ${FIXED_LIMITS.packBytes.value} allowed`);
  }

  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let directoryAt = filesSize;
  for (const { name, data, fields } of packed) {
    writeRecord(view, directoryAt, CENTRAL, { ...fields, madeBy: MADE_BY, attributes: ATTRIBUTES, offset: at });
    bytes.set(name, directoryAt + CENTRAL.length);
    directoryAt += CENTRAL.length + name.length;
    writeRecord(view, at, LOCAL, fields);
    bytes.set(name, at + LOCAL.length);
    bytes.set(data, at + LOCAL.length + name.length);
    at += LOCAL.length + name.length + data.length;
  }
  writeRecord(view, directoryAt, END, {
    entries: entries.length,
    entriesOnDisk: entries.length,
    directorySize,
    directoryOffset: filesSize,
  });
  return bytes;
}

function checkEntries(entries: readonly ArchiveEntry[]): void {
  const { packEntries, packEntryBytes, packUnpackedBytes } = FIXED_LIMITS;
  if (entries.length > packEntries.value) {
    throw new LoadError(`${entries.length} entries, more than the ${packEntries.value} allowed`);
  }
  const names = new Set<string>();
  let sum = 0;
  for (const { name, bytes } of entries) {
    checkEntryName(name);
    if (isFolder(name)) throw new LoadError("the name of a file ends in /", { entry: name });
    if (names.has(name)) throw new LoadError("two entries of this name", { entry: name });
    names.add(name);
    sum += bytes.length;
    if (bytes.length > packEntryBytes.value || sum > packUnpackedBytes.value) {
      throw new LoadError(`${bytes.length} bytes, more than allowed`, { entry: name });
    }
  }
}

function pack({ name, bytes }: ArchiveEntry) {
  const encodedName = new TextEncoder().encode(name);
  if (encodedName.length > 0xffff) throw new LoadError("the name is too long", { entry: name });
  const deflated = deflateSync(bytes, { level: 9 });
  const smaller = deflated.length < bytes.length;
  const data = smaller ? deflated : bytes;
  const fields = {
    neededVersion: NEEDED_VERSION,
    flags: FLAG.utf8,
    method: smaller ? METHOD.deflate : METHOD.stored,
    date: DATE,
    crc: crc32(bytes),
    packedSize: data.length,
    size: bytes.length,
    nameLength: encodedName.length,
  };
  return { name: encodedName, data, fields };
}
