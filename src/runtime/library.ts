/** What programs find besides their own functions. */
import { type FunctionRecord, VERSION_2 } from "../bytecode/model.ts";
import { verifyFunction } from "../bytecode/verify.ts";
import type { BytecodeSpec, ForeignRegistry } from "../foreign/registry.ts";
import { type FunctionValue, functionOf } from "../values/function.ts";
import { Code } from "./code.ts";

export interface Library {
  readonly foreign: ForeignRegistry;
  /** Functions that are called like foreign ones, but are bytecode. */
  readonly bytecode: ReadonlyMap<string, FunctionValue>;
}

/** The functions of a library that is bytecode; a VM has its own, since it profiles and compiles them. */
export function bytecodeFunctions(specs: readonly BytecodeSpec[]): ReadonlyMap<string, FunctionValue> {
  return new Map(specs.map((spec) => [spec.name, functionOfSpec(spec)]));
}

function functionOfSpec({ name, parameters, body }: BytecodeSpec): FunctionValue {
  const code = codeOfBody(name, parameters.length, body);
  const value = functionOf(code);
  code.value = value;
  return value;
}

/** Code of ours, from no file. */
export function codeOfBody(name: string, arity: number, body: BytecodeSpec["body"]): Code {
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
    unit: { prefix: "", file: name, resource: () => undefined },
  });
  code.instructions = body;
  return code;
}
