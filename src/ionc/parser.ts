/** The parser, which also keeps its pace in scopes of very many names: acorn looks through a list of them for each new one. */
import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";

/** Longer lists of names are looked up in a set. */
const SHORT = 16;

/** A list of names that knows quickly what is in it. */
class Names extends Array<string> {
  #known: Set<string> | null = null;

  override push(...names: string[]): number {
    if (this.#known !== null) for (const name of names) this.#known.add(name);
    return super.push(...names);
  }

  /** Whether, not where: the parser asks no more. */
  override indexOf(name: string): number {
    if (this.length <= SHORT) return super.indexOf(name);
    this.#known ??= new Set(this);
    return this.#known.has(name) ? 0 : -1;
  }
}

/** What the parser has of a scope. */
interface ParserScope {
  var: string[];
  lexical: string[];
  functions: string[];
}

/** Parts of the parser that its types leave out. */
interface Scoped {
  enterScope(flags: number): void;
  readonly scopeStack: ParserScope[];
}

const quick: (Base: typeof Parser) => typeof Parser = (Base) => {
  const Open = Base as unknown as new (...args: unknown[]) => Scoped;
  const Quick = class extends Open {
    override enterScope(flags: number): void {
      super.enterScope(flags);
      const scope = this.scopeStack[this.scopeStack.length - 1];
      scope.var = new Names();
      scope.lexical = new Names();
      scope.functions = new Names();
    }
  };
  return Quick as unknown as typeof Parser;
};

let javascript: typeof Parser | null = null;
let typescript: typeof Parser | null = null;

export function javascriptParser(): typeof Parser {
  javascript ??= Parser.extend(quick);
  return javascript;
}

export function typescriptParser(): typeof Parser {
  typescript ??= Parser.extend(quick, tsPlugin());
  return typescript;
}
