/** Runs programs in JavaScript in every way that must not be seen in what they print. */
import { expect } from "vitest";
import { compile as compileFiles } from "../../src/ionc/index.ts";
import { builtinNames } from "../../src/js/names.ts";
import type { Pack } from "../../src/pack/pack.ts";
import type { Process } from "../../src/runtime/process.ts";
import { getProperty, IonObject } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { Tuple, Unit, type Value } from "../../src/values/value.ts";
import { VM, type VMOptions } from "../../src/vm.ts";
import { ALL_WAYS } from "../support/run.ts";
import { UNCAUGHT } from "./node.ts";

/** A program that does not end is given up, in milliseconds. */
const LONGEST = 60_000;

export interface Way {
  readonly name: string;
  readonly options: Partial<VMOptions>;
}

const ENGINES = [
  { name: "interpreted", options: { jit: false } },
  { name: "compiled at once", options: { jitThreshold: 0 } },
  { name: "compiled when hot", options: {} },
] as const;

function ways(budgets: readonly number[]): Way[] {
  return ENGINES.flatMap(({ name, options }) =>
    budgets.map((budget) => ({ name: `${name}, budget ${budget}`, options: { ...options, budget } })),
  );
}

export const WAYS: readonly Way[] = ways([1, 2000]);
export const MORE_WAYS: readonly Way[] = ways([1, 7, 2000]);

/**
 * Each engine with one of the budgets; neighbours have others, so that together they have all.
 *
 * @param atOnce one of so many programs is also compiled at once, which takes ten times longer than all else
 */
export function someWays(number: number, atOnce = 1): readonly Way[] {
  if (ALL_WAYS) return MORE_WAYS;
  const turn = Math.floor(number / atOnce);
  const chosen = ENGINES.map((_, i) => MORE_WAYS[i * 3 + ((turn + i) % 3)]);
  return number % atOnce === 0 ? chosen : [chosen[0], chosen[2]];
}

/** @throws CompileError */
export function compile(source: string, file = "snippet.js"): Pack {
  return compileFiles([file], { read: (path) => (path === file ? source : undefined) }, { builtins: builtinNames() })
    .pack;
}

/** Programs that one VM runs, one after the other: to put the built-ins together takes longer than most of them. */
const PROGRAMS = 200;

interface World {
  readonly vm: VM;
  left: number;
  printed: string;
}

const worlds = new Map<Way, World>();

function worldOf(way: Way): World {
  const known = worlds.get(way);
  if (known !== undefined && known.left-- > 0) return known;
  const world: World = {
    vm: new VM({
      ...way.options,
      virtualTime: true,
      // About as many as Node has, so that programs that never come back fail soon.
      limits: { frames: 20_000 },
      stdout: (text) => {
        world.printed += text;
      },
      stderr: () => {},
    }),
    left: PROGRAMS,
    printed: "",
  };
  worlds.set(way, world);
  return world;
}

/** What a program prints, and of what error its first process ends. */
export function run(pack: Pack, way: Way): string {
  return runCounted(pack, way).printed;
}

/** The same, and the reductions of its first process: no engine may make a difference to them. */
export function runCounted(pack: Pack, way: Way): { readonly printed: string; readonly reductions: number } {
  const world = worldOf(way);
  const { vm } = world;
  world.printed = "";
  const main = vm.spawn(vm.load(pack).entry.value!);
  const { status } = vm.runSync({ timeout: LONGEST });
  const { reductions } = vm.inspect(main);
  const printed = world.printed + endOf(main, status);
  // What still waits must not be there for the next one.
  if (status !== "done") worlds.delete(way);
  return { printed, reductions };
}

function endOf(main: Process, status: string): string {
  if (main.outcome === null) return `The program has not ended: ${status}\n`;
  const reason = thrown(main.outcome.reason);
  return reason === null ? "" : `${UNCAUGHT}${reason}\n`;
}

/** Runs in all these ways: each prints the same as Node, and with one budget all engines spend the same. */
export function checkWays(pack: Pack, ways: readonly Way[], expected: string | null, label = ""): void {
  // Where turns end the limit of frames is looked at, so deep recursion ends at other places with other budgets.
  const spent = new Map<number, number>();
  for (const way of ways) {
    const { printed, reductions } = runCounted(pack, way);
    expect(printed, `${label}${way.name}`).toBe(expected);
    const budget = way.options.budget!;
    if (!spent.has(budget)) spent.set(budget, reductions);
    expect(reductions, `${label}${way.name}: reductions`).toBe(spent.get(budget));
  }
}

/** In the words of Node; null for a normal end. */
function thrown(reason: Value): string | null {
  if (inspect(reason) === ":normal") return null;
  const value = reason instanceof Tuple && inspect(reason.items[0]) === ":throw" ? reason.items[1] : reason;
  if (value instanceof IonObject && getProperty(value, "$stack") !== undefined) {
    return `${getProperty(value, "$name")}: ${getProperty(value, "$message")}`;
  }
  if (value === Unit) return "null";
  return typeof value === "string" ? `'${value}'` : inspect(value);
}
