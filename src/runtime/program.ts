/**
 * Programs: a pack linked with all that it needs; and new code for one that runs.
 *
 * A function is known by one value, in registers, messages and literals alike. New code for a program is linked while
 * the old one runs, and nothing is changed if that fails. Then these values get the new code, all at once and between two
 * turns: who calls a function from then on calls the new one. Frames, closures and bound functions keep the code
 * they were made with.
 */

import { PACK_SEPARATOR } from "../bytecode/special.ts";
import { LoadError } from "../errors.ts";
import type { ResolvedPack } from "../pack/dependencies.ts";
import type { EntryPoint, Pack } from "../pack/pack.ts";
import { atom } from "../values/atom.ts";
import { type ForeignCallable, FunctionValue, NO_CAPTURES } from "../values/function.ts";
import { Tuple, Undefined } from "../values/value.ts";
import type { Code } from "./code.ts";
import type { PackLibraries } from "./libraries.ts";
import { codeOfBody, type Library } from "./library.ts";
import { classOf, type LinkContext, type LinkedPack, linkPack } from "./link.ts";

/** A pack that is ready to run. */
export interface Program {
  readonly file: string;
  readonly pack: Pack;
  /** The pack with all that it needs. */
  readonly resolved: ResolvedPack;
  /** Where to begin. */
  readonly entry: Code;
  /**
   * Every function, by `Class:function`, and of other packs those that are exported, by `pack!Class:function`. Of several
   * with one name the first.
   */
  readonly functions: ReadonlyMap<string, FunctionValue>;
  /** Process numbers that JOIN_NUMBER mentions. */
  readonly joinedNumbers: ReadonlySet<number>;
  /** For new code: every function of every pack, those that are gone too, by the name that others see. */
  readonly known: ReadonlyMap<string, readonly KnownFunction[]>;
}

export interface KnownFunction {
  readonly value: FunctionValue;
  readonly code: Code | null;
  readonly foreign: ForeignCallable | null;
}

/** What new code changes. */
export interface Changes {
  /** Functions with new names. */
  readonly added: readonly string[];
  /** Functions that are gone: who calls one gets the error `(removed, "Class:function")`. */
  readonly removed: readonly string[];
  /** What may break those that call: another number of arguments. */
  readonly warnings: readonly string[];
}

/** A program, and for new code what makes it take effect. */
export interface Linked {
  readonly program: Program;
  readonly changes: Changes;
  /** To be called between two turns; what is compiled has to go then. */
  readonly commit: () => void;
}

/** @param before the program whose functions get this code @throws LoadError for what does not verify or resolve */
export function link(
  resolved: ResolvedPack,
  entry: EntryPoint,
  library: Library,
  libraries: PackLibraries,
  builtIn: LinkContext["builtIn"],
  before: Program | null = null,
): Linked {
  const values = new Values(before);
  const joinedNumbers = new Set<number>();
  const context: LinkContext = {
    library,
    ofLibraries: (pack, name) => libraries.find(pack, name),
    joinedNumbers,
    builtIn,
    valueOf: (name, code, foreign) => values.valueOf(name, code, foreign),
  };
  const packs = new Map<ResolvedPack, LinkedPack>();
  const own = linkAll(resolved, true, context, packs);
  const main = own.classes.get(entry.className)!.codes[entry.functionIndex];
  if (main === null) {
    const place = { file: resolved.file, className: entry.className };
    throw new LoadError("the entry point is a foreign function", place);
  }
  const changes = values.changes();
  const program: Program = {
    file: resolved.file,
    pack: resolved.pack,
    resolved,
    entry: main,
    functions: visible(resolved, own, packs),
    joinedNumbers,
    known: values.all(),
  };
  return { program, changes, commit: () => values.commit() };
}

/** What is needed is linked before who needs it. */
function linkAll(
  resolved: ResolvedPack,
  isProgram: boolean,
  context: LinkContext,
  packs: Map<ResolvedPack, LinkedPack>,
): LinkedPack {
  let done = packs.get(resolved);
  if (done === undefined) {
    const others = new Map<string, LinkedPack>();
    for (const [name, other] of resolved.dependencies) others.set(name, linkAll(other, false, context, packs));
    done = linkPack(resolved, isProgram, others, context);
    packs.set(resolved, done);
  }
  return done;
}

function visible(
  resolved: ResolvedPack,
  own: LinkedPack,
  packs: ReadonlyMap<ResolvedPack, LinkedPack>,
): ReadonlyMap<string, FunctionValue> {
  const functions = new Map<string, FunctionValue>();
  for (const [name, values] of own.qualified) functions.set(name, values[0]);
  for (const [other, { exports, qualified }] of packs) {
    if (other === resolved) continue;
    for (const [name, values] of qualified) {
      if (exports.has(classOf(name))) functions.set(`${other.name}${PACK_SEPARATOR}${name}`, values[0]);
    }
  }
  return functions;
}

/** The values by which functions are known: those of the program before, as far as there are any. */
class Values {
  readonly #before: ReadonlyMap<string, readonly KnownFunction[]>;
  readonly #now = new Map<string, KnownFunction[]>();

  constructor(before: Program | null) {
    this.#before = before?.known ?? new Map();
  }

  valueOf(name: string, code: Code | null, foreign: ForeignCallable | null): FunctionValue {
    const siblings = this.#now.get(name) ?? [];
    this.#now.set(name, siblings);
    const value =
      this.#before.get(name)?.[siblings.length]?.value ?? new FunctionValue(code, foreign, NO_CAPTURES, Undefined);
    siblings.push({ value, code, foreign });
    return value;
  }

  changes(): Changes {
    const warnings: string[] = [];
    for (const [name, known] of this.#now) {
      known.forEach(({ code }, i) => {
        const old = this.#before.get(name)?.[i]?.code;
        if (!old || code === null || isGone(old) || old.arity === code.arity) return;
        warnings.push(`${name} takes ${counted(code.arity)} instead of ${old.arity}`);
      });
    }
    const isThere = (name: string): boolean => {
      return this.#before.get(name)?.some(({ code }) => code === null || !isGone(code)) ?? false;
    };
    return {
      added: [...this.#now.keys()].filter((name) => !isThere(name)),
      removed: [...this.#before.keys()].filter((name) => isThere(name) && !this.#now.has(name)),
      warnings,
    };
  }

  /** What there is now, and behind it what there was and is gone, in case it comes again. */
  all(): ReadonlyMap<string, readonly KnownFunction[]> {
    for (const [name, known] of this.#before) {
      const siblings = this.#now.get(name) ?? [];
      this.#now.set(name, siblings);
      for (const { value, code } of known.slice(siblings.length)) {
        siblings.push({ value, code: gone(name, code?.arity ?? 0), foreign: null });
      }
    }
    return this.#now;
  }

  commit(): void {
    for (const known of this.#now.values()) {
      for (const { value, code, foreign } of known) {
        const changed = value as { code: Code | null; foreign: ForeignCallable | null };
        changed.code = code;
        changed.foreign = foreign;
      }
    }
  }
}

const REMOVED = atom("removed");
const GONE = new WeakSet<Code>();

/** What is called in the place of a function that is gone: it fails. */
function gone(name: string, arity: number): Code {
  const code = codeOfBody(name, Math.max(1, arity), [
    { op: "LOAD_CONST", operands: [0, new Tuple([REMOVED, name])] },
    { op: "THROW", operands: [0] },
  ]);
  GONE.add(code);
  return code;
}

function isGone(code: Code): boolean {
  return GONE.has(code);
}

function counted(count: number): string {
  return `${count} argument${count === 1 ? "" : "s"}`;
}
