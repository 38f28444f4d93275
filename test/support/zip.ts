/**
 * Makes ZIP archives by hand, wrong ones included: every field can be set to anything. Shares nothing
 * with src/pack, so that both cannot be wrong in the same way.
 */
import { crc32, deflateRawSync } from "node:zlib";

export interface RawFields {
  flags?: number;
  method?: number;
  crc?: number;
  packedSize?: number;
  size?: number;
}

export interface RawEntry extends RawFields {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  /** The bytes in the archive, instead of the packed content. */
  packed?: Uint8Array;
  madeBy?: number;
  attributes?: number;
  disk?: number;
  extra?: Uint8Array;
  /** The local header, where it differs. */
  local?: RawFields & { name?: string; extra?: Uint8Array; signature?: number };
  /** Bytes behind the data. */
  trailer?: Uint8Array;
  /** In the central directory, instead of the true one. */
  offset?: number;
}

export interface RawArchive {
  /** In front of the central directory, behind it, and behind the end record. */
  beforeDirectory?: Uint8Array;
  afterDirectory?: Uint8Array;
  comment?: Uint8Array;
  trailer?: Uint8Array;
  end?: {
    disk?: number;
    directoryDisk?: number;
    entriesOnDisk?: number;
    entries?: number;
    size?: number;
    offset?: number;
  };
  commentLength?: number;
}

export function utf8(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

/** Numbers in two or four bytes each, little endian. */
export function le(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
  const bytes: number[] = [];
  for (const [count, value] of fields) {
    bytes.push(value & 255, (value >>> 8) & 255);
    if (count === 4) bytes.push((value >>> 16) & 255, value >>> 24);
  }
  return Uint8Array.from(bytes);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function rawZip(entries: readonly RawEntry[], archive: RawArchive = {}): Uint8Array {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = utf8(entry.content ?? "");
    const method = entry.method ?? 8;
    const packed = entry.packed ?? (method === 8 ? new Uint8Array(deflateRawSync(content)) : content);
    const name = utf8(entry.name);
    const own: Required<RawFields> = {
      flags: entry.flags ?? 0,
      method,
      crc: entry.crc ?? crc32(content),
      packedSize: entry.packedSize ?? packed.length,
      size: entry.size ?? content.length,
    };
    const fields = (f: Required<RawFields>) =>
      le([2, 20], [2, f.flags], [2, f.method], [2, 0], [2, 33], [4, f.crc], [4, f.packedSize], [4, f.size]);
    const { name: otherName, extra: otherExtra, signature, ...differing } = entry.local ?? {};
    const localName = otherName === undefined ? name : utf8(otherName);
    const localExtra = otherExtra ?? entry.extra ?? new Uint8Array();
    const extra = entry.extra ?? new Uint8Array();
    const local = joined([
      le([4, signature ?? 0x04034b50]),
      fields({ ...own, ...differing }),
      le([2, localName.length], [2, localExtra.length]),
      localName,
      localExtra,
      packed,
      entry.trailer ?? new Uint8Array(),
    ]);
    centrals.push(
      joined([
        le([4, 0x02014b50], [2, entry.madeBy ?? (3 << 8) | 20]),
        fields(own),
        le([2, name.length], [2, extra.length], [2, 0], [2, entry.disk ?? 0], [2, 0]),
        le([4, entry.attributes ?? 0], [4, entry.offset ?? offset]),
        name,
        extra,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const { beforeDirectory = new Uint8Array(), afterDirectory = new Uint8Array(), comment = new Uint8Array() } = archive;
  const directory = joined(centrals);
  const { end = {} } = archive;
  return joined([
    ...locals,
    beforeDirectory,
    directory,
    afterDirectory,
    le([4, 0x06054b50], [2, end.disk ?? 0], [2, end.directoryDisk ?? 0]),
    le([2, end.entriesOnDisk ?? end.entries ?? entries.length], [2, end.entries ?? entries.length]),
    le([4, end.size ?? directory.length], [4, end.offset ?? offset + beforeDirectory.length]),
    le([2, archive.commentLength ?? comment.length]),
    comment,
    archive.trailer ?? new Uint8Array(),
  ]);
}
