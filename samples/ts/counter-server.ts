// A server that keeps a number: requests with the sender in them, replies, and what it counted at its end.
import { any, atom, on, type Process, receive, self, send, spawn, tuple } from "ion:process";

function call(server: Process, request: string): unknown {
  send(server, { from: self(), request });
  return receive();
}

function server(start: number): void {
  let count = start;
  for (;;) {
    const { from, request } = receive(
      on({ from: any, request: any }, (message: { from: Process; request: string }) => message),
    );
    switch (request) {
      case "increment":
        send(from, ++count);
        break;
      case "reset":
        count = 0;
        send(from, count);
        break;
      case "stop":
        send(from, tuple(atom("stopped"), count));
        return;
      default:
        send(from, `(unknown, ${request})`);
    }
  }
}

const counter = spawn(server, 0);
call(counter, "increment");
console.log(call(counter, "increment"));
console.log(call(counter, "reset"));
console.log(call(counter, "fly"));
call(counter, "increment");
send(counter, { from: self(), request: "stop" });
const last = receive(on(tuple(atom("stopped"), any), (stopped: readonly [unknown, number]) => stopped[1]));
console.log(`=> ${last}`);
