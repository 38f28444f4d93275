/** What `super` starts from. */
import type { AnyNode } from "acorn";
import { Undefined } from "../../values/value.ts";
import type { ClassNode, FunctionInfo } from "../scopes/model.ts";
import type { FunctionCode } from "./function-code.ts";
import { readVariable } from "./variables.ts";

/** The member whose code this is, with arrow functions in it. */
export function methodOf(info: FunctionInfo): FunctionInfo {
  let fn = info;
  while (!fn.ownsThis && fn.parent !== null) fn = fn.parent;
  return fn;
}

/** Is the code that of a static member, whose `super` is the parent itself and not its prototype? */
function isStatic(info: FunctionInfo): boolean {
  const method = methodOf(info);
  if (method.kind === "initialiser") return true;
  const member = method.classNode?.body.body.find((one) => "value" in one && one.value === method.node);
  return member !== undefined && "static" in member && member.static;
}

/** Loads the object that members of `super` are searched in. */
export function superHome(fn: FunctionCode, node: AnyNode, target: number): void {
  const variable = fn.variableOf(node);
  if (variable === undefined) {
    fn.load(target, Undefined);
    return;
  }
  readVariable(fn, variable, node, target);
  if (variable.name.startsWith("home:")) {
    // The home object itself: its prototype.
    fn.callBuiltin(target, "Object.getPrototypeOf", [target]);
    return;
  }
  if (!isStatic(fn.info)) fn.scoped(() => fn.emit("JS_GET", target, target, fn.key("prototype")));
}

/** Does a class have `super` members or a parent that its code refers to? */
export function usesParent({ superClass }: ClassNode): boolean {
  return superClass !== null && superClass !== undefined;
}
