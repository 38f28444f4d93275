/** Takes TypeScript's types out of a tree, in place; what has a meaning at run time is refused. */
import type { AnyNode, Program } from "acorn";
import type { Diagnostics } from "./diagnostics.ts";
import type { SourceFile } from "./source.ts";
import { isNode } from "./walk.ts";

/** A node as the plugin makes it: ESTree with more in it. */
interface Loose {
  type: string;
  start: number;
  [key: string]: unknown;
}

/** Expressions around an expression. */
const WRAPPERS = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "ParenthesizedExpression",
]);

/** Statements and members that are types alone. */
const TYPES = new Set([
  "TSTypeAliasDeclaration",
  "TSInterfaceDeclaration",
  "TSDeclareFunction",
  "TSIndexSignature",
  "TSNamespaceExportDeclaration",
]);

/** Members of nodes that hold types alone. */
const TYPE_KEYS = [
  "typeAnnotation",
  "returnType",
  "typeParameters",
  "typeArguments",
  "superTypeParameters",
  "implements",
] as const;

export function eraseTypes(program: Program, source: SourceFile, diagnostics: Diagnostics): void {
  new Eraser(source, diagnostics).children(program as unknown as Loose);
}

class Eraser {
  readonly #source: SourceFile;
  readonly #diagnostics: Diagnostics;

  constructor(source: SourceFile, diagnostics: Diagnostics) {
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  /** Replaces the children of a node by what is left of them. */
  children(node: Loose): void {
    for (const key of TYPE_KEYS) if (node[key] !== undefined) delete node[key];
    for (const key in node) {
      if (key === "loc") continue;
      const part = node[key];
      if (part === null || typeof part !== "object") continue;
      if (Array.isArray(part)) node[key] = this.#list(part);
      else if (isNode(part)) node[key] = this.#erased(part as unknown as Loose);
    }
    if (node.type === "ChainExpression") flattenChain(node);
  }

  #list(list: readonly unknown[]): unknown[] {
    const kept: unknown[] = [];
    for (const item of list) {
      // Holes of arrays stay.
      const erased = isNode(item) ? this.#erased(item as unknown as Loose) : item;
      if (erased !== null || item === null) kept.push(erased);
    }
    return kept;
  }

  /** What is left of a node: itself, what it wraps, or nothing. */
  #erased(node: Loose): Loose | null {
    if (WRAPPERS.has(node.type)) return this.#erased(node["expression"] as Loose);
    if (TYPES.has(node.type) || node["declare"] === true || node["abstract"] === true) {
      // An abstract class is a class.
      if (node.type !== "ClassDeclaration" || node["declare"] === true) return null;
    }
    switch (node.type) {
      case "TSEnumDeclaration":
        return this.#refused(node, "enum", nameOf(node["id"]), enumMembers(node));
      case "TSModuleDeclaration":
        return isTypesOnly(node) ? null : this.#refused(node, "namespace");
      case "TSParameterProperty":
        return this.#refused(node, "parameterProperty", nameOf(node["parameter"]));
      case "TSImportEqualsDeclaration":
        return this.#refused(node, "importEquals", nameOf(node["id"]));
      case "TSExportAssignment":
        return this.#refused(node, "exportEquals");
      case "ImportDeclaration":
        return isTypeImport(node, "importKind") ? null : this.#withSpecifiers(node, "importKind");
      case "ExportNamedDeclaration":
        return isTypeImport(node, "exportKind") ? null : this.#export(node);
      case "ExportAllDeclaration":
        return isTypeImport(node, "exportKind") ? null : this.#kept(node);
      case "ExportDefaultDeclaration":
        return this.#withDeclaration(node);
      case "MethodDefinition":
        // An overload, or a method that others implement.
        return (node["value"] as Loose).type === "TSDeclareMethod" ? null : this.#kept(node);
      case "PropertyDefinition":
        if (node["accessor"] === true) this.#diagnostics.error(this.#source, node.start, "accessorKeyword");
        return this.#kept(node);
      default:
        return this.#kept(node);
    }
  }

  #kept(node: Loose): Loose {
    const decorators = node["decorators"] as Loose[] | undefined;
    if (decorators !== undefined && decorators.length > 0) {
      this.#diagnostics.error(this.#source, decorators[0].start, "decorator");
      node["decorators"] = [];
    }
    const params = node["params"] as Loose[] | undefined;
    if (params !== undefined && params.length > 0 && nameOf(params[0]) === "this") params.shift();
    this.children(node);
    return node;
  }

  #export(node: Loose): Loose | null {
    if (node["declaration"] === null) return this.#withSpecifiers(node, "exportKind");
    return this.#withDeclaration(node);
  }

  #withDeclaration(node: Loose): Loose | null {
    const declaration = this.#erased(node["declaration"] as Loose);
    if (declaration === null) return null;
    node["declaration"] = declaration;
    return node;
  }

  /** Null if it names types alone: then it imports nothing, as in TypeScript. */
  #withSpecifiers(node: Loose, kind: string): Loose | null {
    const all = node["specifiers"] as Loose[];
    const values = all.filter((specifier) => specifier[kind] !== "type");
    node["specifiers"] = values;
    return all.length > 0 && values.length === 0 ? null : node;
  }

  #refused(node: Loose, key: Parameters<Diagnostics["error"]>[2], ...parts: string[]): null {
    this.#diagnostics.error(this.#source, node.start, key, ...parts);
    return null;
  }
}

function isTypeImport(node: Loose, kind: string): boolean {
  return node[kind] === "type";
}

function isTypesOnly(node: Loose): boolean {
  const body = (node["body"] as Loose | undefined)?.["body"];
  return Array.isArray(body) && body.every((one) => TYPES.has((one as Loose).type));
}

/** `a!.b` inside of a chain leaves a chain in a chain. */
function flattenChain(node: Loose): void {
  const inner = node["expression"] as Loose;
  if (inner.type === "ChainExpression") node["expression"] = inner["expression"];
}

function nameOf(node: unknown): string {
  const loose = node as Loose | undefined;
  if (loose?.type === "AssignmentPattern") return nameOf(loose["left"]);
  return typeof loose?.["name"] === "string" ? loose["name"] : "";
}

function enumMembers(node: Loose): string {
  const members = (node["members"] as { id: AnyNode }[]).slice(0, 2);
  return ` ${members.map(({ id }, i) => `${nameOf(id)}: ${i}`).join(", ")}, … `;
}
