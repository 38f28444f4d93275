/** What programs find besides their own functions. */
import { type FunctionRecord, VERSION_2 } from "../bytecode/model.ts";
import { verifyFunction } from "../bytecode/verify.ts";
import { AsyncForeignFunction, type ForeignRegistry } from "../foreign/registry.ts";
import type { BytecodeSpec } from "../foreign/spec.ts";
import { type FunctionValue, functionOf } from "../values/function.ts";
import { Tuple } from "../values/value.ts";
import { Code } from "./code.ts";
import { HEADER } from "./frame.ts";
import { FIRST_GLOBAL } from "./globals.ts";

/** What a program can call by name; a VM has its own, since it profiles and compiles what is bytecode. */
export class Library {
  readonly #foreign: ForeignRegistry;
  /** Functions that are called like foreign ones, but are bytecode. */
  readonly #bytecode: ReadonlyMap<string, FunctionValue>;
  /** Places of variables of classes among those of a process, by name as others see it. */
  readonly #globals = new Map<string, number>();
  readonly #waiting = new Map<AsyncForeignFunction, FunctionValue>();

  constructor(foreign: ForeignRegistry, bytecode: readonly BytecodeSpec[]) {
    this.#foreign = foreign;
    this.#bytecode = new Map(bytecode.map((spec) => [spec.name, functionOfSpec(spec)]));
  }

  find(name: string): FunctionValue | undefined {
    const found = this.#foreign.get(name);
    if (found === undefined) return this.#bytecode.get(name);
    return found instanceof AsyncForeignFunction ? this.#waitingFor(found) : functionOf(found);
  }

  /** The place of a variable of a class: the same for all code that is linked for this VM. */
  placeOfGlobal(name: string): number {
    let place = this.#globals.get(name);
    if (place === undefined) {
      place = FIRST_GLOBAL + this.#globals.size;
      this.#globals.set(name, place);
    }
    return place;
  }

  names(): string[] {
    return [...this.#foreign.names(), ...this.#bytecode.keys()];
  }

  #waitingFor(foreign: AsyncForeignFunction): FunctionValue {
    let known = this.#waiting.get(foreign);
    if (known === undefined) {
      known = functionWaitingFor(foreign);
      this.#waiting.set(foreign, known);
    }
    return known;
  }
}

function functionOfSpec({ name, parameters, body }: BytecodeSpec): FunctionValue {
  return valueOf(codeOfBody(name, parameters.length, body));
}

function valueOf(code: Code): FunctionValue {
  const value = functionOf(code);
  code.value = value;
  return value;
}

/** In the registers of such a function behind its arguments, so that it knows how many it was given. */
export const NOT_GIVEN = new Tuple([]);
NOT_GIVEN.immutable = true;
/** More arguments than that cannot be told apart; a call has at most 255. */
const MOST_REGISTERS = 255;
/** Every frame has so many. */
const LEAST_REGISTERS = 16;

/**
 * An asynchronous foreign function is a function of one instruction, which waits: so whoever calls it does so as it calls
 * all bytecode, and waiting, being preempted and ending in there is what it is everywhere.
 */
function functionWaitingFor(foreign: AsyncForeignFunction): FunctionValue {
  const { parameters, rest } = foreign.spec;
  const count = rest === undefined ? Math.max(LEAST_REGISTERS, parameters.length + 1) : MOST_REGISTERS;
  const registers = Array.from({ length: count }, (_, i) => i);
  const body: BytecodeSpec["body"] = [
    { op: "AWAIT_FOREIGN", operands: [0, functionOf(foreign), registers] },
    { op: "RETURN", operands: [0] },
  ];
  const code = codeOfBody(foreign.name, count, body, true);
  for (const register of registers) code.template[HEADER + register] = NOT_GIVEN;
  return valueOf(code);
}

/** Code of ours, from no file. */
export function codeOfBody(name: string, arity: number, body: BytecodeSpec["body"], waitsForHost = false): Code {
  const record: FunctionRecord = { name, arity, extraRegs: 0, body: { kind: "bytecode", instructions: body } };
  const code = new Code({
    className: name,
    functionName: null,
    arity,
    extraRegs: 0,
    version: 2,
    facts: verifyFunction(record, VERSION_2),
    lines: [],
    sourceFile: null,
    unit: { prefix: "", file: name, resource: () => undefined, source: () => undefined },
    waitsForHost,
  });
  code.instructions = body;
  return code;
}
