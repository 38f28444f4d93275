/**
 * A limit on the memory of a WebAssembly module: the maximum in its memory section, so that `memory.grow` itself refuses.
 * Format: WebAssembly Core Specification 2.0, chapter 5.5.
 */
import { LoadError } from "../../errors.ts";

const PAGE = 65_536;
/** What addresses of 32 bits can reach. */
const MOST_PAGES = 65_536;
const PREAMBLE = 8;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/** The module with at most so many bytes of memory. @throws LoadError if it begins with more, or is no module */
export function limitMemory(module: Uint8Array, bytes: number): Uint8Array {
  const most = Math.min(Math.floor(bytes / PAGE), MOST_PAGES);
  for (let at = PREAMBLE; at < module.length; ) {
    const id = module[at];
    const [size, start] = unsigned(module, at + 1);
    const end = start + size;
    if (id === MEMORY_SECTION) {
      const section = limited(module.subarray(start, end), most);
      const changed = [id, ...encoded(section.length), ...section];
      const made = new Uint8Array(at + changed.length + module.length - end);
      made.set(module.subarray(0, at));
      made.set(changed, at);
      made.set(module.subarray(end), at + changed.length);
      return made;
    }
    at = end;
  }
  return module;
}

function limited(section: Uint8Array, most: number): number[] {
  const [count, first] = unsigned(section, 0);
  const out = [...encoded(count)];
  let at = first;
  for (let i = 0; i < count; i++) {
    const flags = section[at];
    const [least, afterLeast] = unsigned(section, at + 1);
    const [maximum, afterMaximum] = (flags & HAS_MAXIMUM) !== 0 ? unsigned(section, afterLeast) : [most, afterLeast];
    if (least > most) {
      throw new LoadError(
        `it begins with ${least * PAGE} bytes of memory; allowed are ${most * PAGE}, unless its description says another \`memory\``,
      );
    }
    out.push(flags | HAS_MAXIMUM, ...encoded(least), ...encoded(Math.min(maximum, most)));
    at = afterMaximum;
  }
  return out;
}

/** LEB128: the number, and where it ends. */
function unsigned(bytes: Uint8Array, from: number): readonly [value: number, end: number] {
  let value = 0;
  for (let at = from, scale = 1; at < bytes.length; at++, scale *= 128) {
    value += (bytes[at] & 0x7f) * scale;
    if (bytes[at] < 0x80) return [value, at + 1];
  }
  throw new LoadError("it ends in the middle of a number");
}

function encoded(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      out.push(rest);
      return out;
    }
    out.push((rest % 128) + 128);
  }
}
