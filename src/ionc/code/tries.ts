/** `try`, `catch` and `finally`. */
import type { BlockStatement, CatchClause, TryStatement } from "acorn";
import { FIRST_EXIT, type Finalizer, NORMAL_COMPLETION, THROW_COMPLETION } from "./control.ts";
import type { FunctionCode } from "./function-code.ts";
import { leave } from "./jumps.ts";
import { bindPattern } from "./patterns.ts";
import { openTry } from "./resumption.ts";
import { inScope } from "./statements.ts";

export function tryStatement(fn: FunctionCode, node: TryStatement): void {
  const { block, handler, finalizer } = node;
  if (!finalizer) {
    tryCatch(fn, block, handler!);
    return;
  }
  withFinally(fn, finalizer, () => (handler ? tryCatch(fn, block, handler) : fn.statement(block)));
}

function tryCatch(fn: FunctionCode, block: BlockStatement, handler: CatchClause): void {
  fn.scoped(() => {
    const caught = fn.register();
    const catching = fn.label();
    const end = fn.label();
    const close = openTry(fn, caught, catching);
    fn.controls.push({ kind: "try" });
    fn.statement(block);
    fn.controls.pop();
    close();
    fn.emit("END_TRY");
    fn.emit("JUMP", end);
    fn.mark(catching);
    inScope(fn, handler, () => {
      if (handler.param) {
        fn.callBuiltin(caught, "%caught", [caught]);
        bindPattern(fn, handler.param, caught);
      }
      fn.statement(handler.body);
    });
    fn.mark(end);
  });
}

/** The block behind `finally` is there once; a number says how control goes on behind it. */
function withFinally(fn: FunctionCode, block: BlockStatement, run: () => void): void {
  fn.scoped(() => {
    const finalizer: Finalizer = { entry: fn.label(), completion: fn.register(), value: fn.register(), exits: [] };
    const { completion, value, entry, exits } = finalizer;
    const failing = fn.label();
    const close = openTry(fn, value, failing);
    fn.controls.push({ kind: "finally", finalizer });
    run();
    fn.controls.pop();
    close();
    fn.emit("END_TRY");
    fn.load(completion, NORMAL_COMPLETION);
    fn.emit("JUMP", entry);
    fn.mark(failing);
    fn.load(completion, THROW_COMPLETION);
    fn.mark(entry);
    fn.statement(block);
    goOn(fn, completion, THROW_COMPLETION, () => fn.emit("THROW", value));
    for (const [i, exit] of exits.entries()) goOn(fn, completion, FIRST_EXIT + i, () => leave(fn, exit, value));
  });
}

function goOn(fn: FunctionCode, completion: number, number: number, run: () => void): void {
  const other = fn.label();
  fn.scoped(() => {
    const isIt = fn.register();
    fn.emit("JS_EQUAL", isIt, completion, fn.constant(number));
    fn.emit("JUMP_IF_FALSE", isIt, other);
  });
  run();
  fn.mark(other);
}
