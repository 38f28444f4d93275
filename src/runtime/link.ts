/**
 * Linking: a pack becomes code.
 *
 * Every function is verified and every reference resolved before anything runs; one bad class refuses
 * the whole pack. Files of version 2 must resolve completely. Version 1 keeps what it cannot resolve: a
 * function reference stays an Atom, an unknown foreign function fails when it is called.
 */
import { type Clause, type Instruction, isInstructionOfJs, type ObjectEntry } from "../bytecode/instructions.ts";
import { type ClassFile, type FunctionRecord, FunctionReference, linesOf } from "../bytecode/model.ts";
import { nearest } from "../bytecode/nearest.ts";
import type { Pattern } from "../bytecode/pattern.ts";
import { FUNCTION_REFERENCE, MODULE_FUNCTION, PACK_SEPARATOR, specialAtom } from "../bytecode/special.ts";
import { verifyFunction } from "../bytecode/verify.ts";
import { LoadError, type LoadPlace, shown } from "../errors.ts";
import { ForeignFunction } from "../foreign/registry.ts";
import { ForeignFailure } from "../foreign/spec.ts";
import type { ResolvedPack } from "../pack/dependencies.ts";
import { MANIFEST_KEYS, MANIFEST_NAME } from "../pack/manifest.ts";
import type { Pack } from "../pack/pack.ts";
import { Atom, atom } from "../values/atom.ts";
import { copyValue } from "../values/copy.ts";
import { type ForeignCallable, FunctionValue, functionOf } from "../values/function.ts";
import { createObject, defineProperty, IonObject, ownKeys, ownProperty } from "../values/object.ts";
import { Tagged, Tuple, Undefined, type Value } from "../values/value.ts";
import { settleWork } from "../values/work.ts";
import { Code, lineOf, type Unit } from "./code.ts";
import type { Library } from "./library.ts";

/** What others see of a pack. */
export interface LinkedPack {
  readonly exports: ReadonlySet<string>;
  readonly classes: ReadonlyMap<string, ClassScope>;
  /** Functions by `Class:function`. */
  readonly qualified: ReadonlyMap<string, FunctionValue[]>;
}

/** What the packs of a program are linked with. */
export interface LinkContext {
  readonly library: Library;
  /** A function of the foreign libraries of a pack. @throws LoadError */
  readonly ofLibraries: (pack: ResolvedPack, name: string) => FunctionValue | undefined;
  /** Process numbers that JOIN_NUMBER mentions are added. */
  readonly joinedNumbers: Set<number>;
  /** A built-in of JavaScript; undefined: there is none of this name. */
  readonly builtIn: (name: string) => Value | undefined;
  /** The value by which a function is known, which may be known already: `name` is what others see. */
  readonly valueOf: (name: string, code: Code | null, foreign: ForeignCallable | null) => FunctionValue;
}

/**
 * Links one pack; those that it needs have been linked before.
 * @param isProgram it is the program itself, whose functions have no pack in their names
 * @throws LoadError for what does not verify or resolve
 */
export function linkPack(
  resolved: ResolvedPack,
  isProgram: boolean,
  others: ReadonlyMap<string, LinkedPack>,
  context: LinkContext,
): LinkedPack {
  return new Linker(resolved, isProgram, others, context).link();
}

/** `Class:function` → `Class` */
export function classOf(qualified: string): string {
  const colon = qualified.indexOf(":");
  return colon < 0 ? qualified : qualified.slice(0, colon);
}

export interface ClassScope {
  readonly className: string;
  readonly version: 1 | 2;
  /** By index in the class file. */
  readonly functions: FunctionValue[];
  /** Null for what stands for a foreign function. */
  readonly codes: (Code | null)[];
  readonly byName: Map<string, FunctionValue[]>;
  readonly unnamed: FunctionValue[];
}

class Linker {
  readonly #isProgram: boolean;
  readonly #resolved: ResolvedPack;
  readonly #pack: Pack;
  readonly #file: string;
  readonly #unit: Unit;
  /** The packs it needs, by name. */
  readonly #others: ReadonlyMap<string, LinkedPack>;
  readonly #classes = new Map<string, ClassScope>();
  /** Functions of all classes by plain name. */
  readonly #anywhere = new Map<string, FunctionValue[]>();
  readonly #qualified = new Map<string, FunctionValue[]>();
  readonly #context: LinkContext;

  constructor(
    resolved: ResolvedPack,
    isProgram: boolean,
    others: ReadonlyMap<string, LinkedPack>,
    context: LinkContext,
  ) {
    const { name, pack, file } = resolved;
    this.#resolved = resolved;
    this.#isProgram = isProgram;
    this.#pack = pack;
    this.#others = others;
    this.#context = context;
    this.#file = file;
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    this.#unit = {
      prefix: isProgram ? "" : `${name}${PACK_SEPARATOR}`,
      file,
      resource: (entry) => {
        const bytes = pack.resources.get(entry);
        return bytes === undefined ? undefined : decoder.decode(bytes);
      },
      source: (name) => {
        const bytes = pack.sources.get(name);
        return bytes === undefined ? undefined : decoder.decode(bytes);
      },
    };
  }

  link(): LinkedPack {
    for (const [className, classFile] of this.#pack.classes) this.#declare(className, classFile);
    for (const [className, classFile] of this.#pack.classes) this.#resolve(className, classFile);
    return {
      exports: this.#isProgram ? new Set() : this.#exports(),
      classes: this.#classes,
      qualified: this.#qualified,
    };
  }

  /** The classes that other packs may use. */
  #exports(): ReadonlySet<string> {
    const exports = new Set(this.#pack.manifest.get("exports") ?? []);
    for (const name of exports) {
      if (this.#classes.has(name)) continue;
      throw new LoadError(`exports the class ${shown(name)}, which it does not have`, {
        file: this.#file,
        entry: MANIFEST_NAME,
      });
    }
    return exports;
  }

  /** Verifies the functions of a class and makes their values, so that all can refer to all. */
  #declare(className: string, classFile: ClassFile): void {
    if (className.includes(PACK_SEPARATOR) && classFile.format.version === 2) {
      throw new LoadError(`a class name cannot hold ${PACK_SEPARATOR}`, { file: this.#file, className });
    }
    const scope: ClassScope = {
      className,
      version: classFile.format.version,
      functions: [],
      codes: [],
      byName: new Map(),
      unnamed: [],
    };
    this.#classes.set(className, scope);
    const source = classFile.sections.find((section) => section.kind === "source");
    classFile.functions.forEach((record, index) => {
      const code = this.#code(scope, classFile, record, index, source?.file ?? null);
      const value = this.#value(scope, record, code);
      scope.functions.push(value);
      scope.codes.push(code);
      if (record.name === null) scope.unnamed.push(value);
      else addTo(scope.byName, record.name, value);
      if (record.name !== null) addTo(this.#anywhere, record.name, value);
      addTo(this.#qualified, record.name === null ? className : `${className}:${record.name}`, value);
    });
  }

  /** Null for what stands for a foreign function. */
  #code(
    scope: ClassScope,
    classFile: ClassFile,
    record: FunctionRecord,
    index: number,
    sourceFile: string | null,
  ): Code | null {
    if (record.body.kind === "foreign") return null;
    return located(this.#place(scope, record), () => {
      return new Code({
        className: scope.className,
        functionName: record.name,
        arity: record.arity,
        extraRegs: record.extraRegs,
        version: scope.version,
        facts: verifyFunction(record, classFile.format),
        lines: linesOf(classFile, index),
        sourceFile,
        unit: this.#unit,
        isJs: isOfJs(classFile),
      });
    });
  }

  #value(scope: ClassScope, { name, body }: FunctionRecord, code: Code | null): FunctionValue {
    const known = `${this.#unit.prefix}${scope.className}${name === null ? "" : `:${name}`}`;
    if (code !== null) {
      code.value = this.#context.valueOf(known, code, null);
      return code.value;
    }
    const { target } = body as Extract<FunctionRecord["body"], { kind: "foreign" }>;
    const place = { file: this.#file, className: scope.className, functionName: name ?? "(unnamed)" };
    const stands = this.#foreign(target, scope.version, place);
    return this.#context.valueOf(known, stands.code as Code | null, stands.foreign);
  }

  #place(scope: ClassScope, record: FunctionRecord): LoadPlace {
    return { file: this.#file, className: scope.className, functionName: record.name ?? "(unnamed)" };
  }

  #resolve(className: string, classFile: ClassFile): void {
    const scope = this.#classes.get(className)!;
    classFile.functions.forEach((record, index) => {
      if (record.body.kind === "foreign") return;
      const code = scope.codes[index]!;
      const resolve = (instruction: Instruction, at: number): Instruction => {
        return this.#resolveInstruction(instruction, scope, { ...this.#place(scope, record), instruction: at });
      };
      try {
        code.instructions = record.body.instructions.map(resolve);
      } catch (error) {
        throw error instanceof LoadError ? error.at(sourcePlace(code, error.place)) : error;
      }
      code.globals = this.#globals(scope, code.instructions);
    });
  }

  /** The variables that a function names: those of its own class, or `Class:name`, or `pack!Class:name`. */
  #globals({ className }: ClassScope, instructions: readonly Instruction[]): ReadonlyMap<string, number> {
    const places = new Map<string, number>();
    for (const { op, operands } of instructions) {
      if (op !== "LOAD_GLOBAL" && op !== "STORE_GLOBAL") continue;
      const name = op === "LOAD_GLOBAL" ? operands[1] : operands[0];
      const qualified = name.includes(":") ? name : `${className}:${name}`;
      const whole = name.includes(PACK_SEPARATOR) ? name : this.#unit.prefix + qualified;
      places.set(name, this.#context.library.placeOfGlobal(whole));
    }
    return places;
  }

  #resolveInstruction(instruction: Instruction, scope: ClassScope, place: LoadPlace): Instruction {
    const literal = (value: Value): Value => this.#resolveLiteral(value, scope, place);
    switch (instruction.op) {
      case "LOAD_CONST": {
        const [register, value] = instruction.operands;
        const resolved = value instanceof Atom ? this.#resolveAtom(value, scope, place) : literal(value);
        return resolved === value ? instruction : { op: "LOAD_CONST", operands: [register, resolved] };
      }
      case "OBJECT_INIT": {
        const [register, entries] = instruction.operands;
        return { op: "OBJECT_INIT", operands: [register, resolveEntries(entries, literal)] };
      }
      case "MATCH": {
        const [register, clauses] = instruction.operands;
        return { op: "MATCH", operands: [register, resolveClauses(clauses, literal)] };
      }
      case "RECEIVE_MATCH": {
        const [register, milliseconds, clauses] = instruction.operands;
        return { op: "RECEIVE_MATCH", operands: [register, milliseconds, resolveClauses(clauses, literal)] };
      }
      case "JOIN_NUMBER":
        this.#context.joinedNumbers.add(instruction.operands[0]);
        return instruction;
      default:
        return instruction;
    }
  }

  /** An Atom that is the whole operand of LOAD_CONST. Those the VM supplies stay for the engines. */
  #resolveAtom(value: Atom, scope: ClassScope, place: LoadPlace): Value {
    const special = specialAtom(value.name);
    switch (special?.kind) {
      case "function":
        return this.#function(special.name, scope, place) ?? value;
      case "foreign":
        return this.#foreign(special.name, scope.version, place);
      case "js":
        return this.#builtIn(value, special.name, scope.version, place);
      case "module":
        return scope.version === 1 ? value : this.#moduleOfOther(special.name, place);
      case "unknown-vm":
        if (scope.version === 1) return Undefined;
        throw new LoadError(`the VM has no value ${shown(value.name)}`, place);
      default:
        return value;
    }
  }

  /**
   * A literal with its references resolved. It is copied once here, for nothing but the marks that
   * copying leaves on immutable parts: then no later copy depends on which engine looked first.
   */
  #resolveLiteral(value: Value, scope: ClassScope, place: LoadPlace): Value {
    const resolved = this.#withReferences(value, scope, place);
    copyValue(resolved, Number.POSITIVE_INFINITY);
    settleWork();
    return resolved;
  }

  #withReferences(value: Value, scope: ClassScope, place: LoadPlace): Value {
    return mapReferences(value, (name) => {
      if (scope.version === 1) return atom(`function:${name}`);
      if (!name.startsWith(FUNCTION_REFERENCE)) return this.#function(name, scope, place)!;
      return this.#function(name.slice(FUNCTION_REFERENCE.length), scope, place)!;
    });
  }

  /** Null: not found or ambiguous, and version 1. */
  #function(name: string, scope: ClassScope, place: LoadPlace): FunctionValue | null {
    if (scope.version === 2 && name.includes(PACK_SEPARATOR)) return this.#functionOfOther(name, place);
    for (const candidates of [
      name.includes(":") ? this.#qualified.get(name) : undefined,
      scope.byName.get(name),
      this.#classes.get(name)?.unnamed,
      this.#anywhere.get(name),
    ]) {
      if (candidates === undefined || candidates.length === 0) continue;
      if (candidates.length === 1) return candidates[0];
      if (scope.version === 1) return null;
      throw new LoadError(`the function reference ${shown(name)} is ambiguous: ${candidates.length} functions`, place);
    }
    if (scope.version === 1) return null;
    throw new LoadError(`there is no function ${shown(name)}`, place);
  }

  /** What runs the module `pack!Class`; Undefined: the class is no module. */
  #moduleOfOther(name: string, place: LoadPlace): Value {
    const { pack, own } = this.#exportOfOther(name, place);
    return pack.qualified.get(`${own}:${MODULE_FUNCTION}`)?.[0] ?? Undefined;
  }

  /** `pack!Class:function`, or `pack!Class` for one without a name. */
  #functionOfOther(name: string, place: LoadPlace): FunctionValue {
    const { pack, own } = this.#exportOfOther(name, place);
    const found = pack.qualified.get(own);
    if (found === undefined) throw new LoadError(`there is no function ${shown(name)}`, place);
    return found[0];
  }

  /** The other pack, and the name behind its own, if it exports the class. */
  #exportOfOther(name: string, place: LoadPlace): { readonly pack: LinkedPack; readonly own: string } {
    const at = name.indexOf(PACK_SEPARATOR);
    if (at < 0)
      throw new LoadError(`there is no ${PACK_SEPARATOR} between a pack and a class in ${shown(name)}`, place);
    const packName = name.slice(0, at);
    const other = this.#others.get(packName);
    const { key } = MANIFEST_KEYS.dependencies;
    if (other === undefined) throw new LoadError(`the pack ${shown(packName)} is not among the ${key}`, place);
    const own = name.slice(at + 1);
    const className = classOf(own);
    if (!other.exports.has(className)) {
      const there = other.classes.has(className) ? "does not export" : "has no";
      throw new LoadError(`the pack ${packName} ${there} class ${shown(className)}`, place);
    }
    return { pack: other, own };
  }

  #builtIn(atom: Atom, name: string, version: 1 | 2, place: LoadPlace): Value {
    if (version === 1) return atom;
    const found = this.#context.builtIn(name);
    if (found === undefined) throw new LoadError(`JavaScript has no built-in ${shown(name)}`, place);
    return found;
  }

  #foreign(name: string, version: 1 | 2, place: LoadPlace): FunctionValue {
    const found = this.#context.library.find(name);
    if (found !== undefined) return found;
    if (version === 2) {
      const own = located(place, () => this.#context.ofLibraries(this.#resolved, name));
      if (own !== undefined) return own;
    }
    if (version === 2) {
      const names = this.#context.library.names();
      // Split for StrSplit.
      const near = nearest(name, names) ?? (name.length > 2 ? names.find((one) => one.endsWith(name)) : undefined);
      const hint = near === undefined ? "" : ` (did you mean ${near}?)`;
      throw new LoadError(`there is no foreign function ${shown(name)}${hint}`, place);
    }
    return functionOf(missingForeign(name));
  }
}

const KNOWN_OF_JS = new WeakMap<ClassFile, boolean>();

/** Where an instruction is in the source, if its class says so. */
function sourcePlace(code: Code, { instruction }: LoadPlace): LoadPlace {
  const found = instruction === undefined ? undefined : (lineOf(code, instruction) ?? code.lines[0]);
  if (found === undefined || code.sourceFile === null) return {};
  return { source: `${code.sourceFile}:${found.line}:${found.column}` };
}

/** Does the class have instructions that only JavaScript needs? */
function isOfJs(classFile: ClassFile): boolean {
  let known = KNOWN_OF_JS.get(classFile);
  if (known === undefined) {
    known = classFile.functions.some(
      ({ body }) => body.kind === "bytecode" && body.instructions.some(({ op }) => isInstructionOfJs(op)),
    );
    KNOWN_OF_JS.set(classFile, known);
  }
  return known;
}

function missingForeign(name: string): ForeignFunction {
  return new ForeignFunction({
    name,
    parameters: [],
    rest: { name: "values", type: "Any" },
    result: "Any",
    description: "Fails: no such function was there when the pack was loaded.",
    pure: false,
    run: () => {
      throw new ForeignFailure(`Function not found: ${name}`);
    },
  });
}

function located<T>(place: LoadPlace, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof LoadError ? error.at(place) : error;
  }
}

function addTo<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** The last of a repeated key wins, at the place of the first. */
function resolveEntries(entries: readonly ObjectEntry[], literal: (value: Value) => Value): ObjectEntry[] {
  const last = new Map<string, ObjectEntry>();
  for (const entry of entries) last.set(entry.key, entry);
  return [...last.values()].map((entry) => {
    return "value" in entry.from ? { ...entry, from: { value: literal(entry.from.value) } } : entry;
  });
}

function resolveClauses(clauses: readonly Clause[], literal: (value: Value) => Value): Clause[] {
  return clauses.map(({ pattern, offset }) => ({ pattern: resolvePattern(pattern, literal), offset }));
}

function resolvePattern(pattern: Pattern, literal: (value: Value) => Value): Pattern {
  const within = (inner: Pattern): Pattern => resolvePattern(inner, literal);
  switch (pattern.kind) {
    case "value":
      return { kind: "value", value: literal(pattern.value) };
    case "tuple":
    case "array":
      return { kind: pattern.kind, items: pattern.items.map(within) };
    case "tagged":
      return { kind: "tagged", tag: pattern.tag, payload: within(pattern.payload) };
    case "object":
      return { kind: "object", members: pattern.members.map(({ key, pattern: p }) => ({ key, pattern: within(p) })) };
    default:
      return pattern;
  }
}

/** A literal with its function references replaced; the same object if it has none. Nesting is limited at load. */
function mapReferences(value: Value, resolve: (name: string) => Value): Value {
  const within = (part: Value): Value => mapReferences(part, resolve);
  if (Array.isArray(value)) return mapAll(value, within) ?? value;
  if (value instanceof Tuple) {
    const items = mapAll(value.items, within);
    return items === null ? value : new Tuple(items);
  }
  if (value instanceof Tagged) {
    const payload = within(value.payload);
    return payload === value.payload ? value : new Tagged(value.tag, payload);
  }
  if (value instanceof FunctionValue) {
    return value.code instanceof FunctionReference ? resolve(value.code.name) : value;
  }
  if (!(value instanceof IonObject)) return value;
  const keys = ownKeys(value);
  const values = mapAll(
    keys.map((key) => value[key]),
    within,
  );
  if (values === null) return value;
  const object = createObject();
  keys.forEach((key, i) => {
    defineProperty(object, key, values[i], ownProperty(value, key)!);
  });
  return object;
}

/** Null if nothing changes. */
function mapAll(values: readonly Value[], map: (value: Value) => Value): Value[] | null {
  let changed: Value[] | null = null;
  for (let i = 0; i < values.length; i++) {
    const mapped = map(values[i]);
    if (changed === null && mapped !== values[i]) changed = values.slice();
    if (changed !== null) changed[i] = mapped;
  }
  return changed;
}
