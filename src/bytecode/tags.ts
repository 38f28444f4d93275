/** Numbers of the file formats beside the instruction codes: decoder and encoder share them. */

/** "IONBC", 1, 0, 0 */
export const MAGIC = Uint8Array.of(0x49, 0x4f, 0x4e, 0x42, 0x43, 1, 0, 0);

export const FUNCTION_BYTECODE = 0;
export const FUNCTION_FOREIGN = 1;

export const VALUE_TAGS = {
  Number: 0x01,
  Boolean: 0x02,
  Atom: 0x03,
  Unit: 0x04,
  Undefined: 0x05,
  Array: 0x06,
  Object: 0x07,
  Function: 0x08,
  String: 0x09,
  Complex: 0x0a,
  Tuple: 0x0b,
  /** Version 2. */
  Tagged: 0x0c,
  Binary: 0x0d,
  Float64Array: 0x0e,
} as const;

export const PATTERN_TAGS = {
  value: 0x01,
  wildcard: 0x02,
  tuple: 0x03,
  array: 0x04,
  tagged: 0x05,
  /** Version 2, with those that follow. */
  bind: 0x06,
  object: 0x07,
  pin: 0x08,
} as const;

/** Members of OBJECT_INIT. */
export const ENTRY_TAGS = { register: 0, value: 1, registerWithAttributes: 2, valueWithAttributes: 3 } as const;

/** Attributes in version 2: bits. */
export const WRITABLE_BIT = 1;
export const ENUMERABLE_BIT = 2;
export const CONFIGURABLE_BIT = 4;

/** The access byte of version 1's newest dialect: attributes by index. */
export const ACCESS = [
  { writable: true, enumerable: true, configurable: true },
  { writable: false, enumerable: true, configurable: false },
  { writable: true, enumerable: false, configurable: true },
  { writable: false, enumerable: false, configurable: false },
] as const;

export const LINES_SECTION = "lines";
export const SOURCE_SECTION = "source";
