// Waiting with a limit: an answer in time, one that is late, and a look without waiting.
import { after, on, type Process, receive, self, send, sleep, spawn } from "ion:process";

function slow(replyTo: Process, milliseconds: number): void {
  sleep(milliseconds);
  send(replyTo, "answer");
}

function show(answer: unknown): void {
  console.log(`${answer}, ${answer !== undefined}`);
}

spawn(slow, self(), 5);
show(receive({ timeout: 500 }));

spawn(slow, self(), 200);
show(receive({ timeout: 5 }));

// The answer comes all the same: 0 only looks into the mailbox.
sleep(300);
show(receive(on("answer"), after(0)));
show(receive(on("answer"), after(0)));
console.log("=> false");
