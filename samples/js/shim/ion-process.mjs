/** "ion:process" for Node: processes are generators that run by turns, time is virtual. */

class Atom {
  constructor(name) {
    this.name = name;
  }
}

const atoms = new Map();

export function atom(name) {
  if (!atoms.has(name)) atoms.set(name, Object.freeze(new Atom(name)));
  return atoms.get(name);
}

class Tuple extends Array {
  static get [Symbol.species]() {
    return Array;
  }
}

export function tuple(...items) {
  return Object.freeze(Tuple.from(items));
}

class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

export function tagged(tag, value) {
  return Object.freeze(new Tagged(typeof tag === "string" ? atom(tag) : tag, value));
}

class Reference {}

export function makeRef() {
  return Object.freeze(new Reference());
}

/** Matches everything. */
export const any = Object.freeze({ any: true });

export function on(pattern, handler = (message) => message) {
  return { pattern, handler };
}

export function after(milliseconds, handler = () => undefined) {
  return { milliseconds, handler };
}

const NORMAL = atom("normal");

class Process {
  static count = 0;
  constructor(start) {
    this.number = ++Process.count;
    this.start = start;
    this.steps = null;
    this.mailbox = [];
    this.links = new Set();
    this.watchers = [];
    this.trapsExits = false;
    this.name = null;
    this.ended = null;
    this.isQueued = false;
    this.wake = null;
  }
}

const queue = [];
const timers = [];
const names = new Map();
const monitors = new Map();
let now = 0;
let timerCount = 0;
let current = null;

function enqueue(process) {
  if (process.isQueued || process.ended !== null) return;
  process.isQueued = true;
  queue.push(process);
}

function setTimer(milliseconds, run) {
  const timer = { at: now + milliseconds, number: timerCount++, run };
  timers.push(timer);
  return timer;
}

function clear(timer) {
  const at = timers.indexOf(timer);
  if (at >= 0) timers.splice(at, 1);
  return at >= 0;
}

/** Runs the code of a module as the first process, and all others until nothing can happen any more. */
export function run(main) {
  enqueue(new Process(main));
  for (;;) {
    const process = queue.shift();
    if (process !== undefined) {
      process.isQueued = false;
      if (process.ended === null) turn(process);
      continue;
    }
    const due = timers.filter(({ at }) => Number.isFinite(at)).sort((a, b) => a.at - b.at || a.number - b.number)[0];
    if (due === undefined) return;
    clear(due);
    now = due.at;
    due.run();
  }
}

function turn(process) {
  current = process;
  try {
    if (process.steps === null) {
      const started = process.start();
      if (typeof started?.next !== "function") return end(process, NORMAL);
      process.steps = started;
    }
    if (process.steps.next().done) end(process, NORMAL);
  } catch (error) {
    if (process.ended !== null) return;
    if (process.number === 1) {
      console.log(`Uncaught ${error instanceof Error ? `${error.name}: ${error.message}` : error}`);
    }
    end(process, tuple(atom("throw"), error));
  } finally {
    current = null;
  }
}

function end(process, reason) {
  process.ended = { reason };
  if (process.name !== null) names.delete(process.name);
  for (const { ref, watcher } of process.watchers) {
    if (monitors.delete(ref)) deliver(watcher, tuple(atom("DOWN"), ref, process, reason));
  }
  for (const other of process.links) {
    other.links.delete(process);
    signal(other, process, reason);
  }
}

function signal(process, from, reason) {
  if (process.ended !== null) return;
  if (reason === atom("kill")) end(process, atom("killed"));
  else if (process.trapsExits) deliver(process, tuple(atom("EXIT"), from, reason));
  else if (reason !== NORMAL || from === process) end(process, reason);
}

function deliver(process, message) {
  if (process.ended !== null) return;
  process.mailbox.push(message);
  enqueue(process);
}

/** Messages are copied; what cannot change is not. */
function copy(value, seen = new Map()) {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || value instanceof Process) return value;
  if (seen.has(value)) return seen.get(value);
  const target = Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value));
  seen.set(value, target);
  for (const key of Object.keys(value)) target[key] = copy(value[key], seen);
  return target;
}

export function spawn(f, ...args) {
  const given = args.map((value) => copy(value));
  const process = new Process(() => f(...given));
  enqueue(process);
  return process;
}

export function spawnLink(f, ...args) {
  const process = spawn(f, ...args);
  link(process);
  return process;
}

export function spawnMonitor(f, ...args) {
  const process = spawn(f, ...args);
  return tuple(process, monitor(process));
}

export function self() {
  return current;
}

export function send(receiver, message) {
  if (receiver instanceof Reference) {
    const monitored = monitors.get(receiver);
    monitors.delete(receiver);
    if (monitored !== undefined) deliver(monitored.watcher, copy(message));
    return;
  }
  const process = receiver instanceof Atom ? names.get(receiver) : receiver;
  if (process !== undefined) deliver(process, copy(message));
}

export function* receive(...clauses) {
  const patterns = clauses.filter(({ pattern, handler }) => pattern !== undefined && handler !== undefined);
  const late = clauses.find(({ milliseconds }) => milliseconds !== undefined);
  const timeout = late?.milliseconds ?? clauses.find(({ timeout }) => timeout !== undefined)?.timeout;
  const process = current;
  let isLate = timeout === 0;
  let timer = null;
  if (timeout > 0) {
    timer = setTimer(timeout, () => {
      isLate = true;
      enqueue(process);
    });
  }
  for (let at = 0; ; ) {
    for (; at < process.mailbox.length; at++) {
      const message = process.mailbox[at];
      const clause = patterns.find(({ pattern }) => matches(pattern, message));
      if (clause === undefined && (patterns.length > 0 || late !== undefined)) continue;
      process.mailbox.splice(at, 1);
      if (timer !== null) clear(timer);
      return clause === undefined ? message : clause.handler(message);
    }
    if (isLate) return late?.handler();
    yield;
  }
}

function matches(pattern, value) {
  if (pattern === any || Object.is(pattern, value)) return true;
  if (typeof pattern !== "object" || pattern === null || typeof value !== "object" || value === null) return false;
  if (pattern instanceof Atom || pattern instanceof Reference || pattern instanceof Process) return false;
  if (Array.isArray(pattern)) {
    const isSameKind = Array.isArray(value) && pattern instanceof Tuple === value instanceof Tuple;
    return isSameKind && pattern.length === value.length && pattern.every((part, i) => matches(part, value[i]));
  }
  if (pattern instanceof Tagged) {
    return value instanceof Tagged && pattern.tag === value.tag && matches(pattern.value, value.value);
  }
  return Object.keys(pattern).every((key) => key in value && matches(pattern[key], value[key]));
}

export function* sleep(milliseconds) {
  const process = current;
  let isOver = false;
  setTimer(milliseconds, () => {
    isOver = true;
    enqueue(process);
  });
  while (!isOver) yield;
}

export function monitor(process) {
  const ref = makeRef();
  if (process.ended !== null) {
    deliver(current, tuple(atom("DOWN"), ref, process, process.ended.reason));
    return ref;
  }
  monitors.set(ref, { watcher: current });
  process.watchers.push({ ref, watcher: current });
  return ref;
}

export function demonitor(ref) {
  const { mailbox } = current;
  const at = mailbox.findIndex(
    (message) => message instanceof Tuple && message[0] === atom("DOWN") && message[1] === ref,
  );
  if (at >= 0) mailbox.splice(at, 1);
  return monitors.delete(ref);
}

export function link(process) {
  if (process === current) return;
  if (process.ended !== null) {
    signal(current, process, process.ended.reason);
    return;
  }
  process.links.add(current);
  current.links.add(process);
}

export function unlink(process) {
  process.links.delete(current);
  current.links.delete(process);
}

/** What ends itself does not go on. */
export function exit(process, reason) {
  const isSelf = process === current;
  signal(process, current, reason);
  if (isSelf && process.ended !== null) throw process.ended;
}

export function trapExit(on) {
  const before = current.trapsExits;
  current.trapsExits = on;
  return before;
}

export function register(name, process) {
  if (names.has(name) || process.name !== null || process.ended !== null) throw new Error(`${name.name} is taken`);
  names.set(name, process);
  process.name = name;
}

export function unregister(name) {
  const process = names.get(name);
  if (process !== undefined) process.name = null;
  return names.delete(name);
}

export function whereIs(name) {
  return names.get(name);
}

export function isAlive(process) {
  return process.ended === null;
}

const sent = new Map();

export function sendAfter(milliseconds, receiver, message) {
  const ref = makeRef();
  const copied = copy(message);
  sent.set(
    ref,
    setTimer(milliseconds, () => send(receiver, copied)),
  );
  return ref;
}

export function cancelTimer(ref) {
  const timer = sent.get(ref);
  if (timer === undefined || !clear(timer)) return undefined;
  return timer.at - now;
}
