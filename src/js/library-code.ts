/** The code of the library: compiled beforehand, since the compiler is no part of what runs programs. */
import { bytesOfBase64 } from "../bytecode/base64.ts";
import { decodeClass } from "../bytecode/decode.ts";
import type { ClassFile } from "../bytecode/model.ts";
import { COMPILED } from "./library/compiled.ts";
import type { LibraryTopic } from "./library.ts";

export function compiledTopic(topic: LibraryTopic): ClassFile {
  return decodeClass(bytesOfBase64(COMPILED[topic])!, topic);
}
