/**
 * The parts of the ZIP format that reader and writer share: records, flags, and which names an entry
 * may have. An IonPack uses the plain core of the format only; see zip-reader.ts.
 */
import { LoadError, shown } from "../errors.ts";

/** A file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A record of fixed layout: a signature of four bytes and then little-endian fields without gaps. */
export interface RecordLayout<Field extends string> {
  readonly signature: number;
  /** Bytes, with the signature. */
  readonly length: number;
  readonly fields: readonly { readonly name: Field; readonly at: number; readonly bytes: 2 | 4 }[];
}
export type RecordOf<Layout> = Layout extends RecordLayout<infer Field> ? Readonly<Record<Field, number>> : never;

/** "crc:4 method:2" → "crc" | "method" */
type FieldNames<Text extends string> = Text extends `${infer First} ${infer Rest}`
  ? FieldNames<First> | FieldNames<Rest>
  : Text extends `${infer Name}:${string}`
    ? Name
    : never;

function layout<const Text extends string>(signature: number, text: Text): RecordLayout<FieldNames<Text>> {
  let at = 4;
  const fields = text.split(" ").map((field) => {
    const [name, size] = field.split(":");
    const bytes: 2 | 4 = size === "4" ? 4 : 2;
    at += bytes;
    return { name: name as FieldNames<Text>, at: at - bytes, bytes };
  });
  return { signature, length: at, fields };
}

/** In front of the bytes of each entry. */
export const LOCAL = layout(
  0x04034b50,
  "neededVersion:2 flags:2 method:2 time:2 date:2 crc:4 packedSize:4 size:4 nameLength:2 extraLength:2",
);
/** Behind the bytes of an entry whose writer did not know sizes and checksum in advance. */
export const DESCRIPTOR = layout(0x08074b50, "crc:4 packedSize:4 size:4");
/** One for each entry, at the end of the archive. */
export const CENTRAL = layout(
  0x02014b50,
  "madeBy:2 neededVersion:2 flags:2 method:2 time:2 date:2 crc:4 packedSize:4 size:4 nameLength:2 extraLength:2 commentLength:2 disk:2 internalAttributes:2 attributes:4 offset:4",
);
/** The last record: where the central directory is. */
export const END = layout(
  0x06054b50,
  "disk:2 directoryDisk:2 entriesOnDisk:2 entries:2 directorySize:4 directoryOffset:4 commentLength:2",
);
/** Stands in front of END in archives with the 64-bit extension, and there only. */
export const ZIP64_LOCATOR = layout(0x07064b50, "disk:4 offsetLow:4 offsetHigh:4 disks:4");

export const FLAG = {
  encrypted: 1 << 0,
  /** How hard the compressor tried; means nothing to a reader. */
  effort: (1 << 1) | (1 << 2),
  descriptor: 1 << 3,
  strongEncryption: 1 << 6,
  utf8: 1 << 11,
  maskedHeaders: 1 << 13,
} as const;

export const METHOD = { stored: 0, deflate: 8 } as const;

/** The record at an offset, or undefined if its signature or its last byte is not there. */
export function readRecord<Field extends string>(
  view: DataView,
  at: number,
  layout: RecordLayout<Field>,
): Readonly<Record<Field, number>> | undefined {
  if (at < 0 || at + layout.length > view.byteLength || view.getUint32(at, true) !== layout.signature) return undefined;
  return readFields(view, at, layout);
}

/** The fields of a record whether or not it begins with its signature; all its bytes must be there. */
export function readFields<Field extends string>(
  view: DataView,
  at: number,
  layout: RecordLayout<Field>,
): Readonly<Record<Field, number>> {
  const record = {} as Record<Field, number>;
  for (const field of layout.fields) {
    record[field.name] = field.bytes === 2 ? view.getUint16(at + field.at, true) : view.getUint32(at + field.at, true);
  }
  return record;
}

/** Fields that are not named are 0. */
export function writeRecord<Field extends string>(
  view: DataView,
  at: number,
  layout: RecordLayout<Field>,
  record: Partial<Record<NoInfer<Field>, number>>,
): void {
  view.setUint32(at, layout.signature, true);
  for (const field of layout.fields) {
    const value = record[field.name] ?? 0;
    if (field.bytes === 2) view.setUint16(at + field.at, value, true);
    else view.setUint32(at + field.at, value, true);
  }
}

/**
 * Refuses names that a program which unpacks the archive could take for something else than a file
 * below its own folder, or for the name of another entry. We never open a file by such a name
 * ourselves, but others do. `byte` is where the name stands.
 */
export function checkEntryName(name: string, byte?: number): void {
  const problem = problemOfName(name);
  if (problem !== undefined) {
    throw new LoadError(`the name ${problem}`, { entry: name, ...(byte === undefined ? {} : { byte }) });
  }
}

function problemOfName(name: string): string | undefined {
  if (name === "") return "is empty";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not stand in a name
  const control = /[\u0000-\u001f\u007f-\u009f]/.exec(name);
  if (control !== null) return `holds the control character ${shown(control[0])}`;
  if (/\p{Surrogate}/u.test(name)) return "is not valid Unicode";
  if (name.includes("\\")) return "holds a backslash";
  if (name.startsWith("/")) return "is absolute";
  if (/^[A-Za-z]:/.test(name)) return "begins with a drive letter";
  for (const part of (isFolder(name) ? name.slice(0, -1) : name).split("/")) {
    if (part === "") return "has an empty part";
    if (part === "." || part === "..") return `has the part ${part}`;
  }
  return undefined;
}

/** Folders are entries too, of no bytes. */
export function isFolder(name: string): boolean {
  return name.endsWith("/");
}
