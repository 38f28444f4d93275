/** Built-ins that are a few instructions: what calls a function with any `this` and any arguments. */
import { FunctionBuilder, functionRef, vmRef } from "../bytecode/builder.ts";
import type { ClassFile } from "../bytecode/model.ts";
import { JS_REFERENCE } from "../bytecode/special.ts";
import { ClassBuilder } from "../pack/builder.ts";
import { atom } from "../values/atom.ts";
import { sourceName } from "./library.ts";

/** By name, each with the `length` that programs see. */
export const CODE: Readonly<Record<string, number>> = {
  "Function.prototype.call": 1,
  "Function.prototype.apply": 2,
  "Function.prototype.bind": 1,
  "Object.prototype.toLocaleString": 0,
  "Reflect.apply": 3,
  "Reflect.construct": 2,
};

function builtIn(to: FunctionBuilder, name: string): number {
  return to.constant(atom(JS_REFERENCE + name));
}

function call(): FunctionBuilder {
  const code = new FunctionBuilder(sourceName("Function.prototype.call"), { arity: 1 });
  const [self] = code.arguments;
  const rest = code.register();
  code.emit("COLLECT", rest);
  const callee = code.constant(vmRef("this"));
  return code.emit("CALL_SPREAD", rest, callee, self, rest).emit("RETURN", rest);
}

function apply(): FunctionBuilder {
  const code = new FunctionBuilder(sourceName("Function.prototype.apply"), { arity: 2 });
  const [self, list] = code.arguments;
  const callee = code.constant(vmRef("this"));
  return spreading(code, callee, self, list);
}

function toLocaleString(): FunctionBuilder {
  const code = new FunctionBuilder(sourceName("Object.prototype.toLocaleString"));
  const self = code.constant(vmRef("this"));
  return code.emit("JS_CALL_METHOD", self, self, "toString", []).emit("RETURN", self);
}

function reflectApply(): FunctionBuilder {
  const code = new FunctionBuilder(sourceName("Reflect.apply"), { arity: 3 });
  const [callee, self, list] = code.arguments;
  return spreading(code, callee, self, list);
}

function spreading(code: FunctionBuilder, callee: number, self: number, list: number): FunctionBuilder {
  const array = builtIn(code, "%arrayLike");
  return code.emit("CALL", array, array, [list]).emit("CALL_SPREAD", array, callee, self, array).emit("RETURN", array);
}

function construct(): FunctionBuilder {
  const code = new FunctionBuilder(sourceName("Reflect.construct"), { arity: 2 });
  const [callee, list] = code.arguments;
  const [object, result] = code.registers(2);
  const array = builtIn(code, "%arrayLike");
  return code
    .emit("CALL", array, array, [list])
    .emit("JS_ALLOCATE", object, callee)
    .emit("CALL_SPREAD", result, callee, object, array)
    .emit("JS_CONSTRUCTED", result, result, object)
    .emit("RETURN", result);
}

const BOUND = "bound";

function bind(): FunctionBuilder {
  const code = new FunctionBuilder(sourceName("Function.prototype.bind"), { arity: 1 });
  const [self] = code.arguments;
  const first = code.register();
  code.emit("COLLECT", first);
  const target = code.constant(vmRef("this"));
  const made = code.constant(functionRef(BOUND));
  code.emit("MAKE_CLOSURE", made, made, "", [
    { name: "target", register: target },
    { name: "self", register: self },
    { name: "first", register: first },
  ]);
  const naming = builtIn(code, "%bound");
  return code.emit("CALL", naming, naming, [made, target, first]).emit("RETURN", naming);
}

function bound(): FunctionBuilder {
  const code = new FunctionBuilder(BOUND, { captures: 3 });
  const [target, self, first] = [0, 1, 2];
  const rest = code.register();
  code.emit("COLLECT", rest);
  const concat = builtIn(code, "%concat");
  return code
    .emit("CALL", rest, concat, [first, rest])
    .emit("CALL_SPREAD", rest, target, self, rest)
    .emit("RETURN", rest);
}

export function classOfCode(): ClassFile {
  return new ClassBuilder()
    .add(call(), apply(), toLocaleString(), reflectApply(), construct(), bind(), bound())
    .build();
}
