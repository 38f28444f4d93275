/**
 * Reads ZIP archives that nobody vouches for.
 *
 * Readers of ZIP differ in what they believe: the central directory, the headers in front of the
 * files, the first end record, the last. An archive on which two readers could disagree is refused
 * whole. So the central directory says what there is, and every local header must say the same;
 * the archive ends with the one end record there is; entries lie behind each other; and whatever only
 * some readers know (64-bit sizes, encryption, several disks, alternative names, links) is refused.
 *
 * Everything is looked at before anything is unpacked, and no entry unpacks to more than it announced
 * and the limits allow.
 */
import { LoadError, type LoadPlace } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { crc32 } from "./crc32.ts";
import { inflate } from "./inflate.ts";
import {
  type ArchiveEntry,
  CENTRAL,
  checkEntryName,
  DESCRIPTOR,
  END,
  FLAG,
  isFolder,
  LOCAL,
  METHOD,
  type RecordOf,
  readFields,
  readRecord,
  ZIP64_LOCATOR,
} from "./zip-format.ts";

type CentralRecord = RecordOf<typeof CENTRAL>;
/** The end record and its offset. */
type EndOfArchive = RecordOf<typeof END> & { readonly at: number };

/** What the central directory says of one entry. */
interface DirectoryEntry {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly record: CentralRecord;
  /** Its name, and where the central directory speaks of it. */
  readonly place: LoadPlace;
}

/** Where an entry lies in the archive. */
interface Span {
  readonly entry: DirectoryEntry;
  readonly start: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly end: number;
}

/** What 16 and 32 bits hold where the true number stands in a 64-bit field elsewhere. */
const IN_ZIP64 = 0xffffffff;

/** Extra fields that would change what we have read otherwise. */
const REFUSED_EXTRAS: ReadonlyMap<number, string> = new Map([
  [0x0001, "ZIP64 is not supported"],
  [0x7075, "another name in an extra field is not supported"],
  [0x9901, "encrypted"],
]);

/**
 * The files of an archive in the order of its central directory, without its folders. Their bytes are
 * copies. LoadError with the name of the entry and the offset in the archive if it is damaged, says
 * two things at once, goes beyond the limits, or uses more of ZIP than a pack may.
 */
export function readArchive(bytes: Uint8Array): ArchiveEntry[] {
  if (bytes.length > FIXED_LIMITS.packBytes.value) {
    throw new LoadError(`${bytes.length} bytes of archive, more than the ${FIXED_LIMITS.packBytes.value} allowed`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const directory = readDirectory(bytes, view, end);
  checkSizes(directory);
  const spans = directory.map((entry) => locate(bytes, view, entry, end.directoryOffset));
  checkOverlaps(spans);
  const files: ArchiveEntry[] = [];
  for (const span of spans) {
    const unpacked = unpack(bytes, span);
    if (!isFolder(span.entry.name)) files.push({ name: span.entry.name, bytes: unpacked });
  }
  return files;
}

/** The end record, which must be the only thing that can be taken for one. */
function findEnd(view: DataView): EndOfArchive {
  let found: EndOfArchive | undefined;
  const first = Math.max(0, view.byteLength - END.length - 0xffff);
  for (let at = view.byteLength - END.length; at >= first; at--) {
    const record = readRecord(view, at, END);
    if (record === undefined) continue;
    const reachesEnd = at + END.length + record.commentLength === view.byteLength;
    // Readers that search from the back and do not check the comment's length would stop here.
    if (found === undefined && !reachesEnd) {
      throw new LoadError("something follows the end of the archive", { byte: at });
    }
    if (found !== undefined && reachesEnd) throw new LoadError("the archive has two ends", { byte: at });
    found ??= { ...record, at };
  }
  if (found === undefined) throw new LoadError("not a ZIP archive, or cut off: it has no end record");

  const { at } = found;
  if (readRecord(view, at - ZIP64_LOCATOR.length, ZIP64_LOCATOR) !== undefined || found.directoryOffset === IN_ZIP64) {
    throw new LoadError("ZIP64 is not supported", { byte: at });
  }
  if (found.disk !== 0 || found.directoryDisk !== 0 || found.entriesOnDisk !== found.entries) {
    throw new LoadError("archives of several parts are not supported", { byte: at });
  }
  if (found.directoryOffset + found.directorySize !== at) {
    throw new LoadError("the central directory does not lie right before the end of the archive", { byte: at });
  }
  return found;
}

function readDirectory(bytes: Uint8Array, view: DataView, end: EndOfArchive): DirectoryEntry[] {
  if (end.entries > FIXED_LIMITS.packEntries.value) throw new LoadError(`${end.entries} entries are too many`);
  const directory: DirectoryEntry[] = [];
  const names = new Set<string>();
  let at = end.directoryOffset;
  for (let i = 0; i < end.entries; i++) {
    const missing = `entry ${i + 1} of ${end.entries} is not in the central directory`;
    const record = readRecord(view, at, CENTRAL);
    if (record === undefined) throw new LoadError(missing, { byte: at });
    const nameStart = at + CENTRAL.length;
    const extraStart = nameStart + record.nameLength;
    const next = extraStart + record.extraLength + record.commentLength;
    if (next > end.at) throw new LoadError(missing, { byte: at });
    const nameBytes = bytes.subarray(nameStart, extraStart);
    const name = readName(nameBytes, record.flags, nameStart);
    checkEntryName(name, nameStart);
    const place: LoadPlace = { entry: name, byte: at };
    if (names.has(name)) throw new LoadError("two entries of this name", place);
    names.add(name);
    checkFlags(record, place);
    checkKind(name, record, place);
    checkExtras(view, extraStart, record.extraLength, place);
    directory.push({ name, nameBytes, record, place });
    at = next;
  }
  if (at !== end.at) throw new LoadError("the central directory holds more than its entries", { byte: at });
  return directory;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Names are UTF-8. Those not marked as such mean different things to different readers beyond ASCII. */
function readName(nameBytes: Uint8Array, flags: number, byte: number): string {
  if ((flags & FLAG.utf8) === 0 && nameBytes.some((unit) => unit > 0x7f)) {
    throw new LoadError("the name of an entry is not ASCII and not marked as UTF-8", { byte });
  }
  try {
    return UTF8.decode(nameBytes);
  } catch {
    throw new LoadError("the name of an entry is not valid UTF-8", { byte });
  }
}

function checkFlags({ flags, method }: CentralRecord, place: LoadPlace): void {
  if ((flags & (FLAG.encrypted | FLAG.strongEncryption | FLAG.maskedHeaders)) !== 0) {
    throw new LoadError("encrypted", place);
  }
  const unknown = flags & ~(FLAG.effort | FLAG.descriptor | FLAG.utf8);
  if (unknown !== 0) throw new LoadError(`unknown flags ${unknown.toString(16)}`, place);
  if (method !== METHOD.stored && method !== METHOD.deflate) {
    throw new LoadError(`packed by method ${method}; only stored (0) and deflate (8) are supported`, place);
  }
}

/** What a file is, in the upper bits of the attributes (none: the writer was no Unix program) and in the lower. */
const UNIX_TYPE = { none: 0, folder: 0o04, regular: 0o10 } as const;
const DOS_LABEL = 0x08;
const DOS_FOLDER = 0x10;

/** Regular files, and folders. Links and devices are known by the mode that Unix writers leave in the attributes. */
function checkKind(name: string, record: CentralRecord, place: LoadPlace): void {
  if (record.disk !== 0) throw new LoadError("archives of several parts are not supported", place);
  const unixType = record.attributes >>> 28;
  const { none, folder, regular } = UNIX_TYPE;
  const label = (record.attributes & DOS_LABEL) !== 0;
  if ((unixType !== none && unixType !== folder && unixType !== regular) || label) {
    throw new LoadError("not a regular file", place);
  }
  if (!isFolder(name) && (unixType === folder || (record.attributes & DOS_FOLDER) !== 0)) {
    throw new LoadError("a folder whose name does not end in /", place);
  }
  if (isFolder(name) && record.size !== 0) throw new LoadError("a folder that holds bytes", place);
}

function checkExtras(view: DataView, start: number, length: number, place: LoadPlace): void {
  const end = start + length;
  for (let at = start; at < end; ) {
    const next = at + 4 <= end ? at + 4 + view.getUint16(at + 2, true) : Number.POSITIVE_INFINITY;
    if (next > end) throw new LoadError("extra field cut off", { ...place, byte: at });
    const refused = REFUSED_EXTRAS.get(view.getUint16(at, true));
    if (refused !== undefined) throw new LoadError(refused, { ...place, byte: at });
    at = next;
  }
}

/** Sizes as announced, before anything is allocated for them. */
function checkSizes(directory: readonly DirectoryEntry[]): void {
  let sum = 0;
  for (const { record, place } of directory) {
    const { size, packedSize, method, offset } = record;
    if (size === IN_ZIP64 || packedSize === IN_ZIP64 || offset === IN_ZIP64) {
      throw new LoadError("ZIP64 is not supported", place);
    }
    if (method === METHOD.stored && size !== packedSize) {
      throw new LoadError(`stored, but ${packedSize} bytes of archive for ${size} bytes`, place);
    }
    const { packEntryBytes, packRatio, packUnpackedBytes } = FIXED_LIMITS;
    if (size > packEntryBytes.value) {
      throw new LoadError(`${size} bytes, more than the ${packEntryBytes.value} allowed`, place);
    }
    if (size > packedSize * packRatio.value) {
      throw new LoadError(`${packedSize} bytes of archive cannot unpack to ${size}`, place);
    }
    sum += size;
    if (sum > packUnpackedBytes.value) {
      throw new LoadError(`with it the pack unpacks to more than the ${packUnpackedBytes.value} bytes allowed`, place);
    }
  }
}

/** Finds an entry's bytes and compares what stands around them with the central directory. */
function locate(bytes: Uint8Array, view: DataView, entry: DirectoryEntry, limit: number): Span {
  const { record, nameBytes } = entry;
  const start = record.offset;
  const place: LoadPlace = { entry: entry.name, byte: start };
  const local = readRecord(view, start, LOCAL);
  if (local === undefined) throw new LoadError("the central directory points to no local header", place);
  const nameStart = start + LOCAL.length;
  const dataStart = nameStart + local.nameLength + local.extraLength;
  const dataEnd = dataStart + record.packedSize;
  if (dataEnd > limit) throw new LoadError("runs into the central directory", place);

  if (!sameBytes(bytes.subarray(nameStart, nameStart + local.nameLength), nameBytes)) {
    throw new LoadError("the local header has another name", place);
  }
  checkExtras(view, nameStart + local.nameLength, local.extraLength, place);
  for (const field of ["flags", "method"] as const) {
    if (local[field] !== record[field]) throw new LoadError(`the local header has another ${field}`, place);
  }
  const described = (record.flags & FLAG.descriptor) !== 0;
  for (const { name: field } of DESCRIPTOR.fields) {
    if (local[field] !== record[field] && !(described && local[field] === 0)) {
      throw new LoadError(`the local header has another ${FIELD_NAMES[field]}`, place);
    }
  }
  const end = described ? endOfDescriptor(view, dataEnd, limit, record, place) : dataEnd;
  return { entry, start, dataStart, dataEnd, end };
}

const FIELD_NAMES = { crc: "checksum", packedSize: "packed size", size: "size" } as const;

/** The signature of a data descriptor may be missing: writers differ. */
function endOfDescriptor(view: DataView, at: number, limit: number, record: CentralRecord, place: LoadPlace): number {
  for (const start of [at, at - 4]) {
    const end = start + DESCRIPTOR.length;
    if (end > limit || (start === at && view.getUint32(at, true) !== DESCRIPTOR.signature)) continue;
    const descriptor = readFields(view, start, DESCRIPTOR);
    if (DESCRIPTOR.fields.every(({ name }) => descriptor[name] === record[name])) return end;
  }
  throw new LoadError("the data descriptor does not agree with the central directory", { ...place, byte: at });
}

function checkOverlaps(spans: readonly Span[]): void {
  const inOrder = [...spans].sort((a, b) => a.start - b.start);
  for (let i = 1; i < inOrder.length; i++) {
    if (inOrder[i].start < inOrder[i - 1].end) {
      throw new LoadError("overlaps with another entry", { entry: inOrder[i].entry.name, byte: inOrder[i].start });
    }
  }
}

function unpack(bytes: Uint8Array, { entry, dataStart, dataEnd }: Span): Uint8Array {
  const { name, record } = entry;
  const unpacked = record.method === METHOD.stored ? stored() : deflated();
  if (crc32(unpacked) !== record.crc) {
    throw new LoadError("damaged: its checksum is another", { entry: name, byte: dataStart });
  }
  return unpacked;

  function stored(): Uint8Array {
    return new Uint8Array(bytes.subarray(dataStart, dataEnd));
  }
  function deflated(): Uint8Array {
    try {
      return inflate(bytes, dataStart, dataEnd, record.size);
    } catch (error) {
      throw error instanceof LoadError ? error.at({ entry: name }) : error;
    }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
