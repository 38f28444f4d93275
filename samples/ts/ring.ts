// A token goes a hundred times round a ring of a thousand processes.
import { atom, type Process, receive, self, send, spawn } from "ion:process";

const STOP = atom("stop");

/** Hands on what comes, one higher. */
function member(next: Process): void {
  for (;;) {
    const token = receive();
    if (token === STOP) break;
    send(next, token + 1);
  }
  send(next, STOP);
}

// The last member hands on to the program.
let first = self();
for (let i = 1; i < 1000; i++) first = spawn(member, first);

// The token counts its hops.
let token = 0;
for (let round = 0; round < 100; round++) {
  send(first, token);
  token = receive<number>() + 1;
}
send(first, STOP);
receive();
console.log(`=> ${token}`);
