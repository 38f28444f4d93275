// The pack `std`: a supervisor, a server with a name, a request that ends it, a timer, selective receive.
import { atom, on, receive, self, sendAfter, tuple } from "ion:process";
import { Server, Supervisor } from "ion:std";

const COUNTER = atom("counter");

interface Add {
  readonly add: unknown;
}

function counterCall({ add }: Add, _from: unknown, count: number) {
  if (typeof add !== "number") throw add;
  return tuple(atom("reply"), count + add, count + add);
}

function counterEnds() {
  console.log("the counter ends: shutdown");
}

/** For the supervisor. */
function startCounter(count: number) {
  const server = Server.startLink({ call: counterCall, terminate: counterEnds }, count, COUNTER);
  console.log(`the counter begins with ${count}`);
  return server;
}

/** What the counter answers, or why it did not. */
function ask(request: Add): void {
  try {
    console.log(Server.call(COUNTER, request));
  } catch (failure) {
    // (down, counter, (throw, five))
    const [, , [, value]] = failure as readonly [unknown, unknown, readonly [unknown, unknown]];
    console.log(`(down, counter, (throw, ${value}))`);
  }
}

// A timer for later: its message is passed over until then.
sendAfter(100, self(), "closing time");

const supervisor = Supervisor.start({
  strategy: atom("one_for_one"),
  children: [{ id: "counter", start: startCounter, argument: 10 }],
});
ask({ add: 5 });
ask({ add: "five" });
Supervisor.children(supervisor);
ask({ add: 7 });

const reason = receive(on("closing time"));
Supervisor.stop(supervisor, atom("shutdown"));
console.log(`=> :"${reason}"`);
