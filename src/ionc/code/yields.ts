/** `yield` and `yield*`. */
import type { Expression, YieldExpression } from "acorn";
import { Undefined } from "../../values/value.ts";
import type { FunctionCode } from "./function-code.ts";
import { leave } from "./jumps.ts";
import { operand } from "./operands.ts";
import { MODE, RETURN_MODE, SENT, suspend, THROW_MODE } from "./resumption.ts";

export function yieldExpression(fn: FunctionCode, node: YieldExpression, target: number): void {
  if (node.delegate) {
    delegate(fn, node.argument!, target);
    return;
  }
  fn.scoped(() => {
    const value = node.argument ? operand(fn, node.argument) : fn.constant(Undefined);
    fn.at(node);
    suspend(fn, value);
    goOn(fn);
    fn.emit("MOVE", target, SENT);
  });
}

/** Raises what was thrown into the generator, or returns what it was ended with. */
function goOn(fn: FunctionCode): void {
  unlessMode(fn, THROW_MODE, () => fn.emit("THROW", SENT));
  unlessMode(fn, RETURN_MODE, () => leave(fn, { kind: "return" }, SENT));
}

function unlessMode(fn: FunctionCode, mode: number, run: () => void): void {
  const other = fn.label();
  fn.scoped(() => {
    const isIt = fn.register();
    fn.emit("JS_EQUAL", isIt, MODE, fn.constant(mode));
    fn.emit("JUMP_IF_FALSE", isIt, other);
  });
  run();
  fn.mark(other);
}

/** Passes everything on to another iterator, until that is done. */
function delegate(fn: FunctionCode, argument: Expression, target: number): void {
  fn.scoped(() => {
    const iterator = fn.register();
    const result = fn.register();
    const value = operand(fn, argument);
    fn.at(argument);
    fn.callBuiltin(iterator, "%iterate", [value]);
    ofArray(fn, iterator);
    fn.load(MODE, 0);
    fn.load(SENT, Undefined);
    const again = fn.label();
    const end = fn.label();
    const got = fn.label();
    fn.mark(again);
    unlessMode(fn, THROW_MODE, () => throwInto(fn, iterator, result, got));
    unlessMode(fn, RETURN_MODE, () => endOf(fn, iterator, result, got));
    fn.emit("JS_CALL_METHOD", result, iterator, "next", [SENT]);
    fn.mark(got);
    refuseResult(fn, result);
    whenDone(fn, result, () => {
      unlessMode(fn, RETURN_MODE, () => {
        const last = fn.register();
        fn.emit("JS_GET", last, result, fn.key("value"));
        leave(fn, { kind: "return" }, last);
      });
      fn.emit("JS_GET", target, result, fn.key("value"));
      fn.emit("JUMP", end);
    });
    fn.emit("JS_GET", result, result, fn.key("value"));
    suspend(fn, result);
    fn.emit("JUMP", again);
    fn.mark(end);
  });
}

/** An Array is its own fast way of iterating; here it needs an iterator. */
function ofArray(fn: FunctionCode, iterator: number): void {
  const other = fn.label();
  fn.scoped(() => {
    const isArray = fn.register();
    fn.callBuiltin(isArray, "Array.isArray", [iterator]);
    fn.emit("JUMP_IF_FALSE", isArray, other);
    fn.emit("JS_CALL_METHOD", iterator, iterator, "@@iterator", []);
  });
  fn.mark(other);
}

type Place = ReturnType<FunctionCode["label"]>;

/** Runs if the iterator has this method, which it need not. */
function withMethod(fn: FunctionCode, iterator: number, name: string, run: (method: number) => void): void {
  const missing = fn.label();
  fn.scoped(() => {
    const method = fn.register();
    fn.emit("JS_GET", method, iterator, fn.key(name));
    fn.scoped(() => {
      const isMissing = fn.register();
      fn.emit("JS_NULLISH", isMissing, method);
      fn.emit("JUMP_IF_TRUE", isMissing, missing);
    });
    run(method);
  });
  fn.mark(missing);
}

function throwInto(fn: FunctionCode, iterator: number, result: number, got: Place): void {
  withMethod(fn, iterator, "throw", (method) => {
    fn.emit("CALL_THIS", result, method, iterator, [SENT]);
    fn.emit("JUMP", got);
  });
  fn.scoped(() => fn.callBuiltin(fn.register(), "%close", [iterator]));
  fn.raise("TypeError", "The iterator does not provide a 'throw' method");
}

function endOf(fn: FunctionCode, iterator: number, result: number, got: Place): void {
  withMethod(fn, iterator, "return", (method) => {
    fn.emit("CALL_THIS", result, method, iterator, [SENT]);
    fn.emit("JUMP", got);
  });
  leave(fn, { kind: "return" }, SENT);
}

function whenDone(fn: FunctionCode, result: number, run: () => void): void {
  const goesOn = fn.label();
  fn.scoped(() => {
    const done = fn.register();
    fn.emit("JS_GET", done, result, fn.key("done"));
    fn.emit("JS_TRUTH", done, done);
    fn.emit("JUMP_IF_FALSE", done, goesOn);
  });
  run();
  fn.mark(goesOn);
}

/** What `next` gives must be an object. */
export function refuseResult(fn: FunctionCode, result: number): void {
  const isObject = fn.label();
  fn.scoped(() => {
    const checked = fn.register();
    fn.emit("JS_CONSTRUCTED", checked, result, fn.constant(Undefined));
    fn.emit("JS_NULLISH", checked, checked);
    fn.emit("JUMP_IF_FALSE", checked, isObject);
    fn.cold(() => fn.callBuiltin(checked, "%refuseResult", [result]));
  });
  fn.mark(isObject);
}
