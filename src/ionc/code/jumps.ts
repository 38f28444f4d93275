/** `break`, `continue` and `return`, through whatever stands in between. */
import type { BreakStatement, ContinueStatement, ReturnStatement } from "acorn";
import { Undefined } from "../../values/value.ts";
import { type Control, type Exit, FIRST_EXIT } from "./control.ts";
import type { FunctionCode } from "./function-code.ts";
import { operand } from "./operands.ts";

type Target = Extract<Control, { kind: "target" }>;

export function breakStatement(fn: FunctionCode, { label }: BreakStatement): void {
  const target = fn.controls.findLast((one): one is Target => {
    return one.kind === "target" && (label ? one.labels.includes(label.name) : one.isBreakable);
  });
  if (target !== undefined) leave(fn, { kind: "jump", target, isContinue: false });
}

export function continueStatement(fn: FunctionCode, { label }: ContinueStatement): void {
  const target = fn.controls.findLast((one): one is Target => {
    return one.kind === "target" && one.continueTo !== null && (!label || one.labels.includes(label.name));
  });
  if (target !== undefined) leave(fn, { kind: "jump", target, isContinue: true });
}

export function returnStatement(fn: FunctionCode, node: ReturnStatement): void {
  fn.scoped(() => {
    const isPlain = fn.controls.every(({ kind }) => kind === "target" || kind === "try");
    if (isPlain) {
      const value = node.argument ? operand(fn, node.argument) : fn.constant(Undefined);
      fn.at(node);
      return finishWith(fn, value);
    }
    // Handlers on the way out may assign the variable.
    const value = fn.register();
    if (node.argument) fn.into(node.argument, value);
    else fn.load(value, Undefined);
    leave(fn, { kind: "return" }, value);
  });
}

/** The end of a function; constructors and generators have ends of their own. */
function finishWith(fn: FunctionCode, value: number): void {
  if (fn.onReturn !== null) fn.onReturn(value);
  else fn.emit("RETURN", value);
}

/**
 * Jumps out of what is around, from the inside out: handlers are closed, iterators told, finally blocks run, which go on
 * from there.
 */
export function leave(fn: FunctionCode, exit: Exit, value: number | null = null, from = fn.controls.length): void {
  for (let i = from - 1; i >= 0; i--) {
    const control = fn.controls[i];
    switch (control.kind) {
      case "target":
        if (exit.kind === "jump" && exit.target === control) {
          fn.emit("JUMP", exit.isContinue ? control.continueTo! : control.breakTo);
          return;
        }
        break;
      case "try":
        fn.emit("END_TRY");
        break;
      case "iterator":
        fn.emit("END_TRY");
        fn.scoped(() => fn.callBuiltin(fn.register(), "%close", [control.iterator]));
        break;
      case "finally": {
        const { finalizer } = control;
        const number = FIRST_EXIT + finalizer.exits.push(exit) - 1;
        if (value !== null) fn.emit("MOVE", finalizer.value, value);
        fn.load(finalizer.completion, number);
        fn.emit("END_TRY");
        fn.emit("JUMP", finalizer.entry);
        return;
      }
    }
  }
  if (exit.kind === "return") finishWith(fn, value!);
}
