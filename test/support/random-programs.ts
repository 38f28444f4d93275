/**
 * Random programs that do something: loops, branches, calls, closures, objects with methods, errors and
 * handlers, processes that talk. They end by themselves, whatever they compute: loops count down, calls
 * go to functions further down, waits have a timeout.
 *
 * A program is a tree of statements, so that a failing one shrinks; `assemblyOf` prints it.
 */
import fc from "fast-check";

/** Registers r0 … r7 hold values; counters of loops follow, then scratch. */
const VALUES = 8;
const COUNTER = 10;
const ONE = 16;
const SCRATCH = 17;

/** Functions besides main, by how many arguments they take. f0 may call those behind it, and so on. */
const ARITIES = [2, 1, 3, 0, 2] as const;

type Register = number;

type Statement =
  | { readonly kind: "operation"; readonly op: string; readonly registers: readonly Register[] }
  | { readonly kind: "constant"; readonly d: Register; readonly literal: string }
  | {
      readonly kind: "if";
      readonly c: Register;
      readonly yes: readonly Statement[];
      readonly no: readonly Statement[];
    }
  | { readonly kind: "loop"; readonly count: number; readonly body: readonly Statement[] }
  | { readonly kind: "leave"; readonly c: Register; readonly how: "break" | "continue" }
  | {
      readonly kind: "enterMiddle";
      readonly count: number;
      readonly first: readonly Statement[];
      readonly rest: readonly Statement[];
    }
  | { readonly kind: "call"; readonly d: Register; readonly callee: number; readonly args: readonly Register[] }
  | { readonly kind: "callValue"; readonly d: Register; readonly f: Register; readonly args: readonly Register[] }
  | { readonly kind: "recurse"; readonly d: Register; readonly depth: number }
  | {
      readonly kind: "closure";
      readonly d: Register;
      readonly callee: number;
      readonly scope: string;
      readonly captures: readonly Register[];
    }
  | {
      readonly kind: "object";
      readonly d: Register;
      readonly members: readonly (readonly [string, Register])[];
      readonly method: string | null;
      readonly callee: number;
    }
  | {
      readonly kind: "method";
      readonly d: Register;
      readonly o: Register;
      readonly key: string;
      readonly args: readonly Register[];
    }
  | {
      readonly kind: "get" | "set" | "jsGet" | "jsSet";
      readonly o: Register;
      readonly key: string;
      readonly v: Register;
    }
  | {
      readonly kind: "jsCall";
      readonly op: "JS_CALL_METHOD" | "CALL_THIS" | "CALL_SPREAD";
      readonly d: Register;
      readonly f: Register;
      readonly o: Register;
      readonly key: string;
      readonly args: readonly Register[];
    }
  | { readonly kind: "new"; readonly d: Register; readonly callee: number; readonly args: readonly Register[] }
  | { readonly kind: "global"; readonly how: "LOAD" | "STORE"; readonly r: Register; readonly name: string }
  | { readonly kind: "cell"; readonly how: "make" | "LOAD" | "STORE"; readonly cell: Register; readonly r: Register }
  | {
      readonly kind: "collect";
      readonly op: "ARRAY_INIT" | "TUPLE_INIT";
      readonly d: Register;
      readonly items: readonly Register[];
    }
  | { readonly kind: "tag"; readonly d: Register; readonly tag: string; readonly payload: Register }
  | {
      readonly kind: "match";
      readonly s: Register;
      readonly clauses: readonly { readonly pattern: string; readonly body: readonly Statement[] }[];
    }
  | {
      readonly kind: "receiveMatch";
      readonly d: Register;
      readonly milliseconds: number;
      readonly own: Register;
      readonly clauses: readonly { readonly pattern: string; readonly body: readonly Statement[] }[];
    }
  | {
      readonly kind: "try";
      readonly d: Register;
      readonly body: readonly Statement[];
      readonly handler: readonly Statement[];
    }
  | { readonly kind: "throw"; readonly c: Register; readonly r: Register }
  | { readonly kind: "return"; readonly c: Register; readonly r: Register }
  | { readonly kind: "library"; readonly d: Register; readonly name: string; readonly args: readonly Register[] }
  | { readonly kind: "spawn"; readonly d: Register; readonly callee: number; readonly args: readonly Register[] }
  | {
      readonly kind: "service";
      readonly name: keyof typeof SERVICES;
      readonly d: Register;
      readonly r: Register;
      readonly callee: number;
      readonly milliseconds: number;
    }
  | { readonly kind: "receive"; readonly d: Register; readonly ok: Register; readonly milliseconds: number }
  | { readonly kind: "receiveOwn"; readonly d: Register; readonly s: Register }
  | {
      readonly kind: "select";
      readonly op: "SELECT" | "SELECT_WITH_KILL";
      readonly d: Register;
      readonly among: readonly Register[];
    };

export interface RandomProgram {
  /** It has instructions of JavaScript among the others. */
  readonly js: boolean;
  readonly main: readonly Statement[];
  readonly functions: readonly (readonly Statement[])[];
}

const register = fc.nat(VALUES - 1);
const registers = fc.array(register, { maxLength: 3 });

const OPERATIONS: readonly (readonly [string, number])[] = [
  ...["ADD", "SUB", "MUL", "DIV", "MOD", "BIT_AND", "BIT_OR", "BIT_XOR", "SHL", "SHR", "USHR"],
  ...["EQUAL", "NOT_EQUAL", "LESS_THAN", "LESS_EQUAL", "GREATER_THAN", "GREATER_EQUAL", "AND", "OR", "SAME"],
].map((op) => [op, 3] as const);
const MORE_OPERATIONS: readonly (readonly [string, number])[] = [
  ["NEG", 2],
  ["NOT", 2],
  ["MOVE", 2],
  ["SEND", 2],
  ["JOIN", 2],
  ["LINK", 1],
  ["YIELD", 0],
  ["NOP", 0],
];

const OPERATIONS_OF_JS: readonly (readonly [string, number])[] = [
  ...["JS_ADD", "JS_SUB", "JS_MUL", "JS_DIV", "JS_MOD", "JS_POW", "JS_BIT_AND", "JS_BIT_OR", "JS_BIT_XOR", "JS_SHL"],
  ...["JS_SHR", "JS_USHR", "JS_LESS", "JS_LESS_EQUAL", "JS_GREATER", "JS_GREATER_EQUAL", "JS_EQUAL", "JS_NOT_EQUAL"],
  ...["JS_LOOSE_EQUAL", "JS_CONSTRUCTED"],
].map((op) => [op, 3] as const);
const MORE_OPERATIONS_OF_JS: readonly (readonly [string, number])[] = [
  ...["JS_NEG", "JS_BIT_NOT", "JS_NUMBER", "JS_STRING", "JS_TRUTH", "JS_NOT", "JS_NULLISH", "JS_TYPEOF"],
  "JS_ALLOCATE",
].map((op) => [op, 2] as const);
/** In programs with instructions of JavaScript the function of this number takes all arguments there are. */
const COLLECTING = 4;

const LITERALS = [
  ...["0", "1", "2", "-1", "7", "0.5", "-0", "NaN", "1e9", "2147483647", "-2147483648", "1e300", "Infinity"],
  ...[
    '""',
    '"a"',
    '"text"',
    ":a",
    ":ok",
    ":length",
    "true",
    "false",
    "()",
    "undefined",
    "1+2i",
    "(1, :a)",
    "[1, 2, 3]",
  ],
  ...["[]", "{a: 1}", "#t(5)", ':"__vm:self"', ':"__vm:pid"', ':"__vm:this"', ':"__vm:processes"'],
  ...[':"__function_ref:f1"', ':"__function_ref:f4"', ':"__stdlib:Sqrt"'],
];
/** Numbers come more often: most of what is compiled is guessed to work on them. */
const literal = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...LITERALS.slice(0, 13)) },
  { weight: 2, arbitrary: fc.constantFrom(...LITERALS) },
);

const KEYS = ["a", "b", "m", "length", "0", "__proto__"];
const METHODS = ["m", "__add__", "__lt__", "__eq__", "__getattr__", "__setattr__", "__sub__", "__le__"];
const PATTERNS = [
  ...["1", ":a", '"a"', "true", "()", "@r1", "_", "(@r2, @r3)", "(:a, @r1)", "(1, _)", "[@r1, 2, _]", "#t(@r4)"],
  ...[
    "^r0",
    "(^r1, @r1)",
    "(_, ^r2)",
    "(:DOWN, ^r3, @r4, @r5)",
    "[^r6]",
    "{a: @r5}",
    "((@r1, _), @r2)",
    "#t((@r1, @r2))",
    "(:EXIT, @r1, @r2)",
    "[]",
    "(1, :a)",
    "0.5",
  ],
];
const LIBRARY: readonly (readonly [string, number])[] = [
  ["Sqrt", 1],
  ["Floor", 1],
  ["Max", 2],
  ["StrLength", 1],
  ["StrConcat", 2],
  ["ToString", 1],
  ["TypeOf", 1],
  ["ArrayLength", 1],
  ["ArrayPush", 2],
  ["Print", 1],
  ["IsNumber", 1],
  ["TrapExit", 1],
  ["Exit", 2],
];

/** Calls of the library that need arguments of certain kinds, which stand in A and B, and the function in F. */
const [F, A, B] = [SCRATCH, SCRATCH + 1, SCRATCH + 2];
const SELF = `LOAD_CONST r${A}, :"__vm:self"`;
const SERVICES = {
  SpawnLink: (d, r, callee) => [`LOAD_CONST r${A}, :"__function_ref:f${callee}"`, `CALL r${d}, r${F}, [r${A}, r${r}]`],
  SpawnMonitor: (d, r, callee) => [
    `LOAD_CONST r${A}, :"__function_ref:f${callee}"`,
    `CALL r${A}, r${F}, [r${A}, r${r}]`,
    `MATCH r${A}, [((@r${d}, @r${r}), +1)]`,
  ],
  Monitor: (d, r) => [`CALL r${d}, r${F}, [r${r}]`],
  Demonitor: (d, r) => [`CALL r${d}, r${F}, [r${r}]`],
  Unlink: (d, r) => [`CALL r${d}, r${F}, [r${r}]`],
  MakeRef: (d, r) => [`CALL r${d}, r${F}, []`, SELF, `TUPLE_INIT r${B}, [r${d}, r${r}]`, `SEND r${A}, r${B}`],
  IsAlive: (d, r) => [`CALL r${d}, r${F}, [r${r}]`],
  ProcessInfo: (d) => [SELF, `CALL r${d}, r${F}, [r${A}]`],
  Register: (d) => [SELF, `LOAD_CONST r${B}, :a`, `CALL r${d}, r${F}, [r${B}, r${A}]`],
  Unregister: (d) => [`LOAD_CONST r${A}, :a`, `CALL r${d}, r${F}, [r${A}]`],
  WhereIs: (d) => [`LOAD_CONST r${A}, :a`, `CALL r${d}, r${F}, [r${A}]`],
  SendAfter: (d, r, _, milliseconds) => [
    SELF,
    `LOAD_CONST r${B}, ${milliseconds}`,
    `CALL r${d}, r${F}, [r${B}, r${A}, r${r}]`,
  ],
  CancelTimer: (d, r) => [`CALL r${d}, r${F}, [r${r}]`],
  Sleep: (d, _, __, milliseconds) => [`LOAD_CONST r${A}, ${milliseconds}`, `CALL r${d}, r${F}, [r${A}]`],
  MonotonicTime: (d) => [`CALL r${d}, r${F}, []`],
  Now: (d) => [`CALL r${d}, r${F}, []`],
} satisfies Record<string, (d: Register, r: Register, callee: number, milliseconds: number) => readonly string[]>;
const SERVICE_NAMES = Object.keys(SERVICES) as (keyof typeof SERVICES)[];
const SPAWNING: readonly string[] = ["SpawnLink", "SpawnMonitor"];

interface Room {
  readonly js: boolean;
  readonly depth: number;
  readonly inLoop: boolean;
  readonly inTry: boolean;
  /** Functions from this one on may be called. */
  readonly calls: number;
}

function statements(room: Room, most: number): fc.Arbitrary<readonly Statement[]> {
  return fc.array(statement(room), { maxLength: most });
}

function statement(room: Room): fc.Arbitrary<Statement> {
  const { depth, inLoop, inTry, calls, js } = room;
  const simple: fc.WeightedArbitrary<Statement>[] = [
    { weight: 8, arbitrary: operation(OPERATIONS) },
    { weight: 2, arbitrary: operation(MORE_OPERATIONS) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("constant" as const), d: register, literal }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom("get" as const, "set" as const),
        o: register,
        key: fc.constantFrom(...KEYS, "r"),
        v: register,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("collect" as const),
        op: fc.constantFrom("ARRAY_INIT" as const, "TUPLE_INIT" as const),
        d: register,
        items: registers,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("tag" as const),
        d: register,
        tag: fc.constantFrom("t", "u"),
        payload: register,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("method" as const),
        d: register,
        o: register,
        key: fc.constantFrom("m", "a", "missing"),
        args: registers,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("callValue" as const), d: register, f: register, args: registers }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("throw" as const), c: register, r: register }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("return" as const), c: register, r: register }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...LIBRARY).chain(([name, count]) =>
        fc.record({
          kind: fc.constant("library" as const),
          d: register,
          name: fc.constant(name),
          args: fc.array(register, { minLength: count, maxLength: count }),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("receive" as const),
        d: register,
        ok: register,
        milliseconds: fc.constantFrom(0, 1, 5),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("receiveOwn" as const), d: register, s: register }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("select" as const),
        op: fc.constantFrom("SELECT" as const, "SELECT_WITH_KILL" as const),
        d: register,
        among: registers,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("recurse" as const), d: register, depth: fc.nat(30) }) },
  ];
  if (js) simple.push(...ofJs(calls));
  const service = (
    names: readonly (keyof typeof SERVICES)[],
    callee: fc.Arbitrary<number>,
  ): fc.Arbitrary<Statement> => {
    return fc.record({
      kind: fc.constant("service" as const),
      name: fc.constantFrom(...names),
      d: register,
      r: register,
      callee,
      milliseconds: fc.constantFrom(0, 1, 3),
    });
  };
  simple.push({
    weight: 3,
    arbitrary: service(
      SERVICE_NAMES.filter((name) => !SPAWNING.includes(name)),
      fc.constant(0),
    ),
  });
  if (calls < ARITIES.length) {
    const callee = fc.integer({ min: calls, max: ARITIES.length - 1 });
    simple.push(
      { weight: 1, arbitrary: service(["SpawnLink", "SpawnMonitor"], callee) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("call" as const), d: register, callee, args: registers }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("closure" as const),
          d: register,
          callee,
          scope: fc.constantFrom("", "s"),
          captures: registers,
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant("spawn" as const), d: register, callee, args: registers }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("object" as const),
          d: register,
          members: fc.uniqueArray(fc.tuple(fc.constantFrom("a", "b", "__proto__"), register), {
            maxLength: 2,
            selector: ([key]) => key,
          }),
          method: fc.option(fc.constantFrom(...METHODS)) as fc.Arbitrary<string | null>,
          callee,
        }),
      },
    );
  }
  // A jump out of a TRY would leave it open.
  if (inLoop && !inTry)
    simple.push({
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("leave" as const),
        c: register,
        how: fc.constantFrom("break" as const, "continue" as const),
      }),
    });
  if (depth === 0) return fc.oneof(...simple);
  const inner = { ...room, depth: depth - 1 };
  const loop = { ...inner, inLoop: true, inTry: false };
  const count = fc.constantFrom(1, 2, 3, 5, 9, 30);
  return fc.oneof(
    { weight: 10, arbitrary: fc.oneof(...simple) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("loop" as const), count, body: statements(loop, 5) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("if" as const),
        c: register,
        yes: statements(inner, 4),
        no: statements(inner, 3),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("enterMiddle" as const),
        count,
        first: statements({ ...inner, inLoop: false }, 3),
        rest: statements({ ...inner, inLoop: false }, 3),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("try" as const),
        d: register,
        body: statements({ ...inner, inTry: true, inLoop: false }, 4),
        handler: statements(inner, 2),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("receiveMatch" as const),
        d: register,
        milliseconds: fc.constantFrom(0, 1, 5),
        own: register,
        clauses: fc.array(fc.record({ pattern: fc.constantFrom(...PATTERNS), body: statements(inner, 2) }), {
          maxLength: 3,
        }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("match" as const),
        s: register,
        clauses: fc.array(fc.record({ pattern: fc.constantFrom(...PATTERNS), body: statements(inner, 2) }), {
          maxLength: 4,
        }),
      }),
    },
  );
}

function ofJs(calls: number): fc.WeightedArbitrary<Statement>[] {
  const key = fc.constantFrom(...KEYS, "push", "r");
  const found: fc.WeightedArbitrary<Statement>[] = [
    { weight: 8, arbitrary: operation(OPERATIONS_OF_JS) },
    { weight: 4, arbitrary: operation(MORE_OPERATIONS_OF_JS) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom("jsGet" as const, "jsSet" as const),
        o: register,
        key,
        v: register,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("jsCall" as const),
        op: fc.constantFrom("JS_CALL_METHOD" as const, "CALL_THIS" as const, "CALL_SPREAD" as const),
        d: register,
        f: register,
        o: register,
        key: fc.constantFrom("m", "a", "push", "indexOf", "missing"),
        args: registers,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("global" as const),
        how: fc.constantFrom("LOAD" as const, "STORE" as const),
        r: register,
        name: fc.constantFrom("x", "y"),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("cell" as const),
        how: fc.constantFrom("make" as const, "LOAD" as const, "STORE" as const),
        cell: register,
        r: register,
      }),
    },
  ];
  if (calls < ARITIES.length) {
    const callee = fc.integer({ min: calls, max: ARITIES.length - 1 });
    found.push({
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("new" as const), d: register, callee, args: registers }),
    });
  }
  return found;
}

function operation(among: readonly (readonly [string, number])[]): fc.Arbitrary<Statement> {
  return fc.constantFrom(...among).chain(([op, count]) =>
    fc.record({
      kind: fc.constant("operation" as const),
      op: fc.constant(op),
      registers: fc.array(register, { minLength: count, maxLength: count }),
    }),
  );
}

/** What a program may spend. Those of JavaScript make texts of texts, and soon ones that take long to look at. */
export function reductionsOf({ js }: RandomProgram): number {
  return js ? 20_000 : 200_000;
}

function programs(js: boolean): fc.Arbitrary<RandomProgram> {
  const room = (calls: number, depth: number): Room => ({ js, depth, inLoop: false, inTry: false, calls });
  return fc.record({
    js: fc.constant(js),
    main: statements(room(0, 3), 10),
    functions: fc.tuple(...ARITIES.map((_, i) => statements(room(i + 1, i < 2 ? 2 : 1), 6))),
  });
}

/** Programs with instructions of JavaScript among the others. */
export function randomProgramOfJs(): fc.Arbitrary<RandomProgram> {
  return programs(true);
}

/** A program; main loops, so that what it calls becomes hot. */
export function randomProgram(): fc.Arbitrary<RandomProgram> {
  return fc.oneof({ weight: 3, arbitrary: programs(false) }, { weight: 1, arbitrary: programs(true) });
}

// ---- Printing -----------------------------------------------------------------------------------

class Printer {
  readonly lines: string[] = [];
  #labels = 0;

  constructor(readonly name: string) {}

  emit(line: string): void {
    this.lines.push(`  ${line}`);
  }

  label(): string {
    return `l${this.#labels++}`;
  }

  place(label: string): void {
    this.lines.push(`${label}:`);
  }

  all(
    list: readonly Statement[],
    loops: readonly { readonly end: string; readonly next: string }[],
    depth: number,
  ): void {
    for (const one of list) this.#one(one, loops, depth);
  }

  #one(one: Statement, loops: readonly { readonly end: string; readonly next: string }[], depth: number): void {
    const list = (names: readonly Register[]): string => `[${names.map((r) => `r${r}`).join(", ")}]`;
    switch (one.kind) {
      case "operation":
        this.emit(`${one.op} ${one.registers.map((r) => `r${r}`).join(", ")}`.trim());
        break;
      case "constant":
        this.emit(`LOAD_CONST r${one.d}, ${one.literal}`);
        break;
      case "if": {
        const [no, end] = [this.label(), this.label()];
        this.emit(`JUMP_IF_FALSE r${one.c}, ${no}`);
        this.all(one.yes, loops, depth);
        this.emit(`JUMP ${end}`);
        this.place(no);
        this.all(one.no, loops, depth);
        this.place(end);
        break;
      }
      case "loop": {
        const [head, next, end] = [this.label(), this.label(), this.label()];
        const counter = COUNTER + depth;
        this.emit(`LOAD_CONST r${counter}, ${one.count}`);
        this.place(head);
        this.all(one.body, [...loops, { end, next }], depth + 1);
        this.place(next);
        this.emit(`SUB r${counter}, r${counter}, r${ONE}`);
        this.emit(`JUMP_IF_TRUE r${counter}, ${head}`);
        this.place(end);
        break;
      }
      case "enterMiddle": {
        // A loop with two ways in.
        const [head, middle] = [this.label(), this.label()];
        const counter = COUNTER + depth;
        this.emit(`LOAD_CONST r${counter}, ${one.count}`);
        this.emit(`JUMP_IF_TRUE r0, ${middle}`);
        this.place(head);
        this.all(one.first, loops, depth + 1);
        this.place(middle);
        this.all(one.rest, loops, depth + 1);
        this.emit(`SUB r${counter}, r${counter}, r${ONE}`);
        this.emit(`JUMP_IF_TRUE r${counter}, ${head}`);
        break;
      }
      case "leave": {
        const { end, next } = loops[loops.length - 1];
        this.emit(`JUMP_IF_TRUE r${one.c}, ${one.how === "break" ? end : next}`);
        break;
      }
      case "call":
        this.emit(`LOAD_CONST r${SCRATCH}, :"__function_ref:f${one.callee}"`);
        this.emit(`CALL r${one.d}, r${SCRATCH}, ${list(one.args)}`);
        break;
      case "callValue":
        this.#onlyFunctions(one.f, () => this.emit(`CALL r${one.d}, r${one.f}, ${list(one.args)}`));
        break;
      case "recurse":
        this.emit(`LOAD_CONST r${SCRATCH}, :"__function_ref:down"`);
        this.emit(`LOAD_CONST r${SCRATCH + 1}, ${one.depth}`);
        this.emit(`CALL r${one.d}, r${SCRATCH}, [r${SCRATCH + 1}]`);
        break;
      case "closure":
        this.emit(`LOAD_CONST r${SCRATCH}, :"__function_ref:f${one.callee}"`);
        this.emit(
          `MAKE_CLOSURE r${one.d}, r${SCRATCH}, "${one.scope}", [${one.captures.map((r, i) => `c${i}:r${r}`).join(", ")}]`,
        );
        break;
      case "object": {
        const members = one.members.map(([key, r]) => `"${key}": r${r}`);
        if (one.method !== null) {
          this.emit(`LOAD_CONST r${SCRATCH}, :"__function_ref:f${one.callee}"`);
          members.push(`${one.method}: r${SCRATCH}`);
        }
        this.emit(`OBJECT_INIT r${one.d}, {${members.join(", ")}}`);
        break;
      }
      case "method":
        this.emit(`CALL_METHOD r${one.d}, r${one.o}, "${one.key}", ${list(one.args)}`);
        break;
      case "get":
      case "set": {
        const key = one.key === "r" ? "r3" : `r${SCRATCH}`;
        if (one.key !== "r") this.emit(`LOAD_CONST r${SCRATCH}, ${/^\d/.test(one.key) ? one.key : `:${one.key}`}`);
        this.emit(
          one.kind === "get" ? `GET_PROP r${one.v}, r${one.o}, ${key}` : `SET_PROP r${one.o}, ${key}, r${one.v}`,
        );
        break;
      }
      case "jsGet":
      case "jsSet": {
        const key = one.key === "r" ? "r3" : `r${SCRATCH}`;
        if (one.key !== "r") this.emit(`LOAD_CONST r${SCRATCH}, ${/^\d/.test(one.key) ? one.key : `:${one.key}`}`);
        this.emit(one.kind === "jsGet" ? `JS_GET r${one.v}, r${one.o}, ${key}` : `JS_SET r${one.o}, ${key}, r${one.v}`);
        break;
      }
      case "jsCall":
        this.#jsCall(one);
        break;
      case "new":
        this.emit(`LOAD_CONST r${SCRATCH}, :"__function_ref:f${one.callee}"`);
        this.emit(`MAKE_CLOSURE r${SCRATCH + 1}, r${SCRATCH}, "", []`);
        this.emit(`JS_ALLOCATE r${SCRATCH + 2}, r${SCRATCH + 1}`);
        this.emit(`CALL_THIS r${SCRATCH + 1}, r${SCRATCH}, r${SCRATCH + 2}, ${list(one.args)}`);
        this.emit(`JS_CONSTRUCTED r${one.d}, r${SCRATCH + 1}, r${SCRATCH + 2}`);
        break;
      case "global":
        this.emit(
          one.how === "LOAD" ? `LOAD_GLOBAL r${one.r}, "${one.name}"` : `STORE_GLOBAL "${one.name}", r${one.r}`,
        );
        break;
      case "cell":
        if (one.how === "make") this.emit(`OBJECT_INIT r${one.cell}, {v: r${one.r}}`);
        else if (one.how === "LOAD") this.emit(`LOAD_CELL r${one.r}, r${one.cell}, "name"`);
        else this.emit(`STORE_CELL r${one.cell}, r${one.r}`);
        break;
      case "collect":
        this.emit(`${one.op} r${one.d}, ${list(one.items)}`);
        break;
      case "tag":
        this.emit(`TAG_INIT r${one.d}, "${one.tag}", r${one.payload}`);
        break;
      case "match":
      case "receiveMatch": {
        const labels = one.clauses.map(() => this.label());
        const end = this.label();
        const clauses = `[${one.clauses.map(({ pattern }, i) => `(${pattern}, ${labels[i]})`).join(", ")}]`;
        if (one.kind === "match") {
          this.emit(`MATCH r${one.s}, ${clauses}`);
        } else {
          // Something of its own makes the mailbox longer now and then.
          this.emit(`LOAD_CONST r${SCRATCH}, :"__vm:self"`);
          this.emit(`SEND r${SCRATCH}, r${one.own}`);
          this.emit(`LOAD_CONST r${SCRATCH}, ${one.milliseconds}`);
          this.emit(`RECEIVE_MATCH r${one.d}, r${SCRATCH}, ${clauses}`);
        }
        this.emit(`JUMP ${end}`);
        one.clauses.forEach(({ body }, i) => {
          this.place(labels[i]);
          this.all(body, loops, depth);
          this.emit(`JUMP ${end}`);
        });
        this.place(end);
        break;
      }
      case "try": {
        const [handler, end] = [this.label(), this.label()];
        this.emit(`TRY r${one.d}, ${handler}`);
        this.all(one.body, [], depth);
        this.emit("END_TRY");
        this.emit(`JUMP ${end}`);
        this.place(handler);
        this.all(one.handler, loops, depth);
        this.place(end);
        break;
      }
      case "throw":
      case "return": {
        const end = this.label();
        this.emit(`JUMP_IF_FALSE r${one.c}, ${end}`);
        this.emit(`${one.kind === "throw" ? "THROW" : "RETURN"} r${one.r}`);
        this.place(end);
        break;
      }
      case "library":
        this.emit(`LOAD_CONST r${SCRATCH}, :"__stdlib:${one.name}"`);
        this.emit(`CALL r${one.d}, r${SCRATCH}, ${list(one.args)}`);
        break;
      case "service":
        this.emit(`LOAD_CONST r${F}, :"__stdlib:${one.name}"`);
        for (const line of SERVICES[one.name](one.d, one.r, one.callee, one.milliseconds)) this.emit(line);
        break;
      case "spawn":
        this.emit(`LOAD_CONST r${SCRATCH}, :"__function_ref:f${one.callee}"`);
        this.emit(`SPAWN r${one.d}, r${SCRATCH}, ${list(one.args)}`);
        break;
      case "receive":
        this.emit(`LOAD_CONST r${SCRATCH}, ${one.milliseconds}`);
        this.emit(`RECEIVE_WITH_TIMEOUT r${one.d}, r${SCRATCH}, r${one.ok}`);
        break;
      case "receiveOwn":
        this.emit(`LOAD_CONST r${SCRATCH}, :"__vm:self"`);
        this.emit(`SEND r${SCRATCH}, r${one.s}`);
        this.emit(`RECEIVE r${one.d}`);
        break;
      case "select":
        this.emit(`${one.op} r${one.d}, ${list(one.among)}`);
        break;
    }
  }

  #jsCall({ op, d, f, o, key, args }: Extract<Statement, { readonly kind: "jsCall" }>): void {
    const registers = `[${args.map((r) => `r${r}`).join(", ")}]`;
    if (op === "JS_CALL_METHOD") this.emit(`JS_CALL_METHOD r${d}, r${o}, "${key}", ${registers}`);
    else if (op === "CALL_THIS") this.#onlyFunctions(f, () => this.emit(`CALL_THIS r${d}, r${f}, r${o}, ${registers}`));
    else {
      this.#onlyFunctions(f, () => {
        this.emit(`ARRAY_INIT r${SCRATCH + 2}, ${registers}`);
        this.emit(`CALL_SPREAD r${d}, r${f}, r${o}, r${SCRATCH + 2}`);
      });
    }
  }

  /** A function that calls a value it was given could call itself for ever; most values are none. */
  #onlyFunctions(f: Register, call: () => void): void {
    const end = this.label();
    this.emit(`LOAD_CONST r${SCRATCH}, :"__function_ref:down"`);
    this.emit(`SAME r${SCRATCH + 1}, r${f}, r${SCRATCH}`);
    this.emit(`JUMP_IF_TRUE r${SCRATCH + 1}, ${end}`);
    call();
    this.place(end);
  }

  function(list: readonly Statement[], arity: number, collects: boolean): string {
    if (collects) this.emit(`COLLECT r${arity}`);
    this.emit(`LOAD_CONST r${ONE}, 1`);
    this.all(list, [], 0);
    this.emit(`TUPLE_INIT r0, [${Array.from({ length: VALUES }, (_, i) => `r${i}`).join(", ")}]`);
    this.emit("RETURN r0");
    return `.function ${this.name} arity=${arity} regs=${SCRATCH + 3 - arity}\n${this.lines.join("\n")}\n.end`;
  }
}

const DOWN = `.function down arity=1 regs=4
  JUMP_IF_FALSE r0, end
  LOAD_CONST r1, 1
  SUB r2, r0, r1
  LOAD_CONST r3, :"__function_ref:down"
  CALL r3, r3, [r2]
  ADD r0, r0, r3
end:
  RETURN r0
.end`;

export function assemblyOf({ js, main, functions }: RandomProgram): string {
  const all = functions.map((list, i) => new Printer(`f${i}`).function(list, ARITIES[i], js && i === COLLECTING));
  return [new Printer("main").function(main, 0, false), ...all, DOWN].join("\n");
}
