// Links by hand: the program traps exits, and starts a worker again each time it fails.
import { any, atom, exit, on, receive, self, spawnLink, trapExit, tuple } from "ion:process";

/** Fails as long as there are failures left. */
function worker(failures: number): void {
  if (failures > 0) exit(self(), `failures left: ${failures}`);
}

trapExit(true);
for (let failures = 3; ; failures--) {
  const child = spawnLink(worker, failures);
  const reason = receive(on(tuple(atom("EXIT"), child, any), (message: readonly unknown[]) => message[2]));
  if (reason === atom("normal")) break;
  console.log(`worker failed (${reason}), starting another`);
}
console.log("worker is done: work");
console.log("=> :work");
