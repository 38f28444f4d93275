/** The code of the library: compiled beforehand, since the compiler is no part of what runs programs. */
import { bytesOfBase64 } from "../bytecode/base64.ts";
import { decodeClass } from "../bytecode/decode.ts";
import type { ClassFile } from "../bytecode/model.ts";
import { COMPILED } from "./library/compiled.ts";
import type { LibraryTopic } from "./library.ts";

/** A class that has this function alone. */
export function compiledFunction(topic: LibraryTopic, name: string): ClassFile {
  return decodeClass(bytesOfBase64(COMPILED[topic][name])!, topic);
}
