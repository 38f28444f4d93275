/** Processes that run the same code with other values: what one has found must not be taken for what another finds. */
import { expect, it } from "vitest";
import { compile, MORE_WAYS, runCounted, type Way } from "./engines.ts";

/** Two workers call one function, each with its own value; what they send, in their order. */
function program(worker: string, first: string, second: string): string {
  return `import { receive, self, send, spawn } from "ion:process";
    ${worker}
    const main = self();
    spawn(() => { ${first}; send(main, "first " + work(value, 34)); });
    spawn(() => { ${second}; send(main, "second " + work(value, 34)); });
    console.log([receive(), receive()].sort().join());`;
}

const BUDGETS = [1, 2, 3, 5, 7, 11, 2000];
const WAYS: readonly Way[] = MORE_WAYS.filter(({ options }) => options.budget === 1).flatMap(({ name, options }) =>
  BUDGETS.map((budget) => ({ name: `${name} ${budget}`, options: { ...options, budget } })),
);

it.each([
  [
    "a method of one array and that of all",
    'function work(a, n) { let s = ""; for (let i = 0; i < n; i++) { if (i > 30) s = s + a.map((x) => x + 1); } return s; }',
    'const value = [1, 2]; value.map = () => "own"',
    "const value = [1, 2]",
    "first ownownown,second 2,32,32,3",
  ],
  [
    "elements that are called",
    'function work(a, n) { let s = ""; for (let i = 0; i < n; i++) { if (i > 30) s = s + a["0"](); } return s; }',
    'const value = [() => "x"]',
    'const value = [() => "y"]',
    "first xxx,second yyy",
  ],
  [
    "a method of an object and that of texts",
    'function work(v, n) { let s = ""; for (let i = 0; i < n; i++) { if (i > 30) s = s + v.at(1); } return s; }',
    'const value = { at: () => "own" }',
    'const value = "ab"',
    "first ownownown,second bbb",
  ],
])("%s", (_, worker, first, second, printed) => {
  const pack = compile(program(worker, first, second), "processes.js");
  for (const way of WAYS) expect(runCounted(pack, way).printed, way.name).toBe(`${printed}\n`);
});
