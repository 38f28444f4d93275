/** The pack `std` for programs in JavaScript and TypeScript: servers, supervisors, pools and buses. docs/std.md describes it. */
declare module "ion:std" {
  import type { Atom, Process, Tuple } from "ion:process";

  // biome-ignore lint/suspicious/noExplicitAny: what a request and an answer are only the program knows
  type Anything = any;

  /** A process, or the name of one. */
  type Target = Process | Atom;

  /** What a callback of a server gives, beginning with `reply`, `noreply` or `stop`. */
  type Answer = Tuple;

  /** What a server does; `this` is the object. */
  export interface Callbacks<State = Anything, Request = Anything> {
    /**
     * A request of `Server.call`: `tuple(atom("reply"), value, state)`, or `tuple(atom("noreply"), state)` to answer later with
     * `Server.reply`, or `tuple(atom("stop"), reason, value, state)`.
     */
    call?(request: Request, from: Anything, state: State): Answer;
    /** A request of `Server.cast`: `tuple(atom("noreply"), state)` or `tuple(atom("stop"), reason, state)`. */
    cast?(request: Request, state: State): Answer;
    /** Any other message, as `cast`. Without this such messages are dropped. */
    info?(message: Anything, state: State): Answer;
    /** What `start` was given becomes the first state. */
    init?(state: Anything): State;
    /** The reason for which it ends. With this it traps exits, and ends with its parent. */
    terminate?(reason: Anything, state: State): void;
  }

  /** A process with a state that answers requests, one after the other. */
  export const Server: {
    start<State>(callbacks: Callbacks<State>, state?: State, name?: Atom): Process;
    /** The same with a link: what supervisors need. */
    startLink<State>(callbacks: Callbacks<State>, state?: State, name?: Atom): Process;
    /** Sends a request and gives the answer. Without a time it waits for 5 seconds. @throws a tuple if there is none */
    call<Result = Anything>(server: Target, request: unknown, milliseconds?: number): Result;
    /** Sends a request that has no answer. */
    cast(server: Target, request: unknown): void;
    /** Answers a call whose `call` gave `tuple(atom("noreply"), state)`. */
    reply(from: Anything, value: unknown): void;
    /** The same, but the call throws the reason. */
    fail(from: Anything, reason: unknown): void;
    /** Asks it to end, and waits until it has; gives the reason it had. */
    stop(server: Target, reason?: unknown, milliseconds?: number): Anything;
  };

  export interface Child {
    /** Any value that no other child has. */
    readonly id: unknown;
    /** Starts the process and gives it. */
    readonly start: (argument: Anything) => Process;
    readonly argument?: unknown;
    /** `permanent`, the default: always again; `transient`: unless it ends well; `temporary`: never. */
    readonly restart?: Atom<"permanent" | "transient" | "temporary">;
    /** Milliseconds it has to end, 5000 by default; `kill`: none. */
    readonly shutdown?: number | Atom<"kill">;
  }

  export interface Specification {
    readonly children?: readonly Child[];
    /** Which start again when one has failed; `one_for_one` by default. */
    readonly strategy?: Atom<"one_for_one" | "one_for_all" | "rest_for_one">;
    /** So many restarts, 3 by default … */
    readonly intensity?: number;
    /** … within so many milliseconds, 5000 by default, are borne. */
    readonly period?: number;
  }

  /** A process that starts others, and starts them again when they fail. */
  export const Supervisor: {
    start(specification: Specification, name?: Atom): Process;
    startLink(specification: Specification, name?: Atom): Process;
    /** Tuples of an id and its process, `undefined` for one that has ended. */
    children(supervisor: Target): Tuple<readonly [unknown, Process | undefined]>[];
    startChild(supervisor: Target, child: Child): Process;
    /** Ends a child and forgets it; was there one? */
    endChild(supervisor: Target, id: unknown): boolean;
    stop(supervisor: Target, reason?: unknown): void;
  };

  /** Some workers that do jobs for whoever asks. */
  export const Pool: {
    start(handler: (job: Anything) => unknown, size: number, name?: Atom): Process;
    startLink(handler: (job: Anything) => unknown, size: number, name?: Atom): Process;
    run<Result = Anything>(pool: Target, job: unknown, milliseconds?: number): Result;
    stop(pool: Target, reason?: unknown): void;
  };

  /** Events by topic: subscribers get `tuple(atom("event"), topic, value)`. */
  export const Bus: {
    start(name?: Atom): Process;
    startLink(name?: Atom): Process;
    /** Without a topic: every event. */
    subscribe(bus: Target, topic?: unknown): void;
    unsubscribe(bus: Target, topic?: unknown): boolean;
    publish(bus: Target, topic: unknown, value: unknown): void;
    stop(bus: Target, reason?: unknown): void;
  };
}
