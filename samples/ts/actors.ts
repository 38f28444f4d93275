// Five workers each sum up a part of the numbers to 1000; the program adds what they answer.
import { type Process, receive, self, send, spawn } from "ion:process";

/** Sends the sum of the numbers from `from` to below `to`. */
function worker(replyTo: Process, from: number, to: number): void {
  let sum = 0;
  for (let n = from; n < to; n++) sum += n;
  send(replyTo, sum);
}

const PART = 200;
for (let from = 0; from < 1000; from += PART) spawn(worker, self(), from, from + PART);

let sum = 0;
for (let i = 0; i < 5; i++) sum += receive<number>();
console.log(`=> ${sum}`);
