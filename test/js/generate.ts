/**
 * Random programs of the subset: they end, print much, and hardly ever fail by accident. A program is a tree of parts,
 * each of which knows what may stand in its place instead, so that a failing one can be made smaller.
 */

/** A part of a program. */
export interface Part {
  readonly pieces: readonly (string | Part)[];
  /** What the part can be replaced with, the simplest first. */
  readonly simpler: readonly (string | Part)[];
}

export function textOf(part: string | Part): string {
  return typeof part === "string" ? part : part.pieces.map(textOf).join("");
}

/** mulberry32: the same numbers from the same seed everywhere. */
class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
}

type Type = "num" | "str" | "bool" | "nums" | "obj" | "any";

interface Variable {
  readonly name: string;
  readonly type: Type;
  readonly isConst: boolean;
}

interface FunctionName {
  readonly name: string;
  readonly arity: number;
}

interface ClassName {
  readonly name: string;
  readonly methods: readonly string[];
}

/** What can be named where a part stands. */
interface Scope {
  readonly variables: Variable[];
  readonly functions: FunctionName[];
  readonly generators: string[];
  readonly classes: ClassName[];
  /** Objects of classes, by variable. */
  readonly instances: { readonly name: string; readonly of: ClassName }[];
}

interface Place {
  readonly scope: Scope;
  /** How much deeper parts may go. */
  readonly depth: number;
  readonly inLoop: boolean;
  readonly labels: readonly string[];
  readonly inFunction: boolean;
  readonly inFinally: boolean;
  /** Of the class around, whose `this` can be used. */
  readonly self: ClassName | null;
}

const LITERALS: Readonly<Record<Type, readonly string[]>> = {
  num: ["0", "1", "2", "3", "7", "10", "-1", "0.5", "-0", "255", "1e3", "2147483647", "4294967296", "NaN", "1e21"],
  str: ['""', '"a"', '"xyz"', '"12"', '"é😀"', '" "', '"a,b"'],
  bool: ["true", "false"],
  nums: ["[]", "[1]", "[3, 1, 2]", "[0.5, -1, 7, 7]"],
  obj: ['({ a: 1, b: 2, s: "t" })', '({ a: 0, b: -1, s: "" })'],
  any: ["undefined", "null", "1", '"u"', "true", "[2]"],
};

const DEFAULT: Readonly<Record<Type, string>> = {
  num: "1",
  str: '"s"',
  bool: "true",
  nums: "[1, 2]",
  obj: '({ a: 1, b: 2, s: "t" })',
  any: "null",
};

const TYPES: readonly Type[] = ["num", "num", "num", "str", "bool", "nums", "obj", "any"];
const BINARY = ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "+", "-", "*"];
const COMPARE = ["<", "<=", ">", ">=", "===", "!==", "==", "!="];

export interface RandomProgram {
  readonly seed: number;
  readonly root: Part;
}

export function randomProgram(seed: number): RandomProgram {
  return { seed, root: new Generator(seed).program() };
}

class Generator {
  readonly #random: Random;
  #names = 0;
  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  program(): Part {
    const scope: Scope = { variables: [], functions: [], generators: [], classes: [], instances: [] };
    const place: Place = {
      scope,
      depth: 4,
      inLoop: false,
      labels: [],
      inFunction: false,
      inFinally: false,
      self: null,
    };
    const count = 3 + this.#random.below(5);
    const statements = this.#statements(place, count);
    const seen = scope.variables.map(({ name }) => statement(`console.log("${name}", ${name});\n`));
    return { pieces: ["let fuel = 100;\n", ...statements, ...seen], simpler: [] };
  }

  #name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  #inner(place: Place, changes: Partial<Place> = {}): Place {
    const { variables, functions, generators, classes, instances } = place.scope;
    const scope = {
      variables: [...variables],
      functions: [...functions],
      generators: [...generators],
      classes: [...classes],
      instances: [...instances],
    };
    return { ...place, depth: place.depth - 1, scope, ...changes };
  }

  #statements(place: Place, count: number): Part[] {
    return Array.from({ length: count }, () => this.#statement(place));
  }

  #block(place: Place, count = 1 + this.#random.below(2)): Part {
    return { pieces: ["{\n", ...this.#statements(place, count), "}"], simpler: ["{}"] };
  }

  #statement(place: Place): Part {
    const random = this.#random;
    if (place.depth <= 0) return random.chance(50) ? this.#print(place) : this.#assignment(place);
    const choices: (() => Part)[] = [
      () => this.#declaration(place),
      () => this.#declaration(place),
      () => this.#assignment(place),
      () => this.#assignment(place),
      () => this.#print(place),
      () => this.#print(place),
      () => this.#if(place),
      () => this.#for(place),
      () => this.#forOf(place),
      () => this.#forIn(place),
      () => this.#while(place),
      () => this.#switch(place),
      () => this.#try(place),
      () => this.#function(place),
      () => this.#closure(place),
      () => this.#destructuring(place),
      () => this.#class(place),
      () => this.#generator(place),
      () => this.#jump(place),
      () => statement(...["", this.#block(this.#inner(place)), "\n"]),
    ];
    return random.pick(choices)();
  }

  #declaration(place: Place): Part {
    const type = this.#random.pick(TYPES);
    const isConst = this.#random.chance(35);
    const name = this.#name("v");
    const value = this.#expression(type, place);
    place.scope.variables.push({ name, type, isConst });
    return replaceable(
      [`${isConst ? "const" : "let"} ${name} = `, value, ";\n"],
      [`let ${name} = ${DEFAULT[type]};\n`],
    );
  }

  #variable(place: Place, type: Type, isAssigned = false): Variable | null {
    const found = place.scope.variables.filter((one) => one.type === type && !(isAssigned && one.isConst));
    return found.length === 0 ? null : this.#random.pick(found);
  }

  #assignment(place: Place): Part {
    const random = this.#random;
    const type = random.pick<Type>(["num", "num", "str", "nums", "obj", "any"]);
    const any = this.#variable(place, type);
    if (type === "nums" && any !== null) {
      // Not farther than behind the last element: there are no holes.
      const index = `[${random.below(6)} % (${any.name}.length + 1)] = `;
      const at = [index, this.#expression("num", place), ";\n"];
      return random.chance(40)
        ? statement(`${any.name}.push(`, this.#expression("num", place), ");\n")
        : random.chance(40)
          ? statement(any.name, ...at)
          : statement(
              `console.log(${any.name}.${random.pick(["pop()", "shift()", "reverse().length", "sort().join()"])});\n`,
            );
    }
    if (type === "obj" && any !== null) {
      const key = random.pick(["a", "b", '["c" + 1]', "d"]);
      const target = `${any.name}${key.startsWith("[") ? key : `.${key}`}`;
      if (random.chance(10)) return statement(`delete ${any.name}.${random.pick(["c1", "d", "nothing"])};\n`);
      return statement(
        `${target} ${random.pick(["=", "=", "+=", "??=", "||="])} `,
        this.#expression("num", place),
        ";\n",
      );
    }
    const variable = this.#variable(place, type, true);
    if (variable === null) return this.#print(place);
    const operator = type === "num" ? random.pick(["=", "+=", "-=", "*=", "|=", "%=", "&&=", "??="]) : "=";
    const value = this.#expression(type, place);
    return type === "str"
      ? statement(`${variable.name} = (`, value, `).slice(0, 12);\n`)
      : statement(`${variable.name} ${operator} `, value, ";\n");
  }

  #print(place: Place): Part {
    const random = this.#random;
    const values = Array.from({ length: 1 + random.below(3) }, () => this.#expression(random.pick(TYPES), place));
    return statement("console.log(", ...values.flatMap((value, i) => (i === 0 ? [value] : [", ", value])), ");\n");
  }

  #if(place: Place): Part {
    const then = this.#block(this.#inner(place));
    const otherwise = this.#block(this.#inner(place));
    const condition = this.#condition(place);
    return replaceable(["if (", condition, ") ", then, " else ", otherwise, "\n"], ["", then, otherwise]);
  }

  /** A condition need not be a Boolean. */
  #condition(place: Place): Part {
    return this.#expression(this.#random.pick<Type>(["bool", "bool", "num", "str", "any"]), place);
  }

  #label(place: Place): { readonly text: string; readonly labels: readonly string[] } {
    if (!this.#random.chance(30)) return { text: "", labels: place.labels };
    const name = this.#name("l");
    return { text: `${name}: `, labels: [...place.labels, name] };
  }

  #for(place: Place): Part {
    const { text, labels } = this.#label(place);
    const name = this.#name("i");
    const inner = this.#inner(place, { inLoop: true, labels });
    inner.scope.variables.push({ name, type: "num", isConst: true });
    const body = this.#block(inner);
    const step = this.#random.pick([`${name}++`, `${name} += 2`, `${name}++`]);
    // A loop in a loop also ends when the program has done enough.
    const more = place.inLoop ? " && fuel-- > 0" : "";
    const loop = `${text}for (let ${name} = 0; ${name} < ${2 + this.#random.below(3)}${more}; ${step}) `;
    return replaceable([loop, body, "\n"], [""]);
  }

  #forOf(place: Place): Part {
    const { text, labels } = this.#label(place);
    const name = this.#name("x");
    const inner = this.#inner(place, { inLoop: true, labels });
    inner.scope.variables.push({ name, type: "any", isConst: false });
    const [generators, list] = [place.scope.generators, this.#expression("nums", place)];
    const source: string | Part =
      generators.length > 0 && this.#random.chance(60)
        ? `${this.#random.pick(generators)}(${this.#random.below(4)})`
        : this.#random.chance(20)
          ? this.#expression("str", place)
          : wrapped("(", list, ").slice(0, 4)");
    const guard = place.inLoop ? "{ if (fuel-- <= 0) break; " : "{ ";
    return replaceable([`${text}for (let ${name} of `, source, `) ${guard}`, this.#block(inner), " }\n"], [""]);
  }

  #forIn(place: Place): Part {
    const name = this.#name("k");
    const inner = this.#inner(place, { inLoop: true });
    inner.scope.variables.push({ name, type: "str", isConst: true });
    const object = this.#expression("obj", place);
    const guard = place.inLoop ? "{ if (fuel-- <= 0) break; " : "{ ";
    return replaceable([`for (const ${name} in `, object, `) ${guard}`, this.#block(inner), " }\n"], [""]);
  }

  #while(place: Place): Part {
    const name = this.#name("n");
    const condition = this.#condition(place);
    const body = this.#block(this.#inner(place, { inLoop: true }));
    return this.#random.chance(50)
      ? replaceable([`let ${name} = 0;\nwhile (${name}++ < 4 && fuel-- > 0 && `, condition, ") ", body, "\n"], [""])
      : replaceable(
          [`let ${name} = 0;\ndo `, body, ` while (${name}++ < 2 && fuel-- > 0 && `, condition, ");\n"],
          [""],
        );
  }

  #switch(place: Place): Part {
    const random = this.#random;
    const type = random.pick<Type>(["num", "str"]);
    const inner = this.#inner(place, { inLoop: place.inLoop });
    const pieces: (string | Part)[] = ["switch (", this.#expression(type, place), ") {\n"];
    const count = 2 + random.below(3);
    const at = random.below(count + 1);
    for (let i = 0; i < count; i++) {
      if (i === at) pieces.push("default:\n", ...this.#statements(this.#inner(inner), 1));
      pieces.push(
        wrapped("case ", random.chance(70) ? random.pick(LITERALS[type]) : this.#expression(type, inner), ":\n"),
      );
      // Each case in a block of its own: what it declares is not there for the next one.
      pieces.push(statement(this.#block(this.#inner(inner)), "\n"));
      if (random.chance(60)) pieces.push(statement("break;\n"));
    }
    return replaceable([...pieces, "}\n"], [""]);
  }

  #try(place: Place): Part {
    const random = this.#random;
    const body = this.#inner(place);
    const thrown = random.chance(60) ? this.#throw(place) : statement("");
    const error = this.#name("e");
    const handler = this.#inner(place);
    handler.scope.variables.push({ name: error, type: "any", isConst: false });
    const hasCatch = random.chance(80);
    const hasFinally = !hasCatch || random.chance(50);
    const pieces: (string | Part)[] = ["try {\n", ...this.#statements(body, 2), thrown, "}"];
    if (hasCatch) {
      // The program sees no more of an error than this: what shows its stack shows where it stands in the text.
      pieces.push(
        ` catch (${error}) {\nif (${error} instanceof Error) ${error} = ${error}.name + ": " + ${error}.message;\nconsole.log(${error});\n`,
      );
      pieces.push(...this.#statements(handler, 1), "}");
    }
    if (hasFinally) {
      pieces.push(" finally {\n", ...this.#statements(this.#inner(place, { inFinally: true }), 1), "}");
    }
    if (hasCatch) return replaceable([...pieces, "\n"], [""]);
    return replaceable(
      ["try {\n", ...pieces, `\n} catch (${error}) {\nconsole.log("outer", String(${error}));\n}\n`],
      [""],
    );
  }

  #throw(place: Place): Part {
    const random = this.#random;
    const text = this.#expression("str", place);
    const value = random.chance(50)
      ? wrapped(`new ${random.pick(["Error", "TypeError", "RangeError"])}(`, text, ")")
      : random.pick<string | Part>([text, "null.x", "undefined.f()", "(void 0)()", this.#expression("num", place)]);
    return statement("if (", this.#expression("bool", place), ") throw ", value, ";\n");
  }

  #jump(place: Place): Part {
    const random = this.#random;
    const jumps: (string | Part)[] = [];
    if (place.inLoop) jumps.push("break;", "continue;");
    for (const label of place.labels) if (place.inLoop) jumps.push(`break ${label};`, `continue ${label};`);
    if (place.inFunction) jumps.push(wrapped("return ", this.#expression("num", place), ";"));
    if (jumps.length === 0) return this.#print(place);
    return statement("if (", this.#expression("bool", place), ") ", random.pick(jumps), "\n");
  }

  /** Parameters, and the place where the body stands. */
  #parameters(
    place: Place,
    changes: Partial<Place> = {},
  ): { readonly list: Part; readonly inner: Place; readonly arity: number } {
    const random = this.#random;
    const inner = this.#inner(place, { inLoop: false, labels: [], inFunction: true, ...changes });
    const arity = 1 + random.below(3);
    const pieces: (string | Part)[] = [];
    for (let i = 0; i < arity; i++) {
      const name = this.#name("p");
      const value = random.chance(30) ? wrapped(" = ", this.#expression("num", { ...inner, depth: 1 }), "") : "";
      pieces.push(i === 0 ? "" : ", ", name, value);
      inner.scope.variables.push({ name, type: "num", isConst: false });
    }
    if (random.chance(25)) {
      const rest = this.#name("r");
      pieces.push(`, ...${rest}`);
      inner.scope.variables.push({ name: rest, type: "nums", isConst: true });
    }
    return { list: { pieces, simpler: [] }, inner, arity };
  }

  #body(inner: Place): Part {
    const statements = this.#statements(inner, 1 + this.#random.below(2));
    return {
      pieces: ["{\nif (fuel-- <= 0) return 0;\n", ...statements, "return ", this.#expression("num", inner), ";\n}"],
      simpler: ["{ return 1; }"],
    };
  }

  #function(place: Place): Part {
    const name = this.#name("f");
    const { list, inner, arity } = this.#parameters(place);
    inner.scope.functions.push({ name, arity });
    const body = this.#body(inner);
    place.scope.functions.push({ name, arity });
    const simple = `function ${name}() { return 1; }\n`;
    return this.#random.chance(60)
      ? replaceable([`function ${name}(`, list, ") ", body, "\n"], [simple])
      : replaceable([`const ${name} = (`, list, ") => ", body, ";\n"], [`const ${name} = () => 1;\n`]);
  }

  /** Closures of a loop, called later. */
  #closure(place: Place): Part {
    const [list, name] = [this.#name("c"), this.#name("i")];
    const inner = this.#inner(place, { inLoop: false, labels: [], inFunction: true });
    inner.scope.variables.push({ name, type: "num", isConst: false });
    const first = this.#expression("num", inner);
    const second = this.#statement({ ...inner, inFunction: false });
    return replaceable(
      [
        `const ${list} = [];\nfor (let ${name} = 0; ${name} < 3; ${name}++) {\n${list}.push((by) => (${name} += by) + `,
        first,
        `);\n${list}.push(() => { `,
        second,
        `return ${name}++; });\n}\nfor (const call of ${list}) console.log(call(1), call(2));\n`,
      ],
      [""],
    );
  }

  #destructuring(place: Place): Part {
    const random = this.#random;
    const names = [this.#name("d"), this.#name("d"), this.#name("d")];
    const [a, b, c] = names;
    const source = random.chance(50)
      ? wrapped(`const [${a}, ${b} = `, this.#expression("num", place), `, ...${c}] = `)
      : wrapped(`let { a: ${a}, c1: ${b} = `, this.#expression("num", place), `, ...${c} } = `);
    const isList = textOf(source).startsWith("const");
    const value = this.#expression(isList ? "nums" : "obj", place);
    const swap = this.#variable(place, "num", true);
    for (const name of [a, b]) place.scope.variables.push({ name, type: "any", isConst: isList });
    place.scope.variables.push({ name: c, type: isList ? "nums" : "any", isConst: isList });
    const more = swap === null ? "" : `[${swap.name}] = [${swap.name} + 1, ${swap.name}];\n`;
    const simple = isList ? `const [${a}, ${b}, ...${c}] = [1, 2];\n` : `let ${a} = 1, ${b} = 2, ${c} = {};\n`;
    return replaceable([source, value, ";\n", more], [simple]);
  }

  #class(place: Place): Part {
    const random = this.#random;
    const name = this.#name("C");
    const parent = place.scope.classes.length > 0 && random.chance(40) ? random.pick(place.scope.classes) : null;
    const methods = parent !== null && random.chance(60) ? [parent.methods[0]] : [this.#name("m")];
    const own: ClassName = { name, methods };
    const field = this.#expression("num", { ...this.#inner(place), depth: 1 });
    const { list, inner } = this.#parameters(place, { self: own });
    const above = parent?.methods.includes(methods[0]) ? `super.${methods[0]}(this.v) + ` : "";
    const body = this.#statements(inner, 1 + random.below(2));
    const result = this.#expression("num", inner);
    const make = parent === null ? "this.v = v;" : "super(v); this.w = v;";
    const pieces = [
      `class ${name}${parent === null ? "" : ` extends ${parent.name}`} {\n  u${name} = `,
      field,
      `;\n  #p = 1;\n  static count = 0;\n  constructor(v) { ${make} ${name}.count++; }\n`,
      `  ${methods[0]}(`,
      list,
      `) {\nif (fuel-- <= 0) return 0;\n`,
      ...body,
      `this.#p += this.v;\nreturn ${above}`,
      result,
      `;\n}\n  get g() { return this.#p + this.u${name}; }\n  set g(x) { this.#p = x; }\n`,
      `  static make(v) { return new ${name}(v); }\n  toString() { return "${name}:" + this.v; }\n}\n`,
    ];
    const instance = this.#name("o");
    place.scope.classes.push(own);
    const argument = this.#expression("num", place);
    place.scope.instances.push({ name: instance, of: own });
    return { pieces: [...pieces, `const ${instance} = new ${name}(`, argument, ");\n"], simpler: [] };
  }

  #generator(place: Place): Part {
    const name = this.#name("g");
    const [parameter, index] = [this.#name("p"), this.#name("i")];
    const inner = this.#inner(place, { inLoop: false, labels: [], inFunction: false });
    inner.scope.variables.push({ name: parameter, type: "num", isConst: false });
    const loop = this.#inner(inner, { inLoop: true });
    loop.scope.variables.push({ name: index, type: "num", isConst: true });
    const statements = this.#statements(loop, 1);
    const value = this.#expression("num", loop);
    place.scope.generators.push(name);
    return replaceable(
      [
        `function* ${name}(${parameter}) {\ntry {\nfor (let ${index} = 0; ${index} < 3; ${index}++) {\n`,
        ...statements,
        "yield ",
        value,
        `;\n}\n} finally {\nconsole.log("end of ${name}");\n}\n}\n`,
      ],
      [`function* ${name}() { yield 1; }\n`],
    );
  }

  #expression(type: Type, place: Place): Part {
    const random = this.#random;
    if (place.depth <= 0 || random.chance(40)) return this.#leaf(type, place);
    const inner: Place = { ...place, depth: place.depth - 1 };
    const of = (one: Type): Part => this.#expression(one, inner);
    switch (type) {
      case "num":
        return this.#number(inner, of);
      case "str":
        return this.#text(inner, of);
      case "bool":
        return expression(
          type,
          random.pick<() => (string | Part)[]>([
            () => ["(", of("num"), ` ${random.pick(COMPARE)} `, of("num"), ")"],
            () => ["(", of("any"), ` ${random.pick(COMPARE)} `, of(random.pick(["num", "str", "bool"])), ")"],
            () => ["(", of("str"), ` ${random.pick(COMPARE)} `, of("str"), ")"],
            () => ["(", of("bool"), ` ${random.pick(["&&", "||"])} `, of("bool"), ")"],
            () => ["!", of(random.pick(TYPES))],
            () => [of("nums"), ".includes(", of("num"), ")"],
            () => [`("${random.pick(["a", "c1", "zz"])}" in `, of("obj"), ")"],
            () => ["Number.isInteger(", of("any"), ")"],
            () => [of("nums"), ".some((x) => x > ", of("num"), ")"],
          ])(),
        );
      case "nums":
        return this.#list(inner, of);
      case "obj":
        return expression(
          type,
          random.pick<() => (string | Part)[]>([
            () => ["({ a: ", of("num"), ", b: ", of("num"), ", s: ", of("str"), " })"],
            () => ["({ ...", of("obj"), ", a: ", of("num"), " })"],
            () => ["({ b: ", of("num"), ", ...", of("obj"), ", get c1() { return this.a; } })"],
            () => ["Object.fromEntries(Object.entries(", of("obj"), "))"],
          ])(),
        );
      case "any":
        return expression(
          type,
          random.pick<() => (string | Part)[]>([
            () => [of("nums"), "[", of("num"), "]"],
            () => ["(", of("any"), " ?? ", of("num"), ")"],
            () => ["(", of("bool"), " ? ", of("any"), " : ", of(random.pick(TYPES)), ")"],
            () => ["(", of("any"), " && ", of("any"), ")"],
            () => ["(", of("any"), " || ", of("str"), ")"],
            () => [of("any"), "?.length"],
            () => ["(", of("any"), " + ", of("any"), ")"],
            () => ["[", of("any"), ", ", of("num"), "]"],
            () => ["({ n: ", of("any"), " })"],
          ])(),
        );
    }
  }

  #number(inner: Place, of: (type: Type) => Part): Part {
    const random = this.#random;
    const { scope, self } = inner;
    const choices: (() => (string | Part)[])[] = [
      () => ["(", of("num"), ` ${random.pick(BINARY)} `, of("num"), ")"],
      () => ["(", of("num"), ` ${random.pick(BINARY)} `, of("num"), ")"],
      () => [`(${random.pick(["- ", "~", "+ ", "- - "])}`, of("num"), ")"],
      () => ["(", of("bool"), " ? ", of("num"), " : ", of("num"), ")"],
      () => [`Math.${random.pick(["floor", "abs", "trunc", "sign", "round"])}(`, of("num"), ")"],
      () => [`Math.${random.pick(["max", "min"])}(`, of("num"), ", ", of("num"), ")"],
      () => [of("str"), ".length"],
      () => [of("nums"), ".length"],
      () => [of("nums"), ".reduce((s, x) => ", random.pick(["s + x", "s * 2 - x", "s > x ? s : x"]), ", 0)"],
      () => [of("nums"), ".indexOf(", of("num"), ")"],
      () => [of("obj"), `.${random.pick(["a", "b"])}`],
      () => ["(+ ", of("any"), ")"],
      () => ["(", of("any"), " - ", of("num"), ")"],
      () => ["(", of("str"), ", ", of("num"), ")"],
      () => [of("str"), ".charCodeAt(", of("num"), ")"],
      () => ["((x) => ", `x ${random.pick(BINARY)} `, of("num"), ")(", of("num"), ")"],
      () => ["parseInt(", of("str"), ", 10)"],
      () => ["((", of("num"), ") ** 2)"],
    ];
    const variable = this.#variable(inner, "num", true);
    if (variable !== null) {
      const { name } = variable;
      choices.push(
        () => [random.pick([`${name}++`, `++${name}`, `${name}--`])],
        () => [`(${name} ${random.pick(["=", "+=", "-=", "|="])} `, of("num"), ")"],
        () => ["(() => { ", `${name} += `, of("num"), `; return ${name}; })()`],
      );
    }
    if (scope.functions.length > 0) {
      const { name, arity } = random.pick(scope.functions);
      const call = (): (string | Part)[] => {
        const count = Math.max(0, arity + random.below(3) - 1);
        const given = Array.from({ length: count }, (_, i) => (i === 0 ? [of("num")] : [", ", of("num")]));
        return [`${name}(`, ...given.flat(), ")"];
      };
      choices.push(call, call, call, () => [`${name}(...`, of("nums"), ".slice(0, 3))"]);
    }
    if (scope.instances.length > 0) {
      const { name, of: made } = random.pick(scope.instances);
      choices.push(
        () => [`${name}.${random.pick(made.methods)}(`, of("num"), ")"],
        () => [random.pick([`${name}.g`, `${name}.v`, `${made.name}.count`, `${name}.g++`])],
        () => [`(${name}.g = `, of("num"), ")"],
        () => [`${made.name}.make(`, of("num"), ").v"],
      );
    }
    if (self !== null) choices.push(() => [random.pick(["this.v", "this.g", "this.v++", "(() => this.v)()"])]);
    return expression("num", random.pick(choices)());
  }

  #text(inner: Place, of: (type: Type) => Part): Part {
    const random = this.#random;
    const choices: (() => (string | Part)[])[] = [
      () => ["(", of("str"), " + ", of(random.pick(["str", "num", "bool", "any"])), ").slice(0, 20)"],
      () => ["`", `\${`, of("num"), `}-\${`, of("str"), "}`.slice(-16)"],
      () => ["String(", of(random.pick(["num", "nums", "any", "bool"])), ").slice(0, 16)"],
      () => [
        of("str"),
        `.${random.pick(["toUpperCase()", "trim()", "slice(1)", "slice(-2)", 'split("").reverse().join("")'])}`,
      ],
      () => [of("str"), '.replace("a", ', of("str"), ").slice(0, 20)"],
      () => ["(typeof ", of(random.pick(TYPES)), ")"],
      () => [of("nums"), '.join("/").slice(0, 20)'],
      () => ["JSON.stringify(", of(random.pick<Type>(["obj", "nums", "num"])), ").slice(0, 30)"],
      () => ["(", of("bool"), " ? ", of("str"), " : ", of("str"), ")"],
      () => [of("str"), ".padStart(", of("num"), ' & 7, "*")'],
      () => ["Object.keys(", of("obj"), ").join()"],
      () => ["(", of("num"), ").toFixed(1)"],
      () => [of("str"), ".charAt(", of("num"), ")"],
    ];
    if (inner.scope.instances.length > 0) choices.push(() => ["`${", random.pick(inner.scope.instances).name, "}`"]);
    return expression("str", random.pick(choices)());
  }

  #list(inner: Place, of: (type: Type) => Part): Part {
    const random = this.#random;
    const item = (): Part => {
      const place = this.#inner(inner, { inLoop: false, labels: [], inFunction: false });
      place.scope.variables.push({ name: "x", type: "num", isConst: false });
      return this.#expression("num", place);
    };
    const choices: (() => (string | Part)[])[] = [
      () => ["[", of("num"), ", ", of("num"), "]"],
      () => ["[...", of("nums"), ", ", of("num"), "].slice(-6)"],
      () => [of("nums"), ".map((x) => ", item(), ")"],
      () => [of("nums"), ".filter((x) => ", item(), ")"],
      () => [of("nums"), `.slice(${random.below(3)})`],
      () => [of("nums"), ".concat(", of("num"), ").slice(-6)"],
      () => ["Array.from({ length: 3 }, (_, x) => ", item(), ")"],
      () => [of("nums"), ".slice().sort((a, b) => ", random.pick(["a - b", "b - a", "0"]), ")"],
      () => ["[...new Set(", of("nums"), ")]"],
      () => [of("nums"), ".flatMap((x) => [x, ", item(), "]).slice(0, 6)"],
    ];
    const { generators } = inner.scope;
    if (generators.length > 0) choices.push(() => [`[...${random.pick(generators)}(`, of("num"), ")].slice(0, 6)"]);
    return expression("nums", random.pick(choices)());
  }

  #leaf(type: Type, place: Place): Part {
    const random = this.#random;
    const variable = this.#variable(place, type);
    if (variable !== null && random.chance(70)) return expression(type, [variable.name]);
    return { pieces: [random.pick(LITERALS[type])], simpler: [] };
  }
}

function statement(...pieces: (string | Part)[]): Part {
  return replaceable(pieces, [""]);
}

function wrapped(...pieces: (string | Part)[]): Part {
  return { pieces, simpler: [] };
}

function replaceable(pieces: readonly (string | Part)[], simpler: readonly (string | Part)[]): Part {
  return { pieces, simpler };
}

function expression(type: Type, pieces: readonly (string | Part)[]): Part {
  return { pieces, simpler: [DEFAULT[type]] };
}

/** Tries to make a failing program smaller, for as long as it still fails. */
export function shrink(root: Part, fails: (source: string) => boolean, most = 2000): Part {
  let best = root;
  let tries = 0;
  for (let again = true; again; ) {
    again = false;
    for (const path of paths(best)) {
      const part = partAt(best, path);
      if (part === null) continue;
      // A part also gives way to one of the parts in it.
      for (const option of part.simpler) {
        if (textOf(option).length >= textOf(part).length) continue;
        if (++tries > most) return best;
        const smaller = withPart(best, path, option);
        if (!fails(textOf(smaller))) continue;
        best = smaller;
        again = true;
        break;
      }
    }
  }
  return best;
}

/** From the outside to the inside: large parts go first. */
function paths(root: Part): number[][] {
  const found: number[][] = [];
  let level: { readonly part: Part; readonly path: number[] }[] = [{ part: root, path: [] }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { part, path } of level) {
      found.push(path);
      part.pieces.forEach((piece, i) => {
        if (typeof piece !== "string") next.push({ part: piece, path: [...path, i] });
      });
    }
    level = next;
  }
  return found;
}

function partAt(root: Part, path: readonly number[]): Part | null {
  let part = root;
  for (const at of path) {
    const piece = part.pieces[at];
    if (piece === undefined || typeof piece === "string") return null;
    part = piece;
  }
  return part;
}

function withPart(root: Part, path: readonly number[], replacement: string | Part): Part {
  if (path.length === 0) return typeof replacement === "string" ? { pieces: [replacement], simpler: [] } : replacement;
  const [at, ...rest] = path;
  const pieces = [...root.pieces];
  pieces[at] = rest.length === 0 ? replacement : withPart(pieces[at] as Part, rest, replacement);
  return { ...root, pieces };
}
