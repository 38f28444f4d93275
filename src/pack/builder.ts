/**
 * Builds classes and packs from TypeScript.
 *
 * ```ts
 * const main = new FunctionBuilder("main");
 * main.emit("RETURN", main.constant(42));
 * const pack = new PackBuilder({ name: "answer", mainClass: "Main" }).addClass("Main", [main]).build();
 * ```
 */
import { FunctionBuilder } from "../bytecode/builder.ts";
import { type ClassFile, type FunctionRecord, type Section, VERSION_2 } from "../bytecode/model.ts";
import { type ManifestFields, manifestOf } from "./manifest.ts";
import { type Pack, writePack } from "./pack.ts";

export interface ClassOptions {
  /** Name of the source file, for crash reports. */
  readonly source?: string;
}

/** A class file, version 2, under construction. */
export class ClassBuilder {
  readonly #functions: (FunctionBuilder | FunctionRecord)[] = [];
  readonly #source: string | undefined;

  constructor({ source }: ClassOptions = {}) {
    this.#source = source;
  }

  /** Adds functions behind those there are. Builders may go on until `build`. */
  add(...functions: readonly (FunctionBuilder | FunctionRecord)[]): this {
    for (const fn of functions) this.#functions.push(fn);
    return this;
  }

  /** The class so far; source positions and the source's name become its sections. */
  build(): ClassFile {
    const sections: Section[] = [];
    const lines = this.#functions.map((fn) => (fn instanceof FunctionBuilder ? fn.lines : []));
    if (lines.some((entries) => entries.length > 0)) sections.push({ kind: "lines", functions: lines });
    if (this.#source !== undefined) sections.push({ kind: "source", file: this.#source });
    return {
      format: VERSION_2,
      functions: this.#functions.map((fn) => (fn instanceof FunctionBuilder ? fn.build() : fn)),
      sections,
    };
  }
}

export class PackBuilder {
  readonly #fields: ManifestFields;
  readonly #classes = new Map<string, ClassFile>();
  readonly #resources = new Map<string, Uint8Array>();
  readonly #libraries = new Map<string, Uint8Array>();
  readonly #sources = new Map<string, Uint8Array>();

  /** The main class is the first that is added unless `mainClass` names another. */
  constructor(manifest: ManifestFields = {}) {
    this.#fields = manifest;
  }

  /** Adds a class of these functions, or a class file as it is. Error if there is one of this name. */
  addClass(
    className: string,
    functions: ClassFile | readonly (FunctionBuilder | FunctionRecord)[],
    options?: ClassOptions,
  ): this {
    add(
      this.#classes,
      "class",
      className,
      "functions" in functions ? functions : new ClassBuilder(options).add(...functions).build(),
    );
    return this;
  }

  /** Adds a file that the program can read; a text is stored as UTF-8. */
  addResource(name: string, content: Uint8Array | string): this {
    add(this.#resources, "resource", name, bytesOf(content));
    return this;
  }

  /** Adds a native library or a module of another language. */
  addLibrary(name: string, content: Uint8Array | string): this {
    add(this.#libraries, "library", name, bytesOf(content));
    return this;
  }

  /** Adds a source file, for people and debuggers. */
  addSource(name: string, content: Uint8Array | string): this {
    add(this.#sources, "source", name, bytesOf(content));
    return this;
  }

  build(): Pack {
    const [firstClass] = this.#classes.keys();
    const mainClass = this.#fields.mainClass ?? firstClass;
    return {
      manifest: manifestOf({ ...this.#fields, ...(mainClass === undefined ? {} : { mainClass }) }),
      classes: new Map(this.#classes),
      resources: new Map(this.#resources),
      libraries: new Map(this.#libraries),
      sources: new Map(this.#sources),
      others: new Map(),
    };
  }

  /** The bytes of the `.ionpack` file; the same for the same input. */
  toBytes(): Uint8Array {
    return writePack(this.build());
  }
}

function add<Item>(map: Map<string, Item>, what: string, name: string, item: Item): void {
  if (map.has(name)) throw new Error(`two of one name: ${what} ${name}`);
  map.set(name, item);
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
