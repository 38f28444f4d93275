/**
 * As many random programs in JavaScript as one likes: `npm run fuzz:js -- [count] [seed]`. A failing one is made smaller
 * and printed, with what differs.
 */
import { differences } from "./differences.ts";
import { randomProgram, shrink, textOf } from "./generate.ts";

const count = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? Date.now() % 2 ** 31);
process.stderr.write(`${count} programs, seeds from ${first}\n`);

let failures = 0;
for (let i = 0; i < count && failures < 5; i++) {
  if (i > 0 && i % 100 === 0) process.stderr.write(`${i}\n`);
  const { root } = randomProgram(first + i);
  if (differences(textOf(root)) === null) continue;
  failures++;
  const small = textOf(shrink(root, (source) => differences(source) !== null));
  process.stdout.write(`seed ${first + i}: ${differences(small)}\n\n${small}\n\n`);
  process.exitCode = 1;
}
