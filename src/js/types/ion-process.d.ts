/**
 * Processes for programs in JavaScript and TypeScript on IonVM.
 *
 * A program is made of processes. Each has its own memory: what is sent to another one is copied, and a variable of a
 * module is another variable in each process. They run by turns, without having to give way; what they wait for, they
 * wait for by themselves. A process that fails ends; who is linked with it ends too, or hears of it.
 *
 * ```ts
 * import { self, send, spawn, receive } from "ion:process";
 *
 * function double(replyTo: Process) {
 *   const n = receive<number>();
 *   send(replyTo, 2 * n);
 * }
 *
 * send(spawn(double, self()), 21);
 * console.log(receive()); // 42
 * ```
 */
declare module "ion:process" {
  /** A process. It is only ever handed around: to be sent to, watched, ended. Equal to itself only. */
  export interface Process {
    readonly [kind]: "Process";
  }

  /** A mark that is equal to itself only, also after it was sent: of a monitor, of a timer, of a request. */
  export interface Reference {
    readonly [kind]: "Reference";
  }

  /** A name as a value: `atom("ok") === atom("ok")`. */
  export interface Atom<Name extends string = string> {
    readonly [kind]: "Atom";
    readonly [atomName]?: Name;
  }

  /** A list that cannot change, read by index. It is sent without a copy if nothing in it can change. */
  export interface Tuple<Items extends readonly unknown[] = readonly unknown[]> {
    readonly [kind]: "Tuple";
    readonly [index: number]: Items[number];
    readonly length: Items["length"];
    [Symbol.iterator](): Iterator<Items[number]>;
  }

  /** A value with a tag, an {@link Atom}. */
  export interface Tagged<Value = unknown> {
    readonly [kind]: "Tagged";
    readonly [taggedValue]?: Value;
  }

  const kind: unique symbol;
  const atomName: unique symbol;
  const taggedValue: unique symbol;
  const pattern: unique symbol;

  // biome-ignore lint/suspicious/noExplicitAny: what a message is only the program knows
  type Anything = any;

  /** Who can be sent to: a process, a name that one has registered, the reference of an active monitor. */
  export type Receiver = Process | Atom | Reference;

  /** Why a process has ended: `atom("normal")`, `atom("killed")`, a tuple for an error, or what {@link exit} was given. */
  export type Reason = unknown;

  // ————— Processes —————

  /**
   * Starts a process that calls the function with copies of these arguments, and ends when that returns.
   *
   * The module's variables of the new process begin with copies of those of the process that starts it.
   *
   * @param f a function of the program; a closure takes copies of what it has captured along
   */
  export function spawn<Arguments extends readonly unknown[]>(
    f: (...args: Arguments) => unknown,
    ...args: Arguments
  ): Process;

  /** As {@link spawn}, with a link between the two before anything can happen to the new one. */
  export function spawnLink<Arguments extends readonly unknown[]>(
    f: (...args: Arguments) => unknown,
    ...args: Arguments
  ): Process;

  /** As {@link spawn}, with a monitor: gives the process and the reference of the monitor. */
  export function spawnMonitor<Arguments extends readonly unknown[]>(
    f: (...args: Arguments) => unknown,
    ...args: Arguments
  ): Tuple<readonly [Process, Reference]>;

  /** The process that calls this. */
  export function self(): Process;

  /** Waits for the end of a process, which may be over: what its function returned, `undefined` if it has failed. */
  export function join<Result = Anything>(process: Process): Result;

  /** Has the process not ended yet? */
  export function isAlive(process: Process): boolean;

  /** What is known of a process; `undefined` if it has ended. */
  export interface ProcessInfo {
    /** `running`, `runnable` or `waiting`. */
    readonly status: Atom<"running" | "runnable" | "waiting">;
    /** Where it stands. */
    readonly function: string;
    readonly instruction: number;
    /** How many messages wait. */
    readonly mailbox: number;
    /** What it has used since it began. */
    readonly reductions: number;
    readonly links: readonly Process[];
    readonly name: Atom | undefined;
    /** Bytes, by the rules of the VM. */
    readonly memory: number;
  }

  export function processInfo(process: Process): ProcessInfo | undefined;

  // ————— Messages —————

  /**
   * Sends a copy of the message. It never waits and never fails: what is sent to a process that has ended, or to a name
   * that nobody has, is nothing. Messages from one process to another arrive in the order in which they were sent.
   */
  export function send(receiver: Receiver, message: unknown): void;

  /** Takes the oldest message out of the mailbox; waits if there is none. */
  export function receive<Message = Anything>(): Message;

  /** As `receive()`, but gives `undefined` if none comes in so many milliseconds; with 0 it does not wait at all. */
  export function receive<Message = Anything>(options: { readonly timeout: number }): Message | undefined;

  /**
   * Takes the oldest message that any of the clauses matches, and gives what that clause's handler gives. Messages that
   * nobody wants stay, in their order. With {@link after} it does not wait for longer.
   *
   * ```ts
   * const answer = receive(
   *   on({ type: "deposit", amount: any }, ({ amount }) => balance + amount),
   *   on(tuple(atom("DOWN"), ref, any, any), () => balance),
   *   after(1000, () => -1),
   * );
   * ```
   */
  export function receive<Result>(...clauses: readonly Clause<Result>[]): Result;

  /** A part of a `receive`: what {@link on} and {@link after} give. It stands between the parentheses of `receive` only. */
  export interface Clause<Result> {
    readonly [kind]: "Clause";
    readonly [pattern]?: Result;
  }

  /**
   * Messages that look like this, and what becomes of them.
   *
   * A pattern is a literal, {@link any}, an object or array literal of patterns, {@link tuple} or {@link tagged} of
   * patterns. An object matches if it has these members, and may have others; an array and a tuple have to be of the
   * same length. Every other expression is evaluated, and matches what is equal to its value: that is how a variable
   * stands for itself.
   *
   * @param handler gets the whole message; left out, the message itself is the result
   */
  export function on<Result, Message = Anything>(
    pattern: unknown,
    handler: (message: Message) => Result,
  ): Clause<Result>;
  export function on<Message = Anything>(pattern: unknown): Clause<Message>;

  /** What happens if no message comes in so many milliseconds; with 0 only what is there already is looked at. */
  export function after<Result>(milliseconds: number, handler: () => Result): Clause<Result>;
  export function after(milliseconds: number): Clause<undefined>;

  /** In a pattern of {@link on}: whatever stands there. */
  export const any: Anything;

  // ————— Values —————

  /** The atom with this name, a literal text. */
  export function atom<Name extends string>(name: Name): Atom<Name>;

  /** A tuple of these values. */
  export function tuple<Items extends readonly unknown[]>(...items: Items): Tuple<Items>;

  /** The value with this tag, a literal text. */
  export function tagged<Value>(tag: string, value: Value): Tagged<Value>;

  /**
   * A fresh reference. A `receive` that waits for a message with a reference made just before does not look at what was
   * in the mailbox earlier.
   */
  export function makeRef(): Reference;

  /** Bytes: their number is `length`, and each is read by index. They cannot change. */
  export interface Binary {
    readonly [kind]: "Binary";
    readonly [index: number]: number;
    readonly length: number;
  }

  /** The name of a value's type on the VM: `atom("Number")`, `atom("Process")`, `atom("Tuple")`, … */
  export function typeOf(value: unknown): Atom;

  // ————— Ends —————

  /**
   * Sends an exit signal. The process ends with this reason, unless it traps exits; `atom("kill")` ends it in any case,
   * `atom("normal")` only who sends it to itself.
   */
  export function exit(process: Process, reason: Reason): void;

  /** From now on, when one of the two ends other than normally, so does the other. */
  export function link(process: Process): void;

  /** Undoes {@link link}. */
  export function unlink(process: Process): void;

  /**
   * When the process ends, `tuple(atom("DOWN"), reference, process, reason)` comes as a message, once; at once if it has
   * ended already. The reference is also an address: the first message sent to it reaches who made the monitor, and ends it.
   */
  export function monitor(process: Process): Reference;

  /** Ends a monitor, and takes its message out of the mailbox if that is there already; was it still active? */
  export function demonitor(reference: Reference): boolean;

  /**
   * Sets whether exit signals come as messages, `tuple(atom("EXIT"), process, reason)`, instead of ending the process;
   * gives what was set before, `false` at first.
   */
  export function trapExit(on: boolean): boolean;

  // ————— Names —————

  /**
   * Gives a process a name, which can be sent to. A process has one name at most and loses it when it ends.
   *
   * @throws if the name is taken, or the process has one, or has ended
   */
  export function register(name: Atom, process: Process): void;

  /** Takes the name from its process; was there one? */
  export function unregister(name: Atom): boolean;

  /** The process with this name. */
  export function whereIs(name: Atom): Process | undefined;

  // ————— Time —————

  /** Waits so many milliseconds, whatever messages come; they stay in the mailbox. */
  export function sleep(milliseconds: number): void;

  /** Sends a copy of the message, made now, after so many milliseconds. */
  export function sendAfter(milliseconds: number, receiver: Process | Atom, message: unknown): Reference;

  /** Cancels a timer: the milliseconds that were left; `undefined` if its message was sent, or never will be. */
  export function cancelTimer(timer: Reference): number | undefined;

  /** Milliseconds, with fractions, of the clock that timers follow; only differences mean something. */
  export function monotonicTime(): number;

  // ————— The program —————

  /** The program's arguments. */
  export function args(): string[];

  /** The text of the file of this name under `resources/` in the pack of the class that calls this. */
  export function resource(name: string): string;

  /** An environment variable. Needs the permission to read it. */
  export function env(name: string): string | undefined;

  /** The bytes of a file. Needs the permission to read it. */
  export function readFile(path: string): Binary;

  /** The text of a file in UTF-8. Needs the permission to read it. */
  export function readText(path: string): string;

  /** Writes a file, in the place of one that was there; a text in UTF-8. Needs the permission to write it. */
  export function writeFile(path: string, content: string | Binary): void;

  /** The same at the end of a file, which need not be there. */
  export function appendFile(path: string, content: string | Binary): void;

  /** The next line of standard input, without its end; `undefined` when there are none any more. */
  export function readLine(): string | undefined;

  /** All that is left of standard input. */
  export function readInput(): string;

  /** Ends the VM, whatever else still runs, with an exit code from 0 to 255. */
  export function halt(code: number): never;
}
