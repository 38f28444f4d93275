/** Asynchronous foreign calls while something happens to those who wait: both engines, also with a budget of one. */
import { describe, expect, it, test } from "vitest";
import type { HostFunctionSpec } from "../../src/foreign/host-function.ts";
import type { AnyForeignSpec } from "../../src/foreign/registry.ts";
import { atom } from "../../src/values/atom.ts";
import { inspect } from "../../src/values/print.ts";
import { VM, type VMOptions } from "../../src/vm.ts";
import { packWith } from "../ffi/packs.ts";
import { BUDGETS, ENGINES, program } from "../support/run.ts";

interface Ended {
  readonly main: string;
  readonly status: string;
  readonly crashes: readonly string[];
  readonly events: readonly string[];
  readonly told: readonly string[];
}

/** Runs in every engine and with every budget. @param told is filled by the functions */
async function everyWay(
  source: string,
  functions: (told: string[], vm: VM) => readonly AnyForeignSpec[],
  options: VMOptions = {},
): Promise<Ended> {
  let last: Ended | undefined;
  for (const budget of [...new Set([1, ...BUDGETS])]) {
    let first: Ended | undefined;
    for (const engine of ENGINES) {
      const told: string[] = [];
      const crashes: string[] = [];
      const events: string[] = [];
      const vm = new VM({
        virtualTime: true,
        ...engine.options,
        ...options,
        budget,
        onCrash: ({ number }, { reason }) => crashes.push(`${number}: ${inspect(reason)}`),
      });
      for (const spec of functions(told, vm)) vm.ffi.register(spec);
      vm.subscribe((event) => events.push(JSON.stringify(event)));
      const main = vm.start(vm.load(new TextEncoder().encode(program(source)), { file: "Main" }));
      const { status } = await vm.run({ timeout: 10_000 });
      await vm.close();
      const { outcome } = main;
      const normally = outcome !== null && inspect(outcome.reason) === ":normal";
      const text = outcome === null ? "(none)" : inspect(normally ? outcome.result : outcome.reason);
      last = { main: text, status, crashes, events, told };
      first ??= last;
      expect(last).toEqual(first);
    }
  }
  return last!;
}

function later(name: string, call: HostFunctionSpec["call"]): HostFunctionSpec {
  return { name, parameters: [{ name: "value", type: "Any" }], async: true, call };
}

type Send = { send: (to: unknown, message: unknown) => void; signal: AbortSignal };

describe("who waits for a foreign call", () => {
  const KILLED = `
    .function main arity=0 regs=8
      LOAD_CONST r0, function:ask
      SPAWN r1, r0, []
      LOAD_CONST r0, :"__stdlib:Ready"
      CALL r2, r0, [r1]
      LOAD_CONST r0, :"__stdlib:Exit"
      LOAD_CONST r2, REASON
      CALL r3, r0, [r1, r2]
      LOAD_CONST r0, :"__stdlib:IsAlive"
      CALL r3, r0, [r1]
      RETURN r3
    .end
    .function ask arity=0 regs=2
      LOAD_CONST r0, :"__stdlib:Never"
      LOAD_CONST r1, 5
      CALL r0, r0, [r1]
      RETURN r0
    .end`;
  test.each([":kill", ":enough", "(1, 2)"])("is ended by %s: his call is aborted, once", async (reason) => {
    const { main, told, status } = await everyWay(KILLED.replace("REASON", reason), (log) => {
      let asked: () => void = () => {};
      const isAsked = new Promise<void>((resolve) => {
        asked = resolve;
      });
      return [
        later("Never", (value: number, { signal }: Send) => {
          signal.addEventListener("abort", () => log.push(`aborted ${value}`));
          asked();
          return new Promise(() => {});
        }),
        later("Ready", () => isAsked),
      ];
    });
    expect({ main, told, status }).toEqual({ main: "false", told: ["aborted 5"], status: "done" });
  });

  it("is ended by a message of the call itself, before he waits", async () => {
    const flood = later("Flood", (to: unknown, { send }: Send) => {
      for (let i = 0; i < 5; i++) send(to, i);
      return new Promise((resolve) => setTimeout(resolve, 5));
    });
    const source = 'LOAD_CONST r0, :"__stdlib:Flood"\nLOAD_CONST r1, :self\nCALL r2, r0, [r1]\nRETURN r2';
    const { main, crashes } = await everyWay(source, () => [flood], { limits: { mailbox: 2 } });
    expect({ main, crashes }).toEqual({ main: "(:mailbox_full, 2)", crashes: ["1: (:mailbox_full, 2)"] });
  });

  it("is ended by the host in the middle of a call that answers at once", async () => {
    const { main } = await everyWay(
      'LOAD_CONST r0, :"__stdlib:EndMe"\nLOAD_CONST r1, :self\nCALL r2, r0, [r1]\nYIELD\nRETURN r2',
      (_, vm) => [
        { name: "EndMe", parameters: [{ name: "me", type: "Process" }], call: () => vm.exit(vm.main!, atom("kill")) },
      ],
    );
    expect(main).toBe(":killed");
  });

  it("messages to the dead are nobody's, from a call that begins and from one that is over", async () => {
    const source = `
      .function main arity=0 regs=8
        LOAD_CONST r0, function:dead
        SPAWN r1, r0, []
        JOIN r1, r2
        LOAD_CONST r0, :"__stdlib:Tell"
        CALL r3, r0, [r1]
        CALL r4, r0, [r1]
        ARRAY_INIT r0, [r3, r4]
        RETURN r0
      .end
      .function dead arity=0 regs=1
        RETURN r0
      .end`;
    const tell = later("Tell", async (to: unknown, { send }: Send) => {
      send(to, "now");
      setTimeout(() => send(to, "later"));
      await new Promise((resolve) => setTimeout(resolve, 2));
      send(to, "at the end");
      return 1;
    });
    expect(await everyWay(source, () => [tell])).toMatchObject({ main: "[1, 1]", crashes: [] });
  });

  it("goes on in the code that he was in when there is new code meanwhile", async () => {
    const source = (version: number) => `
      .function main arity=0 regs=6
        LOAD_CONST r0, function:step
        CALL r1, r0, []
        CALL r2, r0, []
        ARRAY_INIT r3, [r1, r2]
        RETURN r3
      .end
      .function step arity=0 regs=4
        LOAD_CONST r0, :"__stdlib:Slow"
        LOAD_CONST r1, ${version}
        CALL r2, r0, [r1]
        RETURN r2
      .end`;
    for (const { options } of ENGINES) {
      const vm = new VM({ virtualTime: true, ...options });
      const load = (version: number) => new TextEncoder().encode(source(version));
      let reloaded = 0;
      vm.ffi.register(
        later("Slow", async (value: number) => {
          await new Promise((resolve) => setTimeout(resolve, 2));
          if (reloaded++ === 0) vm.reload(first, load(2));
          await new Promise((resolve) => setTimeout(resolve, 2));
          return value;
        }),
      );
      const first = vm.load(load(1), { file: "Main" });
      const main = vm.start(first);
      await vm.run();
      expect(inspect(main.outcome!.result)).toBe("[1, 2]");
    }
  });
});

describe("a VM that is closed", () => {
  it("tells the calls that are out, and leaves no listener", async () => {
    const told: string[] = [];
    const vm = new VM();
    vm.ffi.register(
      later("Never", (_: unknown, { signal }: Send) => {
        signal.addEventListener("abort", () => told.push("aborted"));
        return new Promise(() => {});
      }),
    );
    const source = 'LOAD_CONST r0, :"__stdlib:Never"\nCALL r1, r0, [r0]\nRETURN r1';
    vm.start(vm.load(new TextEncoder().encode(program(source)), { file: "Main" }));
    expect(await vm.run({ timeout: 50 })).toEqual({ status: "timeout" });
    await vm.close();
    await vm.close();
    expect(told).toEqual(["aborted"]);
  });
});

describe("libraries of packs, where there is nothing to open them", () => {
  const pack = packWith('LOAD_CONST r0, :"__stdlib:tools.f"\nCALL r0, r0, []\nRETURN r0', {
    "tools.mjs": "throw new Error('this must not run')",
  });

  it("load() says that it is open() that opens them, in whatever VM", () => {
    expect(() => new VM({ allow: { js: true } }).load(pack)).toThrow(
      /libraries are opened by open\(\) instead of load\(\)/,
    );
  });

  it("open() refuses them in a VM without `libraries`, whatever is allowed", async () => {
    await expect(new VM({ allow: { js: true } }).open(pack)).rejects.toThrow(
      /has foreign libraries, and the VM was made without the option libraries/,
    );
  });

  it("two functions of one name are a load error", async () => {
    const twice = { name: "tools.f", call: () => 1 };
    const vm = new VM({
      libraries: { open: async () => ({ functions: [twice, twice], closed: new Map() }), close: async () => {} },
    });
    await expect(vm.open(pack, { file: "p" })).rejects.toThrow("p: the foreign function tools.f is already registered");
  });
});
