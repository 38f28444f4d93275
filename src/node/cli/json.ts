/** JSON of whole programs, in lines: all in one text it might be longer than a text can be. */
import type { ClassFile } from "../../bytecode/model.ts";

/** What is told of a class: its functions become a line each. */
export interface ClassFacts {
  readonly functions: readonly object[];
}

/** Classes as the items of a JSON array. */
export function* classLines(
  classes: readonly (readonly [string, ClassFile])[],
  factsOf: (classFile: ClassFile, className: string) => ClassFacts,
): Generator<string> {
  for (const [index, [className, classFile]] of classes.entries()) {
    const { functions, ...head } = factsOf(classFile, className);
    yield `${JSON.stringify(head).slice(0, -1)},"functions":[`;
    for (const [at, fn] of functions.entries()) yield JSON.stringify(fn) + commaBefore(at + 1, functions);
    yield `]}${commaBefore(index + 1, classes)}`;
  }
}

function commaBefore(index: number, items: readonly unknown[]): string {
  return index < items.length ? "," : "";
}
