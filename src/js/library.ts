/**
 * The built-ins that are written in the language itself: those that call back into programs, which they may then wait or be
 * preempted in. A topic is a file of `library/`, compiled when one of its functions is first reached.
 *
 * `Array.prototype.map` is the function `Array_prototype_map` there, `%add` is `_add`.
 */

/** The pack that the library is to the linker: in front of the names of its functions where others see them. */
export const LIBRARY_PACK = "js";
export const LIBRARY_PREFIX = `${LIBRARY_PACK}!`;

export interface LibraryRow {
  readonly name: string;
  readonly length: number;
  readonly topic: LibraryTopic;
}

/** By topic: names, each with the `length` that programs see. */
const TOPICS = {
  operators: `
    %add/2 %sub/2 %mul/2 %div/2 %mod/2 %pow/2 %bitAnd/2 %bitOr/2 %bitXor/2 %shl/2 %shr/2 %ushr/2
    %less/2 %lessEqual/2 %greater/2 %greaterEqual/2 %looseEqual/2 %neg/1 %bitNot/1 %number/1 %string/1 %key/1
    %get/2 %set/3 %primitive/2 %retry/5`,
  constructors: "Map/0 Set/0 WeakMap/0 WeakSet/0 AggregateError/2",
  iteration: `
    %iterate/1 %iterateOther/2 %iterable/1 %elements/3 %elementsOfOther/3 %append/2 %appendOther/3 %close/1 %closeQuietly/1 %refuseResult/1 %refusePattern/3
    Array.from/1 Object.fromEntries/1 Object.groupBy/2 Map.groupBy/2
    Map.prototype.forEach/1 Set.prototype.forEach/1`,
  arrays: `
    Array.prototype.map/1 Array.prototype.filter/1 Array.prototype.forEach/1 Array.prototype.reduce/1
    Array.prototype.reduceRight/1 Array.prototype.find/1 Array.prototype.findIndex/1 Array.prototype.findLast/1
    Array.prototype.findLastIndex/1 Array.prototype.some/1 Array.prototype.every/1 Array.prototype.flatMap/1
    Array.prototype.sort/1 Array.prototype.toSorted/1 Array.prototype.join/1 Array.prototype.toString/0
    Array.prototype.toLocaleString/0`,
  objects: `
    Object.assign/2 Object.values/1 Object.entries/1 Object.defineProperties/2 Object.create/2 %assign/2 %rest/2
    Reflect.get/2 Reflect.set/3 %superGet/3 %superSet/4`,
  texts: `
    Error.prototype.toString/0 String/1 Number/1 String.raw/1 String.prototype.replace/2 String.prototype.replaceAll/2 String.prototype.split/2
    String.prototype.match/1 String.prototype.matchAll/1 String.prototype.search/1`,
  generators: `
    %generator/2 %Generator.prototype.next/1 %Generator.prototype.return/1 %Generator.prototype.throw/1
    %Generator.prototype.@@iterator/0`,
  json: "JSON.parse/2 JSON.stringify/3",
} as const;

export type LibraryTopic = keyof typeof TOPICS;
export const LIBRARY_TOPICS = Object.keys(TOPICS) as LibraryTopic[];

export const LIBRARY: readonly LibraryRow[] = LIBRARY_TOPICS.flatMap((topic) => {
  return TOPICS[topic]
    .trim()
    .split(/\s+/)
    .map((row) => {
      const [name, length] = row.split("/");
      return { name, length: Number(length), topic };
    });
});

/** What a built-in is called in its file. */
export function sourceName(name: string): string {
  return name.replace("%", "_").replaceAll(".", "_").replace("@@", "");
}
