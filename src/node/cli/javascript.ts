/** `iondis --js`: the JavaScript that functions become, with each instruction above what it becomes. */
import { LoadError, shown } from "../../errors.ts";
import { type Code, codeOfValue } from "../../runtime/code.ts";
import type { FunctionValue } from "../../values/function.ts";
import { type LoadOptions, VM } from "../../vm.ts";

/** @throws LoadError also if there is no such function or instruction */
export function* javascriptLines(
  bytes: Uint8Array,
  loading: LoadOptions,
  className: string | undefined,
  functionName: string | undefined,
  entry: number | null,
): Generator<string> {
  const vm = new VM();
  const program = vm.load(bytes, loading);
  const all = [...program.functions.values()].flatMap((value) => {
    const code = codeOfValue(value);
    return code === null ? [] : [{ code, value }];
  });
  const chosen = all.filter(({ code }) => {
    return (
      (className === undefined || code.className === className) &&
      (functionName === undefined || code.functionName === functionName)
    );
  });
  if (chosen.length === 0)
    throw new LoadError(`there is no function ${shown(functionName ?? "")} to compile`, place(loading));
  let first = true;
  for (const { code, value } of chosen) {
    if (!first) yield "";
    first = false;
    yield* functionLines(vm, code, value, entry, loading);
  }
}

function place({ file }: LoadOptions): { file?: string } {
  return file === undefined ? {} : { file };
}

function* functionLines(
  vm: VM,
  code: Code,
  value: FunctionValue,
  entry: number | null,
  loading: LoadOptions,
): Generator<string> {
  const most = code.instructions.length;
  if (entry !== null && entry > most) {
    throw new LoadError(`${shown(code.name)} has ${most} instructions, and no ${entry}`, place(loading));
  }
  yield `// ${shown(code.name)}`;
  yield* vm.javascript(value, entry).trimEnd().split("\n");
}
