// An operating system, simulated by events: programs that compute and use devices, a scheduler with priorities, disks
// with queues, pipes between programs. The clock jumps from event to event.

const TICKS = { slice: 40, seek: 7, block: 3, wake: 1 };

/** A random sequence that is the same everywhere. */
class Random {
  #state;
  constructor(seed) {
    this.#state = seed;
  }
  below(n) {
    this.#state = (Math.imul(this.#state, 1103515245) + 12345) & 0x7fffffff;
    return (this.#state >>> 8) % n;
  }
}

/** Events by time, those of the same time in the order in which they were set: a heap. */
class Agenda {
  #heap = [];
  #count = 0;
  get size() {
    return this.#heap.length;
  }
  add(time, run) {
    const event = { time, number: this.#count++, run };
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(event, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = event;
  }
  next() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function before(a, b) {
  return a.time < b.time || (a.time === b.time && a.number < b.number);
}

/** A queue as a list of links, so that both ends cost the same. */
class Queue {
  #first = null;
  #last = null;
  length = 0;
  put(item) {
    const link = { item, next: null };
    if (this.#last === null) this.#first = link;
    else this.#last.next = link;
    this.#last = link;
    this.length++;
  }
  take() {
    const link = this.#first;
    if (link === null) return null;
    this.#first = link.next;
    if (this.#first === null) this.#last = null;
    this.length--;
    return link.item;
  }
}

/** What all kinds of programs have in common: they are asked what they want to do next. */
class Task {
  constructor(kernel, name, priority) {
    this.kernel = kernel;
    this.name = name;
    this.priority = priority;
    this.state = "ready";
    this.used = 0;
    this.turns = 0;
    this.left = 0;
    this.inbox = null;
  }
  /** Gives a request: { kind: "compute" | "read" | "send" | "receive" | "exit", … }. */
  next() {
    throw new Error(`${this.name} does not know what to do`);
  }
}

class Computer extends Task {
  constructor(kernel, name, rounds, length) {
    super(kernel, name, 1);
    this.rounds = rounds;
    this.length = length;
    this.value = 1;
  }
  next() {
    if (this.rounds-- === 0) return { kind: "exit" };
    for (let i = 0; i < this.length; i++) this.value = (this.value * 31 + i) % 65537;
    return { kind: "compute", time: this.length };
  }
}

class Reader extends Task {
  constructor(kernel, name, disk, blocks) {
    super(kernel, name, 3);
    this.disk = disk;
    this.blocks = blocks;
    this.sum = 0;
  }
  next() {
    if (this.inbox !== null) {
      this.sum = (this.sum * 7 + this.inbox) % 1000003;
      this.inbox = null;
      return { kind: "compute", time: 2 };
    }
    if (this.blocks-- <= 0) return { kind: "exit" };
    return { kind: "read", disk: this.disk, block: this.kernel.random.below(1000) };
  }
}

class Producer extends Task {
  constructor(kernel, name, pipe, count) {
    super(kernel, name, 2);
    this.pipe = pipe;
    this.count = count;
    this.computed = false;
  }
  next() {
    this.computed = !this.computed;
    if (this.computed) return { kind: "compute", time: 5 + this.kernel.random.below(10) };
    if (this.count-- <= 0) return { kind: "send", pipe: this.pipe, item: null, last: true };
    return { kind: "send", pipe: this.pipe, item: { from: this.name, number: this.count } };
  }
}

class Consumer extends Task {
  constructor(kernel, name, pipe, producers) {
    super(kernel, name, 4);
    this.pipe = pipe;
    this.producers = producers;
    this.got = new Map();
  }
  next() {
    const { inbox } = this;
    if (inbox !== null) {
      this.inbox = null;
      if (inbox.item === null) {
        if (--this.producers === 0) return { kind: "exit" };
      } else {
        const { from, number } = inbox.item;
        this.got.set(from, (this.got.get(from) ?? 0) + number);
      }
    }
    return { kind: "receive", pipe: this.pipe };
  }
}

class Pipe {
  constructor(capacity) {
    this.capacity = capacity;
    this.items = new Queue();
    this.senders = new Queue();
    this.receivers = new Queue();
  }
}

/** One request at a time; the arm moves, which takes longer the farther it is. */
class Disk {
  constructor(kernel) {
    this.kernel = kernel;
    this.waiting = new Queue();
    this.busy = false;
    this.arm = 0;
    this.moved = 0;
  }
  read(task, block) {
    this.waiting.put({ task, block });
    if (!this.busy) this.#serve();
  }
  #serve() {
    const request = this.waiting.take();
    this.busy = request !== null;
    if (request === null) return;
    const { task, block } = request;
    const way = Math.abs(block - this.arm);
    this.arm = block;
    this.moved += way;
    this.kernel.after(TICKS.block + Math.ceil(way / 100) * TICKS.seek, () => {
      task.inbox = (block * 2654435761) % 4093;
      this.kernel.wake(task);
      this.#serve();
    });
  }
}

class Kernel {
  constructor(seed) {
    this.random = new Random(seed);
    this.agenda = new Agenda();
    this.now = 0;
    this.idle = 0;
    this.running = null;
    this.ready = [new Queue(), new Queue(), new Queue(), new Queue(), new Queue()];
    this.tasks = [];
    this.switches = 0;
  }
  after(ticks, run) {
    this.agenda.add(this.now + ticks, run);
  }
  start(task) {
    this.tasks.push(task);
    this.ready[task.priority].put(task);
  }
  wake(task) {
    task.state = "ready";
    this.ready[task.priority].put(task);
    if (this.running === null) this.after(TICKS.wake, () => this.dispatch());
  }
  dispatch() {
    if (this.running !== null) return;
    for (let priority = this.ready.length - 1; priority >= 0; priority--) {
      const task = this.ready[priority].take();
      if (task === null) continue;
      this.running = task;
      task.state = "running";
      task.turns++;
      this.switches++;
      this.#go(task, TICKS.slice);
      return;
    }
  }
  /** Lets a task go on, for a slice of time at most. */
  #go(task, slice) {
    if (task.left > 0) {
      const time = Math.min(task.left, slice);
      task.left -= time;
      task.used += time;
      this.after(time, () => {
        if (slice > time) this.#go(task, slice - time);
        else this.#leave(task, true);
      });
      return;
    }
    const request = task.next();
    switch (request.kind) {
      case "compute":
        task.left = request.time;
        this.#go(task, slice);
        return;
      case "read":
        task.state = "reading";
        request.disk.read(task, request.block);
        break;
      case "send":
        if (this.#send(task, request)) {
          this.#go(task, slice);
          return;
        }
        break;
      case "receive": {
        const { pipe } = request;
        const item = pipe.items.take();
        if (item !== null) {
          task.inbox = item;
          const sender = pipe.senders.take();
          if (sender !== null) {
            pipe.items.put({ item: sender.item });
            this.#sent(sender);
          }
          this.#go(task, slice);
          return;
        }
        task.state = "receiving";
        pipe.receivers.put(task);
        break;
      }
      case "exit":
        task.state = "done";
        break;
      default:
        throw new Error(`no request ${request.kind}`);
    }
    this.#leave(task, false);
  }
  /** False if the task has to wait. */
  #send(task, { pipe, item, last = false }) {
    const receiver = pipe.receivers.take();
    if (receiver !== null) {
      receiver.inbox = { item };
      this.wake(receiver);
    } else if (pipe.items.length < pipe.capacity) {
      pipe.items.put({ item });
    } else {
      task.state = "sending";
      pipe.senders.put({ task, item, last });
      return false;
    }
    if (last) task.state = "done";
    return !last;
  }
  #sent({ task, last }) {
    if (last) task.state = "done";
    else this.wake(task);
  }
  #leave(task, isReady) {
    this.running = null;
    if (isReady) {
      task.state = "ready";
      this.ready[task.priority].put(task);
    }
    this.dispatch();
  }
  run() {
    this.dispatch();
    while (this.agenda.size > 0) {
      const { time, run } = this.agenda.next();
      if (this.running === null) this.idle += time - this.now;
      this.now = time;
      run();
    }
  }
}

/** Simulates a machine with this many groups of programs; numbers that say what has happened. */
export function simulate(groups) {
  const kernel = new Kernel(groups * 17 + 3);
  const disks = [new Disk(kernel), new Disk(kernel)];
  const consumers = [];
  for (let group = 0; group < groups; group++) {
    const pipe = new Pipe(4);
    kernel.start(new Computer(kernel, `computer ${group}`, 20, 15 + kernel.random.below(60)));
    kernel.start(new Reader(kernel, `reader ${group}`, disks[group % disks.length], 25));
    for (const name of ["a", "b"]) kernel.start(new Producer(kernel, `${name}${group}`, pipe, 30));
    const consumer = new Consumer(kernel, `consumer ${group}`, pipe, 2);
    consumers.push(consumer);
    kernel.start(consumer);
  }
  kernel.run();
  const unfinished = kernel.tasks.filter(({ state }) => state !== "done");
  if (unfinished.length > 0) throw new Error(`unfinished: ${unfinished.map(({ name }) => name).join(", ")}`);
  let received = 0;
  for (const { got } of consumers) for (const [, sum] of got) received += sum;
  return {
    time: kernel.now,
    idle: kernel.idle,
    switches: kernel.switches,
    turns: kernel.tasks.reduce((sum, { turns }) => sum + turns, 0),
    used: kernel.tasks.reduce((sum, { used }) => sum + used, 0),
    moved: disks.map(({ moved }) => moved),
    received,
  };
}

/** A number that depends on all of it. */
export function run(size) {
  const { time, idle, switches, turns, used, moved, received } = simulate(size);
  return [time, idle, switches, turns, used, ...moved, received].reduce((sum, n) => (sum * 31 + n) % 1000000007, 7);
}

const result = simulate(4);
console.log(`${result.time} ticks, ${result.idle} of them idle, ${result.switches} switches, ${result.used} used`);
console.log(`arms moved ${result.moved.join(" and ")}, consumers got ${result.received}`);
console.log(`checksum ${run(6)}`);
