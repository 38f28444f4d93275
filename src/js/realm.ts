/** The built-ins of JavaScript, put together for one VM. */

import type { ClassFile } from "../bytecode/model.ts";
import type { ProgramError } from "../errors.ts";
import { ForeignFunction } from "../foreign/registry.ts";
import type { IntrinsicOperation, RaisedAt, Realm, Receiver } from "../operations/js/realm.ts";
import { PackBuilder } from "../pack/builder.ts";
import type { Library } from "../runtime/library.ts";
import { type LinkContext, linkPack } from "../runtime/link.ts";
import { defineAccessor } from "../values/accessor.ts";
import { FunctionMembers, type FunctionValue, functionOf } from "../values/function.ts";
import {
  type Attributes,
  createObject,
  defineProperty,
  type IonObject,
  type NativeKey,
  nativeKey,
} from "../values/object.ts";
import { share } from "../values/shared.ts";
import type { Value } from "../values/value.ts";
import { type BuiltIn, GETTER } from "./built-in.ts";
import { CODE, classOfCode } from "./code.ts";
import { CONSTANTS, PARENTS, SYMBOLS, TEXT_MEMBERS } from "./constants.ts";
import { errorObject } from "./host/error.ts";
import { HOST } from "./host/index.ts";
import { LIBRARY, LIBRARY_PACK, LIBRARY_PREFIX, type LibraryTopic, sourceName } from "./library.ts";
import { compiledFunction } from "./library-code.ts";

/** Cheap: what it holds is made when it is first reached. */
export function createRealm(library: Library): Realm {
  return new JsRealm(library);
}

/** Where the code of a built-in is. */
type CodeTopic = LibraryTopic | "code";

type Row =
  | { readonly kind: "host"; readonly builtIn: BuiltIn; readonly length: number }
  | { readonly kind: "code"; readonly topic: CodeTopic; readonly length: number };

/** Functions by name, getters with what stands in front of them. */
const ROWS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ...LIBRARY.map(({ name, length, topic }): [string, Row] => [name, { kind: "code", topic, length }]),
  ...Object.entries(CODE).map(([name, length]): [string, Row] => [name, { kind: "code", topic: "code", length }]),
  ...HOST.map((builtIn): [string, Row] => [builtIn.name, { kind: "host", builtIn, length: builtIn.length }]),
]);

const PROTOTYPE = ".prototype";
/** What functions of a topic call in it: `%arrays:callable`. */
const HELPER = /^%([a-z]+):(.+)$/;

/** What is before the last dot of a name; a getter belongs to the same owner. */
function ownerOf(name: string): string {
  const plain = name.startsWith(GETTER) ? name.slice(GETTER.length) : name;
  const dot = plain.lastIndexOf(".");
  return dot < 0 ? "" : plain.slice(0, dot);
}

/** The names of members by owner: of prototypes, constructors, namespaces. */
const MEMBERS: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>();
  for (const name of [...ROWS.keys(), ...CONSTANTS.keys(), ...SYMBOLS.keys()]) {
    const owner = ownerOf(name);
    if (owner === "") continue;
    const known = found.get(owner);
    if (known === undefined) found.set(owner, [name]);
    else known.push(name);
  }
  for (const owner of Object.keys(TEXT_MEMBERS)) if (!found.has(owner)) found.set(owner, []);
  return found;
})();

/** As members of built-ins are: no listing shows them. */
const HIDDEN: Attributes = { writable: true, enumerable: false, configurable: true };
/** Of prototypes: nobody writes them, and only the realm defines them anew. */
const FIXED: Attributes = { writable: false, enumerable: false, configurable: true };

class JsRealm implements Realm {
  readonly #library: Library;
  readonly #values = new Map<string, Value>();
  readonly #prototypes: { [Kind in Receiver]?: IonObject } = {};
  /** Code of the library, by topic and name. */
  readonly #functions = new Map<string, FunctionValue>();

  constructor(library: Library) {
    this.#library = library;
  }

  builtin(name: string): Value | undefined {
    let known = this.#values.get(name);
    if (known === undefined) {
      known = this.#make(name);
      if (known === undefined) return undefined;
      this.#values.set(name, known);
    }
    return known;
  }

  prototype(receiver: Receiver): IonObject {
    return this.#prototypes[receiver] ?? this.#prototypeOf(receiver);
  }

  /** Asked for by every search that an object does not end itself, so they are kept where finding them costs nothing. */
  #prototypeOf(receiver: Receiver): IonObject {
    const made = this.builtin(receiver + PROTOTYPE) as IonObject;
    this.#prototypes[receiver] = made;
    return made;
  }

  intrinsic(name: IntrinsicOperation): FunctionValue {
    return this.builtin(name) as FunctionValue;
  }

  errorObject(error: ProgramError, stack: readonly RaisedAt[], callee: () => string | null): Value {
    return errorObject(error, stack, callee);
  }

  #make(name: string): Value | undefined {
    const row = ROWS.get(name);
    if (row !== undefined) return this.#function(name, row);
    const value = CONSTANTS.get(name) ?? SYMBOLS.get(name);
    if (value !== undefined) return value;
    const helper = HELPER.exec(name);
    if (helper !== null) return this.#code(helper[1] as LibraryTopic, helper[2]);
    if (!MEMBERS.has(name)) return undefined;
    return name.endsWith(PROTOTYPE) ? this.#prototypeObject(name) : this.#namespace(name);
  }

  #function(name: string, row: Row): FunctionValue {
    const parent = PARENTS[name];
    const statics = parent === undefined ? [] : [(this.builtin(parent) as FunctionValue).members!.object];
    const value = this.#bare(name, row);
    const known = this.#values.get(name);
    if (known !== undefined) return known as FunctionValue;
    const members = createObject(statics);
    value.members = new FunctionMembers(members);
    // It is known from here on: its prototype and its members refer to it.
    this.#values.set(name, value);
    const plain = name.slice(ownerOf(name).length).replace(/^\./, "").replace("@@iterator", "[Symbol.iterator]");
    defineProperty(members, "$length", row.length, { ...HIDDEN, writable: false });
    defineProperty(members, "$name", plain, { ...HIDDEN, writable: false });
    if (MEMBERS.has(name + PROTOTYPE)) {
      const prototype = this.builtin(name + PROTOTYPE)!;
      defineProperty(members, "$prototype", prototype, { writable: false, enumerable: false, configurable: false });
    }
    this.#addLater(members, name);
    Object.freeze(members);
    return value;
  }

  /** The function without members. */
  #bare(name: string, row: Row): FunctionValue {
    if (row.kind === "host") return functionOf(new ForeignFunction(row.builtIn.spec));
    return this.#code(row.topic, sourceName(name));
  }

  #prototypeObject(name: string): IonObject {
    const constructor = name.slice(0, -PROTOTYPE.length);
    const parent = PARENTS[constructor];
    const parents = parent === undefined ? [] : [this.builtin(parent + PROTOTYPE) as IonObject];
    // What the parent needs may have needed this one.
    const known = this.#values.get(name);
    if (known !== undefined) return known as IonObject;
    const object = createObject(parents);
    this.#values.set(name, object);
    for (const member of MEMBERS.get(name)!) {
      const key = nativeKey(member.slice(member.lastIndexOf(".") + 1));
      if (member.startsWith(GETTER)) {
        defineAccessor(object, key, { get: this.builtin(member) as FunctionValue, set: null }, false);
      } else if (ROWS.get(member)?.kind === "code") {
        this.#defineOnce(object, key, member);
      } else {
        defineProperty(object, key, this.builtin(member)!, FIXED);
      }
    }
    this.#addTexts(object, name);
    if (ROWS.has(constructor)) this.#defineOnce(object, "$constructor", constructor);
    share(object);
    return Object.preventExtensions(object);
  }

  #namespace(name: string): IonObject {
    const object = createObject();
    this.#values.set(name, object);
    this.#addLater(object, name);
    this.#addTexts(object, name);
    return Object.freeze(object);
  }

  #addTexts(object: IonObject, name: string): void {
    for (const [key, text] of Object.entries(TEXT_MEMBERS[name] ?? {})) {
      defineProperty(object, nativeKey(key), text, HIDDEN);
    }
  }

  #addLater(object: IonObject, owner: string): void {
    for (const member of MEMBERS.get(owner) ?? []) {
      const key = nativeKey(member.slice(member.lastIndexOf(".") + 1));
      if (CONSTANTS.has(member)) defineProperty(object, key, this.builtin(member)!, HIDDEN);
      else this.#defineLater(object, key, member);
    }
  }

  /** A member of a prototype that is made when it is first read, and then is like all others. */
  #defineOnce(object: IonObject, key: NativeKey, name: string): void {
    const get = (): Value => {
      const value = this.builtin(name)!;
      defineProperty(object, key, value, FIXED);
      return value;
    };
    Object.defineProperty(object, key, { get, enumerable: false, configurable: true });
  }

  /**
   * A member that is made when it is first read: most are never, since the compiler names what it calls. To whoever reads it natively it
   * is a value.
   */
  #defineLater(object: IonObject, key: NativeKey, name: string): void {
    Object.defineProperty(object, key, { get: () => this.builtin(name), enumerable: false, configurable: true });
  }

  /** A function of the library by its name in the source, linked when it is first reached. */
  #code(topic: CodeTopic, name: string): FunctionValue {
    const known = this.#functions.get(`${topic}:${name}`);
    if (known !== undefined) return known;
    this.#link(topic, topic === "code" ? classOfCode() : compiledFunction(topic, name));
    const linked = this.#functions.get(`${topic}:${name}`);
    if (linked === undefined) throw new Error(`the library has no ${name} in ${topic}`);
    return linked;
  }

  /** Functions refer to each other: they are known once they are declared, before what they refer to is looked for. */
  #link(topic: CodeTopic, classFile: ClassFile): void {
    const context: LinkContext = {
      library: this.#library,
      ofLibraries: () => undefined,
      joinedNumbers: new Set(),
      builtIn: (name) => this.builtin(name),
      valueOf: (name, code, foreign) => {
        const value = functionOf((code ?? foreign)!);
        this.#functions.set(name.slice(LIBRARY_PREFIX.length), value);
        return value;
      },
    };
    const pack = new PackBuilder({ name: LIBRARY_PACK }).addClass(topic, classFile).build();
    const resolved = {
      name: LIBRARY_PACK,
      version: null,
      file: LIBRARY_PACK,
      pack,
      requirements: [],
      dependencies: new Map(),
    };
    linkPack(resolved, false, new Map(), context);
  }
}
