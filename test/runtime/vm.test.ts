/** The embedding API, on a host whose clock and memory are the test's. */
import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/errors.ts";
import type { VMEvent } from "../../src/runtime/events.ts";
import type { Host } from "../../src/runtime/host.ts";
import { atom } from "../../src/values/atom.ts";
import { createObject } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { Tuple, Unit, type Value } from "../../src/values/value.ts";
import { VM, type VMOptions } from "../../src/vm.ts";
import { program } from "../support/run.ts";

/** A host that sleeps by moving its clock. */
class TestHost implements Host {
  time = 1000;
  /** Milliseconds that pass with each look at the clock. */
  tick = 0;
  used = 0;
  collections = 0;
  waysGiven = 0;
  readonly slept: number[] = [];
  written = "";

  wallClock(): number {
    return this.time;
  }
  now(): number {
    this.time += this.tick;
    return this.time;
  }
  sleepSync(milliseconds: number): void {
    this.slept.push(milliseconds);
    this.time += milliseconds;
  }
  async giveWay(): Promise<void> {
    this.waysGiven++;
  }
  stretch<T>(run: () => T): T {
    return run();
  }
  memory(): { used: number; limit: number } {
    return { used: this.used, limit: 1000 };
  }
  collect(): void {
    this.collections++;
  }
  stdout(text: string): void {
    this.written += text;
  }
  stderr(text: string): void {
    this.written += text;
  }
}

function bytes(source: string): Uint8Array {
  return new TextEncoder().encode(program(source));
}

/** A VM that has started a program. */
function started(source: string, options: VMOptions = {}): { vm: VM; main: ReturnType<VM["start"]>; host: TestHost } {
  const host = (options.host as TestHost | undefined) ?? new TestHost();
  const vm = new VM({ host, ...options });
  const main = vm.start(vm.load(bytes(source)));
  return { vm, main, host };
}

const SPIN = "loop:\nJUMP loop";
const WAIT = "RECEIVE r0\nRETURN r0";

describe("making and loading", () => {
  it.each([0, -1, 1.5, Number.NaN, 2 ** 30 + 1])("a budget of %s is refused", (budget) => {
    expect(() => new VM({ budget })).toThrow(RangeError);
  });

  it("a budget of 2^30 is not", () => {
    const { vm, main } = started("RETURN r0", { budget: 2 ** 30 });
    expect(vm.runSync()).toEqual({ status: "done" });
    expect(inspect(main.outcome!.reason)).toBe(":normal");
  });

  it("a file that cannot be loaded is a LoadError with its name", () => {
    expect(() => new VM().load(bytes("JUMP nowhere"), { file: "bad.ionasm" })).toThrow(LoadError);
    expect(() => new VM().load(bytes("JUMP nowhere"), { file: "bad.ionasm" })).toThrow(/bad\.ionasm/);
  });

  it("a VM has one main", () => {
    const { vm } = started(WAIT);
    expect(() => vm.start(vm.load(bytes("RETURN r0")))).toThrow(/main/);
  });

  it("foreign functions registered before loading can be called, and their names are taken once", () => {
    const vm = new VM({ virtualTime: true });
    const spec = {
      name: "TestTwice",
      parameters: [{ name: "number", type: "Number" as const }],
      result: "Number" as const,
      description: "Doubles.",
      pure: true,
      run: ([number]: readonly Value[]) => (number as number) * 2,
    };
    vm.ffi.register(spec);
    expect(() => vm.ffi.register(spec)).toThrow(/TestTwice/);
    const main = vm.start(
      vm.load(bytes('LOAD_CONST r0, :"__stdlib:TestTwice"\nLOAD_CONST r1, 21\nCALL r2, r0, [r1]\nRETURN r2')),
    );
    vm.runSync();
    expect(main.outcome!.result).toBe(42);
  });

  it("what a foreign function throws that is no ForeignFailure is a bug, and not swallowed", () => {
    const vm = new VM({ virtualTime: true });
    vm.ffi.register({
      name: "TestBug",
      parameters: [],
      result: "Unit",
      description: "Has a bug.",
      pure: false,
      run: () => {
        throw new Error("a bug");
      },
    });
    vm.start(
      vm.load(
        bytes('TRY r1, caught\nLOAD_CONST r0, :"__stdlib:TestBug"\nCALL r0, r0, []\nEND_TRY\ncaught:\nRETURN r1'),
      ),
    );
    expect(() => vm.runSync()).toThrow("a bug");
  });
});

describe("running", () => {
  it("idle is not the end: a message from the host goes on", () => {
    const { vm, main } = started(WAIT);
    expect(vm.runSync()).toEqual({ status: "idle" });
    expect(vm.inspect(main)).toMatchObject({
      status: "waiting",
      waitingFor: { on: "message", processes: [], timer: false },
    });
    vm.send(main, 42);
    expect(vm.runSync()).toEqual({ status: "done" });
    expect(main.outcome).toMatchObject({ result: 42, crashed: false, stack: null });
    expect(vm.inspect(main)).toMatchObject({ status: "exited", frames: 0, mailbox: 0 });
  });

  it("what the host sends is a copy, and what it reads too", () => {
    const { vm, main } = started(WAIT);
    vm.runSync();
    const object = createObject();
    object["$list"] = [1];
    vm.send(main, object);
    (object["$list"] as Value[]).push(2);
    vm.runSync();
    const result = main.outcome!.result;
    expect(inspect(result)).toBe("{list: [1]}");
    expect(vm.read(result)).not.toBe(result);
    expect(inspect(vm.read(result))).toBe("{list: [1]}");
  });

  it("run gives way while it runs", async () => {
    const { vm, main, host } = started(
      `
      LOAD_CONST r0, 100000
      LOAD_CONST r1, 1
    loop:
      SUB r0, r0, r1
      JUMP_IF_TRUE r0, loop
      RETURN r0`,
      {},
    );
    host.tick = 4;
    expect(await vm.run()).toEqual({ status: "done" });
    expect(host.waysGiven).toBeGreaterThan(3);
    expect(vm.inspect(main).reductions).toBe(200_003);
  });

  it("a run that has taken too long is given up, and can go on", () => {
    const { vm, main, host } = started(
      `
      LOAD_CONST r0, 100000
      LOAD_CONST r1, 1
    loop:
      SUB r0, r0, r1
      JUMP_IF_TRUE r0, loop
      RETURN r0`,
    );
    host.tick = 1;
    expect(vm.runSync({ timeout: 3 })).toEqual({ status: "timeout" });
    expect(main.outcome).toBeNull();
    expect(vm.runSync()).toEqual({ status: "done" });
    expect(vm.inspect(main).reductions).toBe(200_003);
  });

  it("an endless loop is given up", async () => {
    const { vm, host } = started(SPIN);
    host.tick = 1;
    expect(vm.runSync({ timeout: 20 })).toEqual({ status: "timeout" });
    expect(await vm.run({ timeout: 20 })).toEqual({ status: "timeout" });
  });

  it("timers follow the host's clock: it sleeps exactly so long", () => {
    const { vm, main, host } = started(`
      LOAD_CONST r0, 30
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      LOAD_CONST r0, 4.5
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      RETURN r2`);
    expect(vm.runSync()).toEqual({ status: "done" });
    expect(main.outcome!.result).toBe(false);
    expect(host.slept).toEqual([30, 5]);
  });

  it("a timer beyond the end of a run does not fire", () => {
    const { vm, main } = started("LOAD_CONST r0, 100\nRECEIVE_WITH_TIMEOUT r1, r0, r2\nRETURN r2");
    expect(vm.runSync({ timeout: 60 })).toEqual({ status: "timeout" });
    expect(vm.inspect(main).waitingFor).toEqual({ on: "message", processes: [], timer: true });
    expect(vm.stats().timers).toBe(1);
    expect(vm.runSync({ timeout: 60 })).toEqual({ status: "done" });
    expect(vm.stats().timers).toBe(0);
  });

  it("Halt says its code", () => {
    const { vm } = started('LOAD_CONST r0, :"__stdlib:Halt"\nLOAD_CONST r1, 3\nCALL r2, r0, [r1]\nJUMP +0');
    expect(vm.runSync()).toEqual({ status: "halted", code: 3 });
  });

  it("a VM may run inside a foreign function of another: the outer turn is as it was", () => {
    const source = 'LOAD_CONST r0, :"__stdlib:TestInner"\nCALL r1, r0, []\nYIELD\nRETURN r1';
    const reductions = [false, true].map((nested) => {
      const vm = new VM({ virtualTime: true, budget: 10 });
      vm.ffi.register({
        name: "TestInner",
        parameters: [],
        result: "Any",
        description: "Runs another VM.",
        pure: false,
        run: () => {
          if (!nested) return 21;
          const inner = new VM({ virtualTime: true, budget: 3 });
          const innerMain = inner.start(inner.load(bytes("LOAD_CONST r0, 21\nYIELD\nYIELD\nRETURN r0")));
          inner.runSync();
          return innerMain.outcome!.result;
        },
      });
      const events: VMEvent[] = [];
      vm.subscribe((event) => events.push(event));
      const main = vm.start(vm.load(bytes(source)));
      vm.runSync();
      expect(main.outcome!.result).toBe(21);
      return events;
    });
    expect(reductions[1]).toEqual(reductions[0]);
  });

  it("a VM that is running cannot be run again from inside", () => {
    const vm = new VM({ virtualTime: true });
    let again: unknown;
    vm.ffi.register({
      name: "TestAgain",
      parameters: [],
      result: "Unit",
      description: "Runs its own VM.",
      pure: false,
      run: () => {
        try {
          vm.runSync();
        } catch (error) {
          again = error;
        }
        return Unit;
      },
    });
    vm.start(vm.load(bytes('LOAD_CONST r0, :"__stdlib:TestAgain"\nCALL r1, r0, []')));
    vm.runSync();
    expect(String(again)).toMatch(/running already/);
  });
});

describe("processes", () => {
  const CHILDREN = `
    ${WAIT}
    .function add arity=2 regs=0
    ADD r2, r0, r1
    RETURN r2
    .end
    .function wait arity=0 regs=0
    RECEIVE r0
    THROW r0
    .end`;

  it("spawn by name or by value, with copies of the arguments", () => {
    const vm = new VM({ virtualTime: true });
    const loaded = vm.load(bytes(CHILDREN), { className: "Main" });
    const byName = vm.spawn({ program: loaded, name: "Main:add" }, 40, 2);
    const byValue = vm.spawn(loaded.functions.get("Main:add")!, "a", "b");
    expect(vm.runSync()).toEqual({ status: "done" });
    expect([byName.outcome!.result, byValue.outcome!.result]).toEqual([42, "ab"]);
    expect(() => vm.spawn({ program: loaded, name: "nowhere" })).toThrow(/nowhere/);
  });

  it("1 is main's number, also if others were made before", () => {
    const vm = new VM({ virtualTime: true });
    const loaded = vm.load(bytes(CHILDREN), { className: "Main" });
    const child = vm.spawn({ program: loaded, name: "Main:wait" });
    const main = vm.start(loaded);
    expect([child.number, main.number]).toEqual([2, 1]);
  });

  it("live ones are listed by number, with what they wait for", () => {
    const { vm, main } = started(`
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      LINK r1
      JOIN r1, r2
      .function f arity=0 regs=0
      RECEIVE r0
      .end`);
    vm.runSync();
    const [first, second] = vm.processes();
    expect(first).toMatchObject({
      number: 1,
      status: "waiting",
      waitingFor: { on: "end", processes: [2], timer: false },
      links: [2],
      frames: 1,
      mailbox: 0,
      trapsExits: false,
    });
    expect(first.stack.frames).toMatchObject([{ functionName: "program:main", instruction: 3 }]);
    expect(second).toMatchObject({ number: 2, waitingFor: { on: "message", processes: [], timer: false }, links: [1] });
    expect(second.memory).toBeGreaterThan(0);
    expect(vm.stats()).toEqual({ turns: 2, reductions: 11, live: 2, timers: 0 });
    expect(main.outcome).toBeNull();
  });

  it("exit signals of the host: a reason, one that is trapped, kill", () => {
    const waiting = () => started(WAIT, { virtualTime: true });
    const plain = waiting();
    plain.vm.runSync();
    plain.vm.exit(plain.main, new Tuple([atom("please"), [1]]));
    expect(inspect(plain.main.outcome!.reason)).toBe("(:please, [1])");

    const trapping = started(
      'LOAD_CONST r0, :"__stdlib:TrapExit"\nLOAD_CONST r1, true\nCALL r2, r0, [r1]\nRECEIVE r3\nRETURN r3',
    );
    trapping.vm.runSync();
    trapping.vm.exit(trapping.main, atom("please"));
    trapping.vm.runSync();
    expect(inspect(trapping.main.outcome!.result)).toBe("(:EXIT, undefined, :please)");

    const killed = waiting();
    killed.vm.exit(killed.main, atom("kill"));
    expect(inspect(killed.main.outcome!.reason)).toBe(":killed");
    expect(killed.vm.runSync()).toEqual({ status: "done" });
  });

  it("a port is a mailbox of the host", async () => {
    const { vm, main } = started(`
      RECEIVE r0
      LOAD_CONST r1, [1]
      SEND r0, r1
      SEND r0, r0
      RETURN r0`);
    const port = vm.port();
    vm.send(main, port.process);
    expect(port.take()).toBeUndefined();
    vm.runSync();
    expect(inspect(port.take()!)).toBe("[1]");
    expect(await port.receive()).toBe(port.process);
    expect(port.take()).toBeUndefined();
    const taken: Value[] = [];
    const second = vm.port((message) => taken.push(message));
    vm.send(second.process, 5);
    expect(taken).toEqual([5]);
  });

  it("crashes are told with their stack, other ends are not", () => {
    const crashes: string[] = [];
    const { vm } = started(
      `
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      SPAWN r2, r0, []
      LINK r2
      SEND r2, r0
      RECEIVE r3
      .function f arity=0 regs=1
      RECEIVE r0
      THROW r0
      .end`,
      {
        onCrash: (process, { reason, stack }) => {
          crashes.push(`${process.number} ${inspect(reason)} ${stack!.frames[0].instruction}`);
        },
      },
    );
    expect(vm.runSync()).toEqual({ status: "done" });
    expect(crashes).toEqual(["3 (:throw, [Function: program:f]) 1"]);
  });
});

describe("watching", () => {
  it("several listeners get the same events, until they end", () => {
    const vm = new VM({ virtualTime: true });
    const seen: string[][] = [[], [], []];
    const ends = seen.map((list) => vm.subscribe((event) => list.push(event.e)));
    ends[2]();
    const main = vm.start(vm.load(bytes(WAIT)));
    vm.runSync();
    ends[1]();
    vm.send(main, 1);
    vm.runSync();
    expect(seen).toEqual([
      ["spawn", "turn", "block", "send", "wake", "turn", "receive", "exit"],
      ["spawn", "turn", "block"],
      [],
    ]);
  });

  it("the host is process 0 in events", () => {
    const vm = new VM({ virtualTime: true });
    const events: VMEvent[] = [];
    vm.subscribe((event) => events.push(event));
    const main = vm.start(vm.load(bytes(WAIT)));
    vm.send(main, 1);
    expect(events).toEqual([
      { e: "spawn", p: 0, r: 0, child: 1 },
      { e: "send", p: 0, r: 0, to: 1 },
    ]);
  });

  it("every instruction can be watched, and nothing else changes", () => {
    const source = `
      LOAD_CONST r0, function:f
      CALL r1, r0, []
      RETURN r1
      .function f arity=0 regs=0
      LOAD_CONST r0, 5
      RETURN r0
      .end`;
    const seen: string[] = [];
    const { vm, main } = started(source, {
      budget: 1,
      onInstruction: (process, code, instruction) => seen.push(`${process.number} ${code.name} ${instruction}`),
    });
    vm.runSync();
    expect(main.outcome!.result).toBe(5);
    expect(vm.inspect(main).reductions).toBe(6);
    expect(seen).toEqual([
      "1 program:main 0",
      "1 program:main 1",
      "1 program:f 0",
      "1 program:f 1",
      "1 program:main 2",
    ]);
  });

  it("what SET_PROP left alone is told", () => {
    const left: string[] = [];
    const { vm } = started(
      `
      OBJECT_INIT r0, {a!ec: 1, b: 2}
      LOAD_CONST r1, :a
      SET_PROP r0, r1, r1
      LOAD_CONST r1, :b
      SET_PROP r0, r1, r1`,
      { onLeftAlone: (process, object, key) => left.push(`${process.number} ${inspect(object)} ${inspect(key)}`) },
    );
    vm.runSync();
    expect(left).toEqual(["1 {a: 1, b: 2} :a"]);
  });
});

describe("limits", () => {
  /** Main spins; the host says that its memory is full once the children are there. */
  const HOG = `
    LOAD_CONST r0, function:small
    SPAWN r1, r0, []
    LOAD_CONST r2, function:large
    SPAWN r3, r2, []
    YIELD
    LOAD_CONST r4, :"__stdlib:TestFull"
    CALL r5, r4, []
    LOAD_CONST r6, 200000
    LOAD_CONST r7, 1
  loop:
    SUB r6, r6, r7
    JUMP_IF_TRUE r6, loop
    LOAD_CONST r8, :"__vm:processes"
    RETURN r8
    .function small arity=0 regs=0
    RECEIVE r0
    .end
    .function large arity=0 regs=2
    LOAD_CONST r0, []
    LOAD_CONST r1, 10000
    SET_PROP r0, r1, r1
    TRY r1, caught
    RECEIVE r1
    END_TRY
  caught:
    RECEIVE r1
    .end`;

  function withFullMemory(full: (host: TestHost) => void): { result: string; crashes: string[]; host: TestHost } {
    const host = new TestHost();
    const crashes: string[] = [];
    const vm = new VM({
      host,
      onCrash: (process, { reason }) => {
        crashes.push(`${process.number} ${inspect(reason)}`);
        host.used = 0;
      },
    });
    vm.ffi.register({
      name: "TestFull",
      parameters: [],
      result: "Unit",
      description: "Fills the host's memory.",
      pure: false,
      run: () => {
        full(host);
        return Unit;
      },
    });
    const main = vm.start(vm.load(bytes(HOG)));
    vm.runSync();
    return { result: inspect(main.outcome!.result), crashes, host };
  }

  it("of memory: the largest process ends, handlers or not, once collecting has not helped", () => {
    const { result, crashes, host } = withFullMemory((it) => {
      it.used = 800;
    });
    expect(crashes).toEqual(["3 (:system_limit, :memory)"]);
    expect(result).toBe("2");
    expect(host.collections).toBe(1);
  });

  it("of memory: below three quarters nobody ends", () => {
    const { result, crashes } = withFullMemory((it) => {
      it.used = 740;
    });
    expect([result, crashes]).toEqual(["3", []]);
  });

  it("of memory: a text of megabytes is refused before it is made, and no handler catches that", () => {
    const { vm, main, host } = started(`
      LOAD_CONST r0, "x"
      LOAD_CONST r1, 4000000
      TRY r2, caught
      MUL r3, r0, r1
      END_TRY
    caught:
      RETURN r2`);
    host.used = 100;
    vm.runSync();
    expect(inspect(main.outcome!.reason)).toBe("(:system_limit, :memory)");
  });

  it("of reductions: looked at when a turn ends, in place too", () => {
    const { vm, main } = started(SPIN, { limits: { reductions: 10_000 }, budget: 1000 });
    expect(vm.runSync()).toEqual({ status: "reductions" });
    expect(vm.inspect(main).reductions).toBe(10_000);
  });

  it("of frames: found at a hidden call, the failure is the instruction's", () => {
    const { vm, main } = started(
      `
      LOAD_CONST r0, function:f
      OBJECT_INIT r1, {__add__: r0}
      ADD r2, r1, r1
      RETURN r2
      .function f arity=1 regs=2
      LOAD_CONST r1, :"__vm:this"
      ADD r2, r1, r1
      RETURN r2
      .end`,
      { limits: { frames: 3 }, budget: 1 },
    );
    vm.runSync();
    const { reason, stack } = main.outcome!;
    expect(inspect(reason)).toBe("(:stack_overflow, 4)");
    expect(stack!.frames.map(({ functionName, instruction }) => `${functionName} ${instruction}`)).toEqual([
      "program:f 1",
      "program:f 1",
      "program:f 1",
      "program:main 2",
    ]);
  });
});
