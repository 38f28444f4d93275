// A bank: every account is a process, looked after by a supervisor that starts it again when it fails. What was booked
// is kept by a ledger, so that a new account process goes on where the old one ended. Clients transfer money, and now
// and then ask for something that no account survives; what was not answered they ask again. At the end the bank closes.

import {
  after,
  any,
  atom,
  demonitor,
  exit,
  monitor,
  on,
  receive,
  register,
  self,
  send,
  spawn,
  tuple,
  whereIs,
} from "ion:process";

const ACCOUNTS = 8;
const CLIENTS = 6;
const SIZE = 20;
const CLOSED = atom("closed");

class Refused extends Error {
  constructor(message) {
    super(message);
    this.name = "Refused";
  }
}

/** Asks a process and waits for the answer, or for its end: then the answer is null. */
function ask(server, request) {
  const ref = monitor(server);
  send(server, { from: self(), ref, request });
  const answer = receive(
    on({ ref, value: any }, ({ value }) => ({ value })),
    on(tuple(atom("DOWN"), ref, any, any), () => null),
    after(60_000, () => ({ value: "no answer" })),
  );
  demonitor(ref);
  return answer;
}

/** Asks a process, or the account with a number, until there is an answer. */
function insist(target, request) {
  for (;;) {
    const answer = ask(typeof target === "number" ? find(target) : target, request);
    if (answer !== null) return answer.value;
  }
}

function reply({ from, ref }, value) {
  send(from, { ref, value });
}

/** Keeps what was booked: the balances, and how many bookings there were. */
function ledger(count) {
  const balances = new Array(count).fill(100);
  let bookings = 0;
  for (;;) {
    const message = receive();
    const { request } = message;
    switch (request.type) {
      case "book":
        balances[request.account] += request.amount;
        bookings++;
        reply(message, balances[request.account]);
        break;
      case "balance":
        reply(message, balances[request.account]);
        break;
      case "all":
        reply(message, { balances, bookings });
        break;
      default:
        throw new Refused(`the ledger knows no ${request.type}`);
    }
  }
}

/** One account. It fails by an error that nobody catches. */
function account(number, book) {
  let balance = ask(book, { type: "balance", account: number }).value;
  for (;;) {
    const message = receive();
    const { type, amount } = message.request;
    if (type === "balance") {
      reply(message, balance);
      continue;
    }
    if (!(amount > 0)) throw new Refused(`account ${number} cannot book ${amount}`);
    balance = ask(book, { type: "book", account: number, amount: type === "deposit" ? amount : -amount }).value;
    reply(message, balance);
  }
}

/** Starts the accounts, and each one again that has failed. */
function supervisor(count, book) {
  const children = [];
  const start = (number) => {
    const child = spawn(account, number, book);
    children[number] = { child, ref: monitor(child) };
  };
  for (let number = 0; number < count; number++) start(number);
  let failures = 0;
  for (;;) {
    const message = receive(
      on({ from: any, ref: any, request: any }, (question) => question),
      on(tuple(atom("DOWN"), any, any, any), (down) => ({ failed: down[1] })),
    );
    if (message.failed !== undefined) {
      failures++;
      start(children.findIndex(({ ref }) => ref === message.failed));
      continue;
    }
    const { type, number } = message.request;
    if (type === "close") break;
    reply(message, type === "find" ? children[number].child : failures);
  }
  for (const { child } of children) exit(child, CLOSED);
  exit(book, CLOSED);
}

/** The account with this number, as it is called now. */
function find(number) {
  return insist(whereIs(atom("supervisor")), { type: "find", number });
}

/** Transfers money; what the random sequence gives is the same in each run. */
function client(number, transfers, done) {
  let seed = number * 7919 + 1;
  const below = (n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % n;
  };
  const tally = { moved: 0, poison: 0 };
  for (let i = 0; i < transfers; i++) {
    const from = below(ACCOUNTS);
    const to = (from + 1 + below(ACCOUNTS - 1)) % ACCOUNTS;
    const amount = 1 + below(50);
    if (below(10) === 0) {
      // No account answers that.
      ask(find(from), { type: "deposit", amount: -amount });
      tally.poison++;
    }
    insist(from, { type: "withdraw", amount });
    insist(to, { type: "deposit", amount });
    tally.moved += amount;
  }
  send(done, { client: number, tally });
}

/** A bank from its opening to its closing. */
function bank(transfers) {
  const book = spawn(ledger, ACCOUNTS);
  const head = spawn(supervisor, ACCOUNTS, book);
  register(atom("supervisor"), head);
  for (let number = 0; number < CLIENTS; number++) spawn(client, number, transfers, self());
  const moved = [];
  for (let number = 0; number < CLIENTS; number++) {
    moved.push(receive(on({ client: number, tally: any }, (message) => message.tally.moved)));
  }
  const { balances, bookings } = insist(book, { type: "all" });
  for (let number = 0; number < ACCOUNTS; number++) {
    const balance = insist(number, { type: "balance" });
    if (balance !== balances[number])
      throw new Error(`account ${number} has ${balance}, the ledger says ${balances[number]}`);
  }
  // There is no answer but its end.
  ask(head, { type: "close" });
  return { moved, balances, bookings };
}

/** So many transfers by each client: what was moved and booked in all. */
function run(transfers) {
  const { moved, bookings } = bank(transfers);
  return moved.reduce((sum, one) => sum + one, bookings);
}

const { moved, balances, bookings } = bank(SIZE);
for (const [number, one] of moved.entries()) console.log(`client ${number} moved ${one}`);
const total = balances.reduce((sum, balance) => sum + balance, 0);
console.log(`balances ${balances.join(", ")}: ${total} in all`);
console.log(`${moved.reduce((sum, one) => sum + one, 0)} moved by ${bookings} bookings`);
console.log(`checksum ${run(2)}`);
