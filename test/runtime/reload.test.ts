/** New code for programs that run. */
import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/errors.ts";
import { VM, type VMOptions } from "../../src/node/index.ts";
import type { Program } from "../../src/runtime/program.ts";
import { inspect } from "../../src/values/print.ts";
import { Tuple as TupleOf, Unit } from "../../src/values/value.ts";
import { ENGINES } from "../support/run.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A server that answers each message with what `answer` makes of it; its state counts them. */
const SERVER = `
.function server arity=0 regs=10
  LOAD_CONST r0, 0
  LOAD_CONST r1, 1
again:
  RECEIVE r2
  MATCH r2, [((@r3, @r4), +2)]
  RETURN r0
  ADD r0, r0, r1
  LOAD_CONST r5, :"__function_ref:answer"
  TRY r6, failed
  CALL r6, r5, [r4, r0]
  END_TRY
failed:
  SEND r3, r6
  JUMP again
.end`;
const answer = (body: string, arity = 2): string => `.function answer arity=${arity} regs=8\n${body}\n.end`;
const OLD = answer("LOAD_CONST r2, :old\nTUPLE_INIT r2, [r2, r0, r1]\nRETURN r2");
const NEW = answer("LOAD_CONST r2, :new\nTUPLE_INIT r2, [r2, r0, r1]\nRETURN r2");

/** A VM with a server, and what it answers. */
class World {
  readonly vm: VM;
  program: Program;
  readonly #server;
  readonly #port;

  constructor(options: VMOptions, source = `${SERVER}\n${OLD}`) {
    this.vm = new VM(options);
    this.program = this.vm.load(bytes(source), { file: "server.ionasm" });
    this.#server = this.vm.spawn(this.program.functions.get("server:server")!);
    this.#port = this.vm.port();
  }

  ask(what: number): string {
    this.vm.send(this.#server, new TupleOf([this.#port.process, what]));
    this.vm.runSync();
    return inspect(this.#port.take()!);
  }

  reload(source: string) {
    const { program, ...changes } = this.vm.reload(this.program, bytes(source));
    this.program = program;
    return changes;
  }
}

const WAYS = ENGINES.flatMap(({ name, options }) =>
  [1, 2000].map((budget) => [name, budget, { ...options, budget }] as const),
);

describe.each(WAYS)("%s, budget %i", (_, __, options) => {
  it("calls take the new functions, and processes keep their state", () => {
    const world = new World(options);
    for (let i = 1; i <= 20; i++) expect(world.ask(i)).toBe(`(:old, ${i}, ${i})`);
    expect(world.reload(`${SERVER}\n${NEW}`)).toEqual({ added: [], removed: [], warnings: [] });
    for (let i = 21; i <= 40; i++) expect(world.ask(i)).toBe(`(:new, ${i}, ${i})`);
    world.reload(`${SERVER}\n${OLD}`);
    expect(world.ask(1)).toBe("(:old, 1, 41)");
  });

  it("what runs goes on in the old code, also when that is compiled later", () => {
    const world = new World(options);
    expect(world.ask(1)).toBe("(:old, 1, 1)");
    // The server adds ten in the new code; the process is in its loop in the old.
    world.reload(`${SERVER.replace("r1, 1", "r1, 10")}\n${NEW}`);
    for (let i = 2; i <= 30; i++) expect(world.ask(i)).toBe(`(:new, ${i}, ${i})`);
    const fresh = world.vm.spawn(world.program.functions.get("server:server")!);
    const port = world.vm.port();
    world.vm.send(fresh, new TupleOf([port.process, 5]));
    world.vm.runSync();
    expect(inspect(port.take()!)).toBe("(:new, 5, 10)");
  });

  it("another number of arguments is a warning", () => {
    const world = new World(options);
    const three = answer("TUPLE_INIT r3, [r0, r1, r2]\nRETURN r3", 3);
    expect(world.reload(`${SERVER}\n${three}`).warnings).toEqual(["server:answer takes 3 arguments instead of 2"]);
    expect(world.ask(7)).toBe("(7, 1, undefined)");
    const one = answer("TUPLE_INIT r3, [r0]\nRETURN r3", 1);
    expect(world.reload(`${SERVER}\n${one}`).warnings).toEqual(["server:answer takes 1 argument instead of 3"]);
    expect(world.ask(7)).toBe("(7,)");
  });

  it("a removed function is an error of who calls it, until it comes back", () => {
    const world = new World(options);
    expect(world.ask(1)).toBe("(:old, 1, 1)");
    const without = SERVER.replace('LOAD_CONST r5, :"__function_ref:answer"', "LOAD_CONST r5, 0");
    expect(world.reload(without)).toEqual({ added: [], removed: ["server:answer"], warnings: [] });
    for (let i = 0; i < 10; i++) expect(world.ask(1)).toBe('(:removed, "server:answer")');
    expect(world.reload(`${SERVER}\n${NEW}`)).toEqual({ added: ["server:answer"], removed: [], warnings: [] });
    expect(world.ask(1)).toBe("(:new, 1, 12)");
  });

  it("new code that is refused changes nothing", () => {
    const world = new World(options);
    expect(world.ask(1)).toBe("(:old, 1, 1)");
    for (const wrong of [
      "nonsense",
      SERVER,
      `${SERVER}\n${NEW}\n.function x\nLOAD_CONST r0, :"__function_ref:nowhere"\n.end`,
      `${SERVER}\n${answer("JUMP +5")}`,
    ]) {
      expect(() => world.reload(wrong)).toThrow(LoadError);
    }
    for (let i = 2; i < 10; i++) expect(world.ask(i)).toBe(`(:old, ${i}, ${i})`);
  });

  it("closures and bound functions stay what they were", () => {
    const source = `.function server arity=0 regs=20
      LOAD_CONST r0, :"__function_ref:answer"
      LOAD_CONST r1, :c
      MAKE_CLOSURE r2, r0, "", [c:r1]
      OBJECT_INIT r3, {m: r0}
      LOAD_CONST r4, :m
      GET_PROP r4, r3, r4
      again:
      RECEIVE r5
      MATCH r5, [((@r6, @r7), +1)]
      CALL r8, r0, [r7]
      CALL r9, r2, [r7]
      CALL r10, r4, [r7]
      CALL_METHOD r11, r3, "m", [r7]
      TUPLE_INIT r8, [r8, r9, r10, r11]
      SEND r6, r8
      JUMP again
      .end`;
    const of = (what: string): string => answer(`LOAD_CONST r2, :${what}\nTUPLE_INIT r2, [r2, r0]\nRETURN r2`);
    const world = new World(options, `${source}\n${of("old")}`);
    expect(world.ask(1)).toBe("((:old, 1), (:old, :c), (:old, 1), (:old, 1))");
    world.reload(`${source}\n${of("new")}`);
    expect(world.ask(1)).toBe("((:new, 1), (:old, :c), (:old, 1), (:new, 1))");
  });

  it("from inside: at the end of the turn", () => {
    const source = (what: string): string => `.function main arity=0 regs=12
      LOAD_CONST r0, 0
      LOAD_CONST r1, 1
      LOAD_CONST r2, 40
      LOAD_CONST r3, :"__function_ref:f"
      LOAD_CONST r4, :"__stdlib:TestReload"
      ARRAY_INIT r5, []
      LOAD_CONST r6, :"__stdlib:ArrayPush"
      again:
      CALL r7, r3, []
      CALL r7, r6, [r5, r7]
      LOAD_CONST r8, 20
      EQUAL r8, r0, r8
      JUMP_IF_FALSE r8, on
      CALL r8, r4, []
      CALL r7, r3, []
      CALL r7, r6, [r5, r7]
      YIELD
      on:
      ADD r0, r0, r1
      LESS_THAN r7, r0, r2
      JUMP_IF_TRUE r7, again
      RETURN r5
      .end
      .function f arity=0 regs=1
      LOAD_CONST r0, ${what}
      RETURN r0
      .end`;
    const vm = new VM(options);
    let program: Program | null = null;
    vm.ffi.register({
      name: "TestReload",
      parameters: [],
      result: "Unit",
      description: "Reloads the program that calls it.",
      pure: false,
      run: () => {
        vm.reload(program!, bytes(source("2")));
        return Unit;
      },
    });
    program = vm.load(bytes(source("1")));
    const main = vm.start(program);
    vm.runSync();
    const ones = Array(22).fill(1);
    const twos = Array(19).fill(2);
    const budget = options.budget === 1 ? [...ones.slice(1), 2, ...twos] : [...ones, ...twos];
    expect(main.outcome!.result).toEqual(budget);
  });
});

describe("new code", () => {
  it("for what a program needs", () => {
    const std = `.manifest "Dependencies" "std"`;
    const vm = new VM();
    const source = (what: number): Uint8Array =>
      bytes(`${std}\n.function main arity=0 regs=4
        LOAD_CONST r0, :"__function_ref:call"
        OBJECT_INIT r0, {call: r0}
        LOAD_CONST r1, ${what}
        LOAD_CONST r2, :"__function_ref:std!Server:start"
        LOAD_CONST r3, :server
        CALL r2, r2, [r0, r1, r3]
        .end
        .function ask arity=0 regs=3
        LOAD_CONST r0, :"__function_ref:std!Server:call"
        LOAD_CONST r1, :server
        LOAD_CONST r2, :get
        CALL r0, r0, [r1, r2]
        RETURN r0
        .end
        .function call arity=3 regs=4
        LOAD_CONST r3, :reply
        LOAD_CONST r4, ${what}
        TUPLE_INIT r4, [r4, r2]
        TUPLE_INIT r3, [r3, r4, r2]
        RETURN r3
        .end`);
    let program = vm.load(source(1), { file: "p" });
    vm.start(program);
    vm.runSync();
    const ask = (): string => {
      const process = vm.spawn({ program, name: "p:ask" });
      vm.runSync();
      return inspect(process.outcome!.result);
    };
    expect(ask()).toBe("(1, 1)");
    const { program: next, ...changes } = vm.reload(program, source(2));
    program = next;
    expect(changes).toEqual({ added: [], removed: [], warnings: [] });
    expect(ask()).toBe("(2, 1)");
  });
});
