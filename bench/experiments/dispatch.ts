/*
 * Which shape of interpreter does V8 run fastest?
 *
 * The question: given a register bytecode, numbers that are boxed in ordinary arrays, a budget of reductions and a heap of frames,
 * how should instructions be stored (flat operands, decoded objects, closures), and where should registers live (inside the frame's
 * array, in an array beside a frame object, in one stack)? And what does each choice cost in loops, and in calls?
 *
 * Every design below interprets the same five programs with the same rules: each instruction charges its cost, a loop header is a
 * safe point with a profile counter, a turn ends after 2,000 reductions by really returning to the caller of `run`, arithmetic has a
 * number path behind two typeof tests and a helper for all else. The switch has 55 cases. The designs come out of one text
 * (`interpreterSource`), so that two of them differ in nothing but what is under test; only the closures are written separately.
 * Before anything is measured each interpreter has run all programs, and one (`mixed`) that takes every slow path and every padding
 * case: the type feedback is that of an interpreter that has seen everything.
 *
 *   npx esbuild bench/experiments/dispatch.ts --bundle --platform=node --format=esm --outfile=/tmp/dispatch.mjs
 *   node /tmp/dispatch.mjs [--rounds=7] [--extras] [--frames] [--only=A,C]
 *
 * `--extras` adds variants of A that answer smaller questions (see `extras`); `--frames` measures ways of making one frame.
 * Numbers are medians in nanoseconds per instruction; the pseudo-instruction LOOP and the halves of a fused pair count as the
 * program's own instructions do, that is LOOP as none and a pair as two.
 */

import { execFileSync } from "node:child_process";
import v8 from "node:v8";

v8.setFlagsFromString("--no-concurrent-osr");

// ---------------------------------------------------------------------------------------------------------------- instructions

const Op = {
  LOAD_CONST: 0,
  MOVE: 1,
  ADD: 2,
  SUB: 3,
  MUL: 4,
  MOD: 5,
  LESS_THAN: 6,
  JUMP: 7,
  JUMP_IF_FALSE: 8,
  CALL: 9,
  RETURN: 10,
  LOOP: 11,
  LESS_THAN_JUMP: 12,
} as const;
const FIRST_PADDING = 13;
const LAST_PADDING = 54;

/** One instruction as a program is written: operands by kind, labels as text. */
type Instruction = readonly [op: number, ...operands: (number | string | readonly number[])[]];
type Line = Instruction | string;
type Constant = number | string | boolean | { readonly ref: string };
interface FunctionText {
  readonly name: string;
  readonly registers: number;
  readonly constants: readonly Constant[];
  readonly lines: readonly Line[];
}
interface Program {
  readonly name: string;
  readonly functions: readonly FunctionText[];
  readonly expected: unknown;
}

// --------------------------------------------------------------------------------------------------------- what a machine holds

/** The one value that stands for "missing"; JavaScript's own undefined never reaches a register. */
class UndefinedValue {
  readonly kind = "undefined";
}
const UNDEFINED = new UndefinedValue();

// The slots of a frame that is one array.
const CODE = 0;
const PC = 1;
const CALLER = 2;
const THIS = 3;
const AWAIT = 5;
const HEADER = 6;

type Frame = unknown[];
type Step = (frame: Frame) => number;

interface Decoded {
  readonly op: number;
  a: number;
  readonly b: number;
  readonly c: number;
  readonly e: number;
  readonly value: unknown;
  readonly list: readonly number[];
}

class Code {
  readonly name: string;
  readonly registers: number;
  readonly constants: unknown[] = [];
  ops = new Int32Array(0);
  decoded: Decoded[] = [];
  steps: Step[] = [];
  template: unknown[] = [];
  pool: FrameObject[] = [];
  calls = 0;
  constructor(name: string, registers: number) {
    this.name = name;
    this.registers = registers;
  }
}

class FunctionValue {
  readonly tag = 7;
  readonly code: Code;
  readonly self: unknown;
  constructor(code: Code, self: unknown) {
    this.code = code;
    this.self = self;
  }
}

/** The frame of design B: its header in fields, its registers in an array of their own. */
class FrameObject {
  code: Code;
  pc = 0;
  caller: FrameObject | null;
  self: unknown;
  scopes: unknown = null;
  wait = 0;
  registers: unknown[];
  constructor(code: Code, caller: FrameObject | null, self: unknown, registers: unknown[]) {
    this.code = code;
    this.caller = caller;
    this.self = self;
    this.registers = registers;
  }
}

class Machine {
  frame: unknown = null;
  stack: unknown[] = [];
  base = 0;
  left = 0;
  budget = 2000;
  turns = 0;
  result: unknown = UNDEFINED;
  instructions = 0;
}

type Run = (machine: Machine) => boolean;

// ------------------------------------------------------------------------------------------------------------------ slow paths

const slowAdd = (a: unknown, b: unknown): unknown =>
  typeof a === "string" && typeof b === "string" ? (a + b).slice(-8) : UNDEFINED;
const slowArithmetic = (a: unknown, b: unknown): unknown =>
  typeof a === "string" && typeof b === "number" ? a : UNDEFINED;
const slowLess = (a: unknown, b: unknown): boolean => typeof a === "string" && typeof b === "string" && a < b;
const truth = (a: unknown): boolean =>
  typeof a === "number" ? a !== 0 : typeof a === "string" ? a !== "" : a !== UNDEFINED;
const paddingWork = (op: number, a: unknown, b: unknown): unknown => (op % 3 === 0 ? a : op % 3 === 1 ? b : UNDEFINED);
const grow = (stack: unknown[], size: number): void => {
  while (stack.length < size) stack.push(UNDEFINED);
};

// ------------------------------------------------------------------------------------------------------- one text, many designs

type Store = "frame" | "object" | "pooled" | "stack";
interface Design {
  readonly name: string;
  readonly what: string;
  readonly store: Store;
  /** Flat operands in an Int32Array, objects, or closures. */
  readonly form: "flat" | "decoded" | "closures";
  readonly make?: "slice" | "literal" | "push" | "tight";
  readonly fused?: boolean;
  /** The extras: what else is different. */
  readonly budget?: number;
  readonly tryInside?: boolean;
  readonly leftInField?: boolean;
  readonly bigCases?: number;
  readonly counted?: boolean;
  readonly integers?: boolean;
  readonly sharedNext?: boolean;
  readonly tagTest?: boolean;
  readonly holes?: boolean;
  readonly unpolluted?: boolean;
  readonly integerMod?: boolean;
}

function interpreterSource(d: Design): string {
  const flat = d.form === "flat";
  const left = d.leftInField ? "machine.left" : "left";
  const operand = (n: number): string => (flat ? `ops[pc + ${n}]` : `i.${"_abce"[n]}`);
  const at = (where: string): string =>
    d.store === "frame" ? `frame[${where}]` : d.store === "stack" ? `stack[base + ${where}]` : `registers[${where}]`;
  const reg = (n: number): string => at(operand(n));
  const constant = flat ? "constants[ops[pc + 2]]" : "i.value";
  const next = (width: number | string): string => `pc += ${flat ? width : 1}; ${d.sharedNext ? "break" : "continue"};`;
  const charge = (cost: number): string => `${left} -= ${cost};${d.counted ? " machine.instructions += 1;" : ""}`;
  const argument = (k: string): string => (flat ? `ops[pc + 4 + ${k}]` : `i.list[${k}]`);
  const count = flat ? "ops[pc + 3]" : "i.list.length";

  const loadCode = flat ? "ops = code.ops; constants = code.constants;" : "ops = code.decoded;";
  const enter = {
    frame: `frame = machine.frame; code = frame[${CODE}]; pc = frame[${PC}];`,
    object: "frame = machine.frame; registers = frame.registers; code = frame.code; pc = frame.pc;",
    pooled: "frame = machine.frame; registers = frame.registers; code = frame.code; pc = frame.pc;",
    stack: `stack = machine.stack; base = machine.base; code = stack[base + ${CODE}]; pc = stack[base + ${PC}];`,
  }[d.store];
  const savePc = (pc: string): string =>
    d.store === "frame"
      ? `frame[${PC}] = ${pc};`
      : d.store === "stack"
        ? `stack[base + ${PC}] = ${pc};`
        : `frame.pc = ${pc};`;
  const saveFrame = d.store === "stack" ? "machine.base = base;" : "machine.frame = frame;";
  const safePoint = `if (${left} <= 0) { ${savePc("pc")} ${saveFrame} return false; }`;

  const makeFrame = {
    slice: "callee.template.slice()",
    tight: "callee.template.slice()",
    push: "makeByPush(callee)",
    literal: `[callee, 0, frame, f.self, null, 0, ${Array(16).fill("UNDEFINED").join(", ")}]`,
  }[d.make ?? "slice"];
  const copy = (target: string): string =>
    `const given = ${count}; const n = given < callee.registers ? given : callee.registers;
     for (let k = 0; k < n; k++) ${target} = ${at(argument("k"))};`;
  const after = flat ? "pc + 4 + given" : "pc + 1";
  const call = {
    frame: `const made = ${makeFrame};
      ${d.make === "literal" ? `for (let k = 16; k < callee.registers; k++) made.push(UNDEFINED);` : ""}
      ${copy(`made[${HEADER} + k]`)}
      made[${CALLER}] = frame; made[${THIS}] = f.self;
      ${savePc(after)} frame[${AWAIT}] = ${operand(1)}; frame = made;`,
    object: `const made = callee.template.slice();
      ${copy("made[k]")}
      ${savePc(after)} frame.wait = ${operand(1)};
      frame = new FrameObject(callee, frame, f.self, made); registers = made;`,
    pooled: `let pooled = callee.pool.pop();
      let made;
      if (pooled === undefined) { made = callee.template.slice(); pooled = new FrameObject(callee, frame, f.self, made); }
      else { made = pooled.registers; pooled.caller = frame; pooled.self = f.self; }
      ${copy("made[k]")}
      for (let k = n; k < made.length; k++) made[k] = UNDEFINED;
      ${savePc(after)} frame.wait = ${operand(1)}; frame = pooled; registers = made;`,
    stack: `const top = base + ${HEADER} + code.registers; const end = top + ${HEADER} + callee.registers;
      if (end > stack.length) grow(stack, end + 256);
      ${copy(`stack[top + ${HEADER} + k]`)}
      for (let k = top + ${HEADER} + n; k < end; k++) stack[k] = UNDEFINED;
      ${savePc(after)} stack[base + ${AWAIT}] = ${operand(1)};
      stack[top + ${CODE}] = callee; stack[top + ${CALLER}] = base; stack[top + ${THIS}] = f.self; stack[top + 4] = null;
      base = top;`,
  }[d.store];
  const back = {
    frame: `const caller = frame[${CALLER}]; if (caller === null) { machine.result = v; return true; }
      frame = caller; code = frame[${CODE}]; pc = frame[${PC}]; const slot = frame[${AWAIT}];`,
    object: `const caller = frame.caller; if (caller === null) { machine.result = v; return true; }
      frame = caller; registers = frame.registers; code = frame.code; pc = frame.pc; const slot = frame.wait;`,
    pooled: `const caller = frame.caller; if (caller === null) { machine.result = v; return true; }
      code.pool.push(frame);
      frame = caller; registers = frame.registers; code = frame.code; pc = frame.pc; const slot = frame.wait;`,
    stack: `const caller = stack[base + ${CALLER}]; if (caller < 0) { machine.result = v; return true; }
      base = caller; code = stack[base + ${CODE}]; pc = stack[base + ${PC}]; const slot = stack[base + ${AWAIT}];`,
  }[d.store];

  const arithmetic = (op: number, sign: string, slow: string): string => `case ${op}: {
      const a = ${reg(2)}, b = ${reg(3)};
      if (typeof a === "number" && typeof b === "number") {
        ${
          d.integers && sign !== "*"
            ? `const x = a | 0, y = b | 0;
        if (x === a && y === b) { const z = (x ${sign} y) | 0; if (z === x ${sign} y) { ${reg(1)} = z; ${charge(1)} ${next(4)} } }`
            : ""
        }
        ${reg(1)} = a ${sign} b;
      } else ${reg(1)} = ${slow}(a, b);
      ${charge(1)} ${next(4)}
    }`;
  const padding = (op: number): string => {
    const bits = ["&", "|", "^", "<<", ">>", ">>>"];
    const compare = ["<=", ">", ">=", "==="];
    const head = `case ${op}: { const a = ${reg(2)}, b = ${reg(3)};`;
    const fast = op < 19 ? bits[op - 13] : op < 23 ? compare[op - 19] : undefined;
    const body =
      fast === undefined
        ? `${reg(1)} = paddingWork(${op}, a, b);`
        : `${reg(1)} = typeof a === "number" && typeof b === "number" ? a ${fast} b : paddingWork(${op}, a, b);`;
    return `${head} ${body.repeat(1 + (d.bigCases ?? 0))} ${charge(1)} ${next(4)} }`;
  };

  const loop = `for (;;) {
    ${flat ? "" : "const i = ops[pc];"}
    switch (${flat ? "ops[pc]" : "i.op"}) {
    case ${Op.LOAD_CONST}: ${reg(1)} = ${constant}; ${charge(1)} ${next(3)}
    case ${Op.MOVE}: ${reg(1)} = ${reg(2)}; ${charge(1)} ${next(3)}
    ${arithmetic(Op.ADD, "+", "slowAdd")}
    ${arithmetic(Op.SUB, "-", "slowArithmetic")}
    ${arithmetic(Op.MUL, "*", "slowArithmetic")}
    case ${Op.MOD}: {
      const a = ${reg(2)}, b = ${reg(3)};
      if (typeof a === "number" && typeof b === "number" && b !== 0) {
        ${d.integerMod ? `const x = a | 0, y = b | 0; if (x === a && y === b && x >= 0 && y > 0) ${reg(1)} = x % y; else` : ""} ${reg(1)} = a % b;
      }
      else ${reg(1)} = slowArithmetic(a, b);
      ${charge(1)} ${next(4)}
    }
    case ${Op.LESS_THAN}: {
      const a = ${reg(2)}, b = ${reg(3)};
      ${reg(1)} = typeof a === "number" && typeof b === "number" ? a < b : slowLess(a, b);
      ${charge(1)} ${next(4)}
    }
    case ${Op.JUMP}: ${charge(1)} pc = ${operand(1)}; ${d.sharedNext ? "break" : "continue"};
    case ${Op.JUMP_IF_FALSE}: {
      const a = ${reg(1)}; ${charge(1)}
      if (a === false || (a !== true && !truth(a))) { pc = ${operand(2)}; ${d.sharedNext ? "break" : "continue"}; }
      ${next(3)}
    }
    case ${Op.LESS_THAN_JUMP}: {
      const a = ${reg(2)}, b = ${reg(3)};
      const c = typeof a === "number" && typeof b === "number" ? a < b : slowLess(a, b);
      ${reg(1)} = c; ${charge(2)}
      if (!c) { pc = ${operand(4)}; ${d.sharedNext ? "break" : "continue"}; }
      ${next(5)}
    }
    case ${Op.CALL}: {
      ${safePoint}
      const f = ${reg(2)};
      if (!(${d.tagTest ? 'typeof f === "object" && f.tag === 7' : "f instanceof FunctionValue"})) throw new Error("badfun");
      ${charge(2)}
      const callee = f.code; callee.calls += 1;
      ${call}
      code = callee; pc = 0; ${loadCode} ${d.sharedNext ? "break" : "continue"};
    }
    case ${Op.RETURN}: {
      const v = ${reg(1)}; ${charge(1)}
      ${back}
      ${loadCode}
      if (slot >= 0) ${at("slot")} = v;
      ${d.sharedNext ? "break" : "continue"};
    }
    case ${Op.LOOP}: ${safePoint} ${operand(1)} += 1; ${next(2)}
    ${Array.from({ length: LAST_PADDING - FIRST_PADDING + 1 }, (_, k) => padding(FIRST_PADDING + k)).join("\n")}
    default: throw new Error("bad instruction");
    }
  }`;
  return `return function run_${d.name.replace(/\W/g, "_")}(machine) {
    let ${{ frame: "frame", object: "frame, registers", pooled: "frame, registers", stack: "stack, base" }[d.store]}, code, pc, ops${flat ? ", constants" : ""};
    ${d.leftInField ? "machine.left = machine.budget;" : "let left = machine.budget;"}
    ${enter} ${loadCode}
    ${d.tryInside ? `for (;;) { try { ${loop} } catch (error) { machine.result = error; if (machine.turns >= 0) throw error; ${enter} ${loadCode} } }` : loop}
  }`;
}

const makeByPush = (code: Code): Frame => {
  const frame: Frame = [code, 0, null, UNDEFINED, null, 0];
  for (let k = 0; k < code.registers; k++) frame.push(UNDEFINED);
  return frame;
};

// -------------------------------------------------------------------------------------------------------------------- closures

/** Design E: what is left of the budget has to be a field; a negative answer says that the frame changed or the turn is over. */
const CHANGED = -1;
const SUSPENDED = -2;
const FINISHED = -3;

function closure(m: Machine, i: Decoded, pc: number): Step {
  const { a, b, c, value, list } = i;
  const next = pc + 1;
  const op = i.op;
  const binary =
    (fast: (x: number, y: number) => unknown, slow: (x: unknown, y: unknown) => unknown): Step =>
    (f) => {
      const x = f[b];
      const y = f[c];
      f[a] = typeof x === "number" && typeof y === "number" ? fast(x, y) : slow(x, y);
      m.left -= 1;
      return next;
    };
  switch (op) {
    case Op.LOAD_CONST:
      return (f) => {
        f[a] = value;
        m.left -= 1;
        return next;
      };
    case Op.MOVE:
      return (f) => {
        f[a] = f[b];
        m.left -= 1;
        return next;
      };
    case Op.ADD:
      return (f) => {
        const x = f[b];
        const y = f[c];
        f[a] = typeof x === "number" && typeof y === "number" ? x + y : slowAdd(x, y);
        m.left -= 1;
        return next;
      };
    case Op.SUB:
      return (f) => {
        const x = f[b];
        const y = f[c];
        f[a] = typeof x === "number" && typeof y === "number" ? x - y : slowArithmetic(x, y);
        m.left -= 1;
        return next;
      };
    case Op.MUL:
      return (f) => {
        const x = f[b];
        const y = f[c];
        f[a] = typeof x === "number" && typeof y === "number" ? x * y : slowArithmetic(x, y);
        m.left -= 1;
        return next;
      };
    case Op.MOD:
      return (f) => {
        const x = f[b];
        const y = f[c];
        f[a] = typeof x === "number" && typeof y === "number" && y !== 0 ? x % y : slowArithmetic(x, y);
        m.left -= 1;
        return next;
      };
    case Op.LESS_THAN:
      return (f) => {
        const x = f[b];
        const y = f[c];
        f[a] = typeof x === "number" && typeof y === "number" ? x < y : slowLess(x, y);
        m.left -= 1;
        return next;
      };
    case Op.JUMP:
      return () => {
        m.left -= 1;
        return a;
      };
    case Op.JUMP_IF_FALSE:
      return (f) => {
        const x = f[a];
        m.left -= 1;
        return x === false || (x !== true && !truth(x)) ? b : next;
      };
    case Op.LOOP:
      return (f) => {
        if (m.left <= 0) {
          f[PC] = pc;
          m.frame = f;
          return SUSPENDED;
        }
        i.a += 1;
        return next;
      };
    case Op.CALL:
      return (frame) => {
        if (m.left <= 0) {
          frame[PC] = pc;
          m.frame = frame;
          return SUSPENDED;
        }
        const f = frame[b];
        if (!(f instanceof FunctionValue)) throw new Error("badfun");
        m.left -= 2;
        const callee = f.code;
        callee.calls += 1;
        const made = callee.template.slice();
        const n = list.length < callee.registers ? list.length : callee.registers;
        for (let k = 0; k < n; k++) made[HEADER + k] = frame[list[k] as number];
        made[CALLER] = frame;
        made[THIS] = f.self;
        frame[PC] = next;
        frame[AWAIT] = a;
        m.frame = made;
        return CHANGED;
      };
    case Op.RETURN:
      return (frame) => {
        const v = frame[a];
        m.left -= 1;
        const caller = frame[CALLER] as Frame | null;
        if (caller === null) {
          m.result = v;
          return FINISHED;
        }
        const slot = caller[AWAIT] as number;
        if (slot >= 0) caller[slot] = v;
        m.frame = caller;
        return CHANGED;
      };
    default:
      return binary(
        (x, y) => paddingWork(op, x, y),
        (x, y) => paddingWork(op, x, y),
      );
  }
}

function runClosures(machine: Machine): boolean {
  machine.left = machine.budget;
  let frame = machine.frame as Frame;
  let steps = (frame[CODE] as Code).steps;
  let pc = frame[PC] as number;
  for (;;) {
    pc = (steps[pc] as Step)(frame);
    if (pc < 0) {
      if (pc === SUSPENDED) return false;
      if (pc === FINISHED) return true;
      frame = machine.frame as Frame;
      steps = (frame[CODE] as Code).steps;
      pc = frame[PC] as number;
    }
  }
}

// ------------------------------------------------------------------------------------------------------------------- programs

const label = (name: string): string => name;
const L = Op.LOAD_CONST;

const INTEGER_LOOP = 10_000_000;
const DOUBLE_LOOP = 5_000_000;
const OUTER = 1999;
const INNER = 2000;
const WIDTH = 160;
const DEPTH = 100;
const FIB = 27;
const WRAP = 1_000_000_007;

// The same work as plain JavaScript: the expected results, and the yardstick.
function plainFib(n: number): number {
  return n < 2 ? n : plainFib(n - 1) + plainFib(n - 2);
}
function plainIntegers(): number {
  let sum = 0;
  for (let i = 0; i < INTEGER_LOOP; i++) sum = (sum + i) % WRAP;
  return sum;
}
function plainDoubles(): number {
  let sum = 0;
  for (let i = 0; i < DOUBLE_LOOP; i++) sum = sum + i * 0.1;
  return sum;
}
function plainNested(): number {
  let sum = 0;
  for (let i = 0; i < OUTER; i++) for (let j = 0; j < INNER; j++) sum = sum + (j - i);
  return sum;
}
let mandelbrotIterations = 0;
function plainMandelbrot(): number {
  let count = 0;
  for (let y = 0; y < WIDTH; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const cr = x * 0.015 - 1.7;
      const ci = y * 0.015 - 1.2;
      let zr = 0;
      let zi = 0;
      for (let k = 0; k < DEPTH; k++) {
        const rr = zr * zr;
        const ii = zi * zi;
        if (!(rr + ii < 4)) break;
        zi = zr * zi * 2 + ci;
        zr = rr - ii + cr;
        count = count + 1;
      }
    }
  }
  mandelbrotIterations = count;
  return count;
}

function programs(): Program[] {
  const fib: FunctionText = {
    name: "fib",
    registers: 9,
    constants: [2, 1, { ref: "fib" }],
    lines: [
      [L, 1, 0],
      [Op.LESS_THAN, 2, 0, 1],
      [Op.JUMP_IF_FALSE, 2, "more"],
      [Op.RETURN, 0],
      label("more"),
      [L, 3, 2],
      [L, 4, 1],
      [Op.SUB, 5, 0, 4],
      [Op.CALL, 6, 3, [5]],
      [Op.SUB, 5, 0, 1],
      [Op.CALL, 7, 3, [5]],
      [Op.ADD, 8, 6, 7],
      [Op.RETURN, 8],
    ],
  };
  const startFib: FunctionText = {
    name: "main",
    registers: 3,
    constants: [FIB, { ref: "fib" }],
    lines: [
      [L, 0, 0],
      [L, 1, 1],
      [Op.CALL, 2, 1, [0]],
      [Op.RETURN, 2],
    ],
  };
  const integers: FunctionText = {
    name: "main",
    registers: 6,
    constants: [0, INTEGER_LOOP, 1, WRAP],
    lines: [
      [L, 0, 0],
      [L, 1, 1],
      [L, 3, 0],
      [L, 4, 2],
      [L, 5, 3],
      label("loop"),
      [Op.LOOP],
      [Op.LESS_THAN, 2, 0, 1],
      [Op.JUMP_IF_FALSE, 2, "end"],
      [Op.ADD, 3, 3, 0],
      [Op.MOD, 3, 3, 5],
      [Op.ADD, 0, 0, 4],
      [Op.JUMP, "loop"],
      label("end"),
      [Op.RETURN, 3],
    ],
  };
  const doubles: FunctionText = {
    name: "main",
    registers: 7,
    constants: [0, DOUBLE_LOOP, 1, 0.1],
    lines: [
      [L, 0, 0],
      [L, 1, 1],
      [L, 3, 0],
      [L, 4, 2],
      [L, 5, 3],
      label("loop"),
      [Op.LOOP],
      [Op.LESS_THAN, 2, 0, 1],
      [Op.JUMP_IF_FALSE, 2, "end"],
      [Op.MUL, 6, 0, 5],
      [Op.ADD, 3, 3, 6],
      [Op.ADD, 0, 0, 4],
      [Op.JUMP, "loop"],
      label("end"),
      [Op.RETURN, 3],
    ],
  };
  const nested: FunctionText = {
    name: "main",
    registers: 9,
    constants: [0, OUTER, INNER, 1],
    lines: [
      [L, 0, 0],
      [L, 1, 1],
      [L, 2, 2],
      [L, 3, 3],
      [L, 4, 0],
      label("outer"),
      [Op.LOOP],
      [Op.LESS_THAN, 5, 0, 1],
      [Op.JUMP_IF_FALSE, 5, "end"],
      [L, 6, 0],
      label("inner"),
      [Op.LOOP],
      [Op.LESS_THAN, 5, 6, 2],
      [Op.JUMP_IF_FALSE, 5, "next"],
      [Op.SUB, 7, 6, 0],
      [Op.ADD, 8, 4, 7],
      [Op.MOVE, 4, 8],
      [Op.ADD, 6, 6, 3],
      [Op.JUMP, "inner"],
      label("next"),
      [Op.ADD, 0, 0, 3],
      [Op.JUMP, "outer"],
      label("end"),
      [Op.RETURN, 4],
    ],
  };
  // r0 y, r1 x, r2 k, r3 cr, r4 ci, r5 zr, r6 zi, r7 rr, r8 ii, r9 t, r10 count, r11 1, r12 2, r13 4, r14 width, r15 depth,
  // r16 0.015, r17 1.7, r18 1.2, r19 0
  const mandelbrot: FunctionText = {
    name: "main",
    registers: 20,
    constants: [0, 1, 2, 4, WIDTH, DEPTH, 0.015, 1.7, 1.2],
    lines: [
      [L, 19, 0],
      [L, 11, 1],
      [L, 12, 2],
      [L, 13, 3],
      [L, 14, 4],
      [L, 15, 5],
      [L, 16, 6],
      [L, 17, 7],
      [L, 18, 8],
      [Op.MOVE, 10, 19],
      [Op.MOVE, 0, 19],
      label("rows"),
      [Op.LOOP],
      [Op.LESS_THAN, 9, 0, 14],
      [Op.JUMP_IF_FALSE, 9, "end"],
      [Op.MOVE, 1, 19],
      label("columns"),
      [Op.LOOP],
      [Op.LESS_THAN, 9, 1, 14],
      [Op.JUMP_IF_FALSE, 9, "row"],
      [Op.MUL, 3, 1, 16],
      [Op.SUB, 3, 3, 17],
      [Op.MUL, 4, 0, 16],
      [Op.SUB, 4, 4, 18],
      [Op.MOVE, 5, 19],
      [Op.MOVE, 6, 19],
      [Op.MOVE, 2, 19],
      label("points"),
      [Op.LOOP],
      [Op.LESS_THAN, 9, 2, 15],
      [Op.JUMP_IF_FALSE, 9, "column"],
      [Op.MUL, 7, 5, 5],
      [Op.MUL, 8, 6, 6],
      [Op.ADD, 9, 7, 8],
      [Op.LESS_THAN, 9, 9, 13],
      [Op.JUMP_IF_FALSE, 9, "column"],
      [Op.MUL, 6, 5, 6],
      [Op.MUL, 6, 6, 12],
      [Op.ADD, 6, 6, 4],
      [Op.SUB, 5, 7, 8],
      [Op.ADD, 5, 5, 3],
      [Op.ADD, 10, 10, 11],
      [Op.ADD, 2, 2, 11],
      [Op.JUMP, "points"],
      label("column"),
      [Op.ADD, 1, 1, 11],
      [Op.JUMP, "columns"],
      label("row"),
      [Op.ADD, 0, 0, 11],
      [Op.JUMP, "rows"],
      label("end"),
      [Op.RETURN, 10],
    ],
  };
  // Never measured: takes every slow path and every padding case, with all kinds of values and numbers of arguments.
  const every: Line[] = [];
  for (let op = FIRST_PADDING; op <= LAST_PADDING; op++) {
    every.push([op, 9, 3, 4], [op, 9, 0, 1], [op, 9, 7, 0]);
  }
  const mixed: FunctionText = {
    name: "main",
    registers: 12,
    constants: [0, 2000, 1, "text", "", 0.5, { ref: "last" }, true],
    lines: [
      [L, 0, 0],
      [L, 1, 1],
      [L, 2, 2],
      [L, 3, 3],
      [L, 4, 4],
      [L, 5, 5],
      [L, 6, 6],
      [L, 8, 3],
      label("loop"),
      [Op.LOOP],
      [Op.LESS_THAN, 9, 3, 4],
      [Op.LESS_THAN, 9, 7, 0],
      [Op.LESS_THAN, 9, 5, 0],
      [Op.ADD, 8, 8, 3],
      [Op.ADD, 9, 7, 8],
      [Op.ADD, 9, 5, 0],
      [Op.SUB, 9, 3, 0],
      [Op.SUB, 9, 5, 2],
      [Op.MUL, 9, 3, 0],
      [Op.MUL, 9, 5, 7],
      [Op.MOD, 9, 3, 0],
      [Op.MOD, 9, 5, 2],
      [Op.MOD, 9, 5, 0],
      [Op.MOVE, 10, 7],
      [Op.MOVE, 10, 3],
      [Op.CALL, 10, 6, []],
      [Op.CALL, 10, 6, [3, 5]],
      [Op.CALL, 10, 6, [0, 7, 3, 4]],
      [Op.JUMP_IF_FALSE, 10, "a"],
      label("a"),
      [Op.JUMP_IF_FALSE, 3, "b"],
      label("b"),
      [Op.JUMP_IF_FALSE, 4, "c"],
      label("c"),
      [Op.JUMP_IF_FALSE, 7, "d"],
      label("d"),
      ...every,
      [Op.LESS_THAN, 9, 3, 4],
      [Op.JUMP_IF_FALSE, 9, "e"],
      label("e"),
      [Op.ADD, 0, 0, 2],
      [Op.LESS_THAN, 9, 0, 1],
      [Op.JUMP_IF_FALSE, 9, "end"],
      [Op.JUMP, "loop"],
      label("end"),
      [Op.RETURN, 0],
    ],
  };
  const last: FunctionText = { name: "last", registers: 18, constants: [], lines: [[Op.RETURN, 1]] };
  return [
    { name: "fib", functions: [startFib, fib], expected: plainFib(FIB) },
    { name: "integer loop", functions: [integers], expected: plainIntegers() },
    { name: "double loop", functions: [doubles], expected: plainDoubles() },
    { name: "nested loops", functions: [nested], expected: plainNested() },
    { name: "mandelbrot", functions: [mandelbrot], expected: plainMandelbrot() },
    { name: "mixed", functions: [mixed, last], expected: 2000 },
  ];
}

// ------------------------------------------------------------------------------------------------------------------- assembling

function fuse(lines: readonly Line[]): Line[] {
  const out: Line[] = [];
  for (const line of lines) {
    const before = out[out.length - 1];
    const pair =
      typeof line !== "string" &&
      line[0] === Op.JUMP_IF_FALSE &&
      before !== undefined &&
      typeof before !== "string" &&
      before[0] === Op.LESS_THAN &&
      before[1] === line[1];
    if (pair) out[out.length - 1] = [Op.LESS_THAN_JUMP, ...before.slice(1), line[2] as string] as Instruction;
    else out.push(line);
  }
  return out;
}

/** Which operand is a label (as an index into the instruction), or 0. */
const labelAt = (op: number): number =>
  op === Op.JUMP ? 1 : op === Op.JUMP_IF_FALSE ? 2 : op === Op.LESS_THAN_JUMP ? 4 : 0;

function assemble(program: Program, d: Design, machine: Machine): Code {
  const codes = new Map<string, Code>();
  for (const text of program.functions) {
    codes.set(text.name, new Code(text.name, d.make === "tight" ? text.registers : Math.max(16, text.registers)));
  }
  const offset = d.store === "frame" || d.store === "stack" ? HEADER : 0;
  for (const text of program.functions) {
    const code = codes.get(text.name) as Code;
    for (const c of text.constants) {
      code.constants.push(typeof c === "object" ? new FunctionValue(codes.get(c.ref) as Code, UNDEFINED) : c);
    }
    const registers = Array.from({ length: code.registers }, () => UNDEFINED as unknown);
    // Built by pushing, so that the array has no holes: a copy inherits its kind of elements.
    code.template = d.holes ? new Array(1) : [];
    if (d.holes) code.template.length = 0;
    if (d.store === "frame") code.template.push(code, 0, null, UNDEFINED, null, 0);
    for (const r of registers) code.template.push(r);

    const lines = d.fused ? fuse(text.lines) : text.lines;
    const labels = new Map<string, number>();
    const width = (line: Instruction): number => {
      if (d.form !== "flat") return 1;
      if (line[0] === Op.CALL) return 4 + (line[3] as number[]).length;
      return line[0] === Op.LOOP ? 2 : line.length;
    };
    let size = 0;
    for (const line of lines) {
      if (typeof line === "string") labels.set(line, size);
      else size += width(line);
    }
    const flat: number[] = [];
    for (const line of lines) {
      if (typeof line === "string") continue;
      const op = line[0];
      const list = op === Op.CALL ? (line[3] as number[]).map((r) => r + offset) : [];
      const operands = line.slice(1, op === Op.CALL ? 3 : undefined).map((x, k) => {
        if (k + 1 === labelAt(op)) return labels.get(x as string) as number;
        return op === L && k === 1 ? (x as number) : (x as number) + offset;
      });
      if (op === Op.LOOP) operands.push(0);
      flat.push(op, ...operands);
      if (op === Op.CALL) flat.push(list.length, ...list);
      const [a = 0, b = 0, c = 0, e = 0] = operands;
      code.decoded.push({ op, a, b, c, e, value: op === L ? code.constants[b] : null, list });
    }
    code.ops = Int32Array.from(flat);
    code.steps = d.form === "closures" ? code.decoded.map((i, pc) => closure(machine, i, pc)) : [];
  }
  return codes.get("main") as Code;
}

function start(machine: Machine, d: Design, main: Code): void {
  if (d.store === "frame") machine.frame = main.template.slice();
  else if (d.store === "stack") {
    const stack: unknown[] = [main, 0, -1, UNDEFINED, null, 0];
    grow(stack, 64);
    machine.stack = stack;
    machine.base = 0;
  } else machine.frame = new FrameObject(main, null, UNDEFINED, main.template.slice());
}

// -------------------------------------------------------------------------------------------------------------------- measuring

const designs: Design[] = [
  { name: "A", what: "flat operands, frame is one array, slice", store: "frame", form: "flat" },
  { name: "A2", what: "as A, frame by a literal of 22", store: "frame", form: "flat", make: "literal" },
  { name: "A+", what: "as A, compare and branch fused", store: "frame", form: "flat", fused: true },
  { name: "B", what: "flat, frame object and registers", store: "object", form: "flat" },
  { name: "B2", what: "as B, frames pooled by function", store: "pooled", form: "flat" },
  { name: "C", what: "flat, one register stack", store: "stack", form: "flat" },
  { name: "D", what: "decoded objects, frames as in A", store: "frame", form: "decoded" },
  { name: "E", what: "closures, frames as in A", store: "frame", form: "closures" },
];
const extras: Design[] = [
  {
    name: "A.tight",
    what: "only as many registers as the function names",
    store: "frame",
    form: "flat",
    make: "tight",
  },
  {
    name: "C.tight",
    what: "C with as many registers as the function names",
    store: "stack",
    form: "flat",
    make: "tight",
  },
  { name: "A2.push", what: "frame by literal of 6 and pushes", store: "frame", form: "flat", make: "push" },
  { name: "A.try", what: "try/catch around the loop, in the function", store: "frame", form: "flat", tryInside: true },
  { name: "A.field", what: "what is left of the budget in a field", store: "frame", form: "flat", leftInField: true },
  { name: "A.long", what: "one endless turn: entered by OSR only", store: "frame", form: "flat", budget: 2 ** 40 },
  { name: "A.break", what: "cases end in break, not continue", store: "frame", form: "flat", sharedNext: true },
  { name: "A.int", what: "integer path in ADD and SUB", store: "frame", form: "flat", integers: true },
  {
    name: "A.tag",
    what: "CALL tests a field of its operand, not instanceof",
    store: "frame",
    form: "flat",
    tagTest: true,
  },
  { name: "A.holes", what: "template made by new Array: HOLEY elements", store: "frame", form: "flat", holes: true },
  { name: "A.clean", what: "never saw the slow paths (not realistic)", store: "frame", form: "flat", unpolluted: true },
  { name: "A.mod", what: "integer path in MOD", store: "frame", form: "flat", integerMod: true },
  {
    name: "A2+",
    what: "A2 and A+ and the integer path in MOD",
    store: "frame",
    form: "flat",
    make: "literal",
    fused: true,
    integerMod: true,
  },
  { name: "A.big", what: "padding cases 5 times as long", store: "frame", form: "flat", bigCases: 4 },
  { name: "A.huge", what: "padding so long that V8 gives up (60 KB)", store: "frame", form: "flat", bigCases: 60 },
];

function build(d: Design): Run {
  if (d.form === "closures") return runClosures;
  const names = {
    FunctionValue,
    FrameObject,
    UNDEFINED,
    slowAdd,
    slowArithmetic,
    slowLess,
    truth,
    paddingWork,
    grow,
    makeByPush,
  };
  return new Function(...Object.keys(names), interpreterSource(d))(...Object.values(names)) as Run;
}

class Subject {
  readonly design: Design;
  readonly run: Run;
  readonly machine = new Machine();
  readonly mains = new Map<string, Code>();
  constructor(design: Design) {
    this.design = design;
    this.run = build(design);
    if (design.budget !== undefined) this.machine.budget = design.budget;
  }
  /** Runs a program to its end, checks its result, returns milliseconds. */
  time(program: Program): number {
    let main = this.mains.get(program.name);
    if (main === undefined) {
      main = assemble(program, this.design, this.machine);
      this.mains.set(program.name, main);
    }
    const { machine, run } = this;
    start(machine, this.design, main);
    const before = performance.now();
    while (!run(machine)) machine.turns++;
    const time = performance.now() - before;
    if (machine.result !== program.expected) {
      throw new Error(
        `${this.design.name} ${program.name}: ${String(machine.result)} instead of ${String(program.expected)}`,
      );
    }
    return time;
  }
}

const median = (list: number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] as number;
const cell = (x: number | string, width = 13): string => (typeof x === "number" ? x.toFixed(2) : x).padStart(width);

function counted(all: readonly Program[]): Map<string, number> {
  const subject = new Subject({ name: "count", what: "", store: "frame", form: "flat", counted: true });
  return new Map(
    all.map((program) => {
      subject.machine.instructions = 0;
      subject.time(program);
      return [program.name, subject.machine.instructions];
    }),
  );
}

function compare(chosen: readonly Design[], rounds: number): Map<string, number[]> {
  const all = programs();
  const measured = all.filter((p) => p.name !== "mixed");
  const mixed = all.find((p) => p.name === "mixed") as Program;
  const instructions = counted(all);
  const subjects = chosen.map((d) => new Subject(d));
  for (const subject of subjects) {
    // Three passes: what is compiled after the first may be thrown away by what the next program shows.
    for (let pass = 0; pass < 3; pass++) {
      if (!subject.design.unpolluted) subject.time(mixed);
      for (const program of measured) subject.time(program);
    }
  }
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const program of measured) {
      // Another one begins in each round: none always runs on the heap that the same neighbour left.
      for (let k = 0; k < subjects.length; k++) {
        const subject = subjects[(k + round) % subjects.length] as Subject;
        if (!subject.design.unpolluted) subject.time(mixed);
        const key = `${subject.design.name} ${program.name}`;
        const list = times.get(key) ?? [];
        list.push((subject.time(program) * 1e6) / (instructions.get(program.name) as number));
        times.set(key, list);
      }
    }
  }
  const rows = new Map<string, number[]>();
  console.log(`ns per instruction, median of ${rounds}\n${"".padEnd(10)}${measured.map((p) => cell(p.name)).join("")}`);
  for (const d of chosen) {
    const row = measured.map((p) => median(times.get(`${d.name} ${p.name}`) as number[]));
    rows.set(d.name, row);
    console.log(`${d.name.padEnd(10)}${row.map((x) => cell(x)).join("")}   ${d.what}`);
  }
  console.log(
    `${"million".padEnd(10)}${measured.map((p) => cell((instructions.get(p.name) as number) / 1e6)).join("")}   instructions\n`,
  );
  return new Map([...rows, ["instructions", measured.map((p) => instructions.get(p.name) as number)]]);
}

/** How often the innermost work of each program runs: calls of fib, or turns of the innermost loop. */
function iterations(): number[] {
  plainMandelbrot();
  let calls = 1;
  let before = 1;
  for (let n = 2; n <= FIB; n++) [before, calls] = [calls, calls + before + 1];
  return [calls, INTEGER_LOOP, DOUBLE_LOOP, OUTER * INNER, mandelbrotIterations];
}

function plainTimes(): number[] {
  const plain = [() => plainFib(FIB), plainIntegers, plainDoubles, plainNested, plainMandelbrot];
  const per = iterations();
  return plain.map((work, k) => {
    const list: number[] = [];
    for (let round = 0; round < 5; round++) {
      const before = performance.now();
      work();
      list.push(((performance.now() - before) * 1e6) / (per[k] as number));
    }
    return median(list);
  });
}

function comparePlain(rows: Map<string, number[]>): void {
  const jitless = JSON.parse(
    execFileSync(process.execPath, ["--jitless", process.argv[1] as string, "--plain"], { encoding: "utf8" }),
  ) as number[];
  const jit = JSON.parse(
    execFileSync(process.execPath, [process.argv[1] as string, "--plain"], { encoding: "utf8" }),
  ) as number[];
  const per = iterations();
  const instructions = rows.get("instructions") as number[];
  console.log("ns per iteration of the innermost loop, or per call of fib");
  const line = (name: string, list: number[]): void =>
    console.log(`${name.padEnd(20)}${list.map((x) => cell(x)).join("")}`);
  line("plain JS", jit);
  line("plain JS, --jitless", jitless);
  for (const name of ["A", "A+", "C"]) {
    const row = rows.get(name);
    if (row === undefined) continue;
    const iteration = row.map((x, k) => (x * (instructions[k] as number)) / (per[k] as number));
    line(name, iteration);
    line(
      `${name} / jitless`,
      iteration.map((x, k) => x / (jitless[k] as number)),
    );
  }
  console.log();
}

/** One frame of 6 header slots and n registers, made in several ways, then filled in as CALL does. */
function compareFrames(rounds: number): void {
  const count = 3_000_000;
  let sink: Frame = [];
  const text = (make: string): string => `return function (code, template, n, count, U) {
    let frame = null;
    for (let i = 0; i < count; i++) { const made = ${make}; made[${CALLER}] = (i & 15) === 0 ? null : frame; made[${HEADER}] = i; made[${PC}] = 7; frame = made; }
    return frame; }`;
  const literal = (n: number): string => `[code, 0, null, U, null, 0, ${Array(n).fill("U").join(", ")}]`;
  for (const n of [4, 10, 16, 32, 100]) {
    const ways: [string, string][] = [
      ["template.slice()", "template.slice()"],
      ["template.slice(0, n)", `template.slice(0, ${n + HEADER})`],
      ["literal", literal(n)],
      ["[...template]", "[...template]"],
      ["template.concat()", "template.concat()"],
      ["literal of 6, push", "[code, 0, null, U, null, 0]; for (let k = 0; k < n; k++) made.push(U)"],
      ["new Array(n), loop", "new Array(n + 6); for (let k = 0; k < made.length; k++) made[k] = template[k]"],
      ["new Array(n).fill", "new Array(n + 6).fill(U); made[0] = code"],
    ];
    const code = new Code("made", n);
    const template: unknown[] = [code, 0, null, UNDEFINED, null, 0];
    for (let k = 0; k < n; k++) template.push(UNDEFINED);
    const made = ways.map(([name, source]) => ({ name, run: new Function(text(source))(), times: [] as number[] }));
    for (let round = 0; round < rounds + 2; round++) {
      for (const way of made) {
        const before = performance.now();
        sink = way.run(code, template, n, count, UNDEFINED);
        if (round >= 2) way.times.push(((performance.now() - before) * 1e6) / count);
        if (sink[HEADER] !== count - 1) throw new Error(way.name);
      }
    }
    console.log(`${n} registers: ${made.map((way) => `${way.name} ${median(way.times).toFixed(1)}`).join(" · ")}`);
  }
}

const options = process.argv.slice(2);
if (options.includes("--plain")) console.log(JSON.stringify(plainTimes()));
else {
  const rounds = Number(options.find((o) => o.startsWith("--rounds="))?.slice(9) ?? 7);
  const only = options
    .find((o) => o.startsWith("--only="))
    ?.slice(7)
    .split(",");
  const chosen = options.includes("--extras") ? [designs[0] as Design, ...extras] : designs;
  if (options.includes("--frames")) compareFrames(rounds);
  else comparePlain(compare(only ? [...designs, ...extras].filter((d) => only.includes(d.name)) : chosen, rounds));
}
