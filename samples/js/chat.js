// A chat server: rooms are processes with names, users are processes that talk in them. A room tells everybody what was
// said, in the order in which it heard it, and notices when a user ends without a word. The server closes the rooms when
// nobody has come or gone for a while.

import {
  after,
  any,
  atom,
  cancelTimer,
  exit,
  link,
  monitor,
  on,
  receive,
  register,
  self,
  send,
  sendAfter,
  sleep,
  spawn,
  tuple,
  whereIs,
} from "ion:process";

const ROOMS = ["lounge", "kitchen", "attic"];
const USERS = 9;
const SIZE = 12;
const CLOSING = atom("closing");

/** Keeps the list of rooms, and opens one when it is first asked for. */
function server(done) {
  const rooms = new Map();
  let visits = 0;
  for (;;) {
    const question = receive(
      on({ type: "join", name: any, user: any }, (message) => message),
      after(10_000, () => null),
    );
    if (question === null) break;
    const { name, user } = question;
    let room = rooms.get(name);
    if (room === undefined) {
      room = spawn(openRoom, name, self());
      link(room);
      rooms.set(name, room);
    }
    visits++;
    send(room, { type: "enter", user });
  }
  const reports = [];
  for (const [name, room] of rooms) {
    send(room, CLOSING);
    reports.push(receive(on({ room: name, report: any }, ({ report }) => `${name}: ${report}`)));
  }
  send(done, { visits, reports });
}

/** A room: who is in it, and what was said so far. */
function openRoom(name, owner) {
  const users = new Map();
  const history = [];
  let left = 0;
  let lost = 0;

  const tell = (message) => {
    for (const [, { user }] of users) send(user, message);
  };

  for (;;) {
    const event = receive(
      on({ type: "enter", user: any }, (message) => message),
      on({ type: "say", from: any, text: any }, (message) => message),
      on({ type: "leave", from: any }, (message) => message),
      on(tuple(atom("DOWN"), any, any, any), (down) => ({
        type: "down",
        ref: down[1],
        normal: down[3] === atom("normal"),
      })),
      on(CLOSING, () => ({ type: "closing" })),
    );
    switch (event.type) {
      case "enter": {
        const { user } = event;
        users.set(user.name, { user: user.process, ref: monitor(user.process) });
        send(user.process, { type: "welcome", room: self(), name });
        break;
      }
      case "say":
        if (!users.has(event.from)) break;
        history.push(`${event.from}> ${event.text}`);
        tell({ type: "said", from: event.from, text: event.text, number: history.length });
        break;
      case "leave":
        // What was said before is there already: a user's messages keep their order.
        users.delete(event.from);
        left++;
        break;
      case "down":
        for (const [user, { ref }] of users) {
          if (ref !== event.ref) continue;
          users.delete(user);
          lost++;
        }
        break;
      case "closing": {
        const lengths = history.reduce((sum, line) => sum + line.length, 0);
        send(owner, {
          room: name,
          report: `${history.length} lines, ${lengths} characters, ${left} left, ${lost} lost`,
        });
        return;
      }
    }
  }
}

/** A user: enters a room, talks, hears until all of the own words have come back, and leaves or falls over. */
function user(number, lines, done) {
  const name = `user${number}`;
  sleep(number % 4);
  send(whereIs(atom("chat")), { type: "join", name: ROOMS[number % ROOMS.length], user: { name, process: self() } });
  const room = receive(on({ type: "welcome", room: any, name: any }, (message) => message.room));

  let heard = 0;
  let own = 0;
  let latest = 0;
  let said = 0;
  while (own < lines) {
    if (said <= own) send(room, { type: "say", from: name, text: `line ${said++} of ${name}` });
    const message = receive(on({ type: "said", from: any, text: any, number: any }, (one) => one));
    heard++;
    if (message.number <= latest) throw new Error(`${name} heard ${message.number} behind ${latest}`);
    latest = message.number;
    if (message.from !== name) continue;
    if (message.text !== `line ${own} of ${name}`) throw new Error(`${name} heard "${message.text}" too early`);
    own++;
  }
  send(done, { user: number, own, enough: heard >= own });
  // Some go without a word, and some are made to.
  if (number % 4 === 1) return;
  if (number % 4 === 3) exit(self(), tuple(atom("tired"), name));
  send(room, { type: "leave", from: name });
  // They stay until the rooms have closed, to be seen by nobody.
  receive(after(1000, () => null));
}

/** A chat from its opening until nobody is there any more. */
function talk(lines) {
  const chat = spawn(server, self());
  const ending = monitor(chat);
  register(atom("chat"), chat);
  const late = sendAfter(1_000_000, self(), atom("too late"));
  for (let number = 0; number < USERS; number++) spawn(user, number, lines, self());
  let own = 0;
  for (let number = 0; number < USERS; number++) {
    const message = receive(on({ user: number, own: any, enough: true }, (one) => one));
    own += message.own;
  }
  const { visits, reports } = receive(on({ visits: any, reports: any }, (message) => message));
  cancelTimer(late);
  // Its name is free again.
  receive(on(tuple(atom("DOWN"), ending, any, any)));
  return { own, visits, reports: reports.sort() };
}

/** So many lines of each user: how many came back, and how long the reports are. */
function run(lines) {
  const { own, reports } = talk(lines);
  return own + reports.join().length;
}

const { own, visits, reports } = talk(SIZE);
console.log(`${own} lines came back`);
console.log(`${visits} visits`);
for (const report of reports) console.log(report);
console.log(`checksum ${run(3)}`);
