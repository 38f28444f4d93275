/** A class file in memory: what the decoder gives, the encoder takes, and assembly text describes. */
import { type BytecodeCallable, FunctionValue, NO_CAPTURES } from "../values/function.ts";
import { Undefined, type Value } from "../values/value.ts";
import type { Instruction } from "./instructions.ts";

/** The encodings of version 1, newest first: the order in which a reader tries them. */
export const DIALECTS = ["newest", "middle", "oldest"] as const;
export type Dialect = (typeof DIALECTS)[number];

/** How a class stands in its file. Version 2 always has the layout `many`. */
export type Format =
  | { readonly version: 1; readonly dialect: Dialect; readonly layout: "many" | "single" }
  | { readonly version: 2 };

export const VERSION_2: Format = Object.freeze({ version: 2 });

export interface ClassFile {
  readonly format: Format;
  readonly functions: readonly FunctionRecord[];
  /** What stands behind the functions in version 2 files, in file order. */
  readonly sections: readonly Section[];
}

export interface FunctionRecord {
  /** Null for a function without a name. */
  readonly name: string | null;
  readonly arity: number;
  readonly extraRegs: number;
  readonly body: FunctionBody;
}

export type FunctionBody =
  | { readonly kind: "bytecode"; readonly instructions: readonly Instruction[] }
  /** Stands for a foreign function of the host. */
  | { readonly kind: "foreign"; readonly target: string };

export type Section =
  /** Source positions: one list a function, ascending by instruction. */
  | { readonly kind: "lines"; readonly functions: readonly (readonly LineEntry[])[] }
  /** The name of the source file. */
  | { readonly kind: "source"; readonly file: string }
  | { readonly kind: "unknown"; readonly name: string; readonly bytes: Uint8Array };

/** Instructions from `instruction` on stand at this place of the source; lines and columns count from 1. */
export interface LineEntry {
  readonly instruction: number;
  readonly line: number;
  readonly column: number;
}

/** The lines of one function of a class; empty if the file has none. */
export function linesOf(classFile: ClassFile, functionIndex: number): readonly LineEntry[] {
  for (const section of classFile.sections) {
    if (section.kind === "lines") return section.functions[functionIndex] ?? [];
  }
  return [];
}

/** The literal `function:name` as it stands in a file, before linking gives it its meaning. */
export class FunctionReference implements BytecodeCallable {
  readonly isForeign = false;
  readonly isJs = false;
  readonly value = null;
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export function functionReference(name: string): Value {
  return new FunctionValue(new FunctionReference(name), null, NO_CAPTURES, Undefined);
}
