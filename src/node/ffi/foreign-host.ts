/**
 * A place outside in which foreign functions run: what is called there, and what becomes of the calls when it ends.
 *
 * A slow, stuck or crashing function costs those who called it, and nobody else: when the host ends all calls that are out
 * fail, and the next call begins a new one. A call whose process has ended is cancelled; a host that does not even
 * acknowledge that is stuck in it, and is ended.
 */
import { ProgramError } from "../../errors.ts";
import type { AsyncContext } from "../../foreign/spec.ts";
import { ForeignFailure } from "../../foreign/spec.ts";
import { inspect } from "../../values/print.ts";
import type { Value } from "../../values/value.ts";
import type { Channel, OpenChannel } from "./channel.ts";
import { Encoder, Handles, type HandleTable, type Message, partsOf, textOf, valueOf } from "./wire.ts";

/** The first part of a message: what it is. The second is the number of the call. */
export const REQUEST = { load: 0, call: 1, cancel: 2 } as const;
export const ANSWER = { result: 0, failure: 1, cancelled: 2, message: 3 } as const;

/** Milliseconds in which a host that is not stuck acknowledges that a call is cancelled. */
const PATIENCE = 500;

/** Longer than any load; a timer takes no more than 2^31 - 1. */
const LONG = 2 ** 30;

/** Milliseconds in which libraries must have been loaded unless it is said otherwise: NumPy and the like take seconds. */
export const DEFAULT_LOAD_TIMEOUT = 60_000;

/** What a call needs of its caller. */
export type CallerContext = Pick<AsyncContext, "onAbort" | "send">;

/** What has come back of a call. */
export interface Answered {
  /** Behind the kind and the number of the call. */
  readonly parts: readonly unknown[];
  readonly blobs: readonly Uint8Array[];
  readonly handles: HandleTable;
}

interface Call {
  /** For messages of the function while it runs. */
  readonly context: CallerContext | null;
  readonly handles: HandleTable;
  readonly resolve: (answered: Answered) => void;
  readonly reject: (error: ForeignFailure) => void;
  /** Of its time; null if it has as much as it wants. */
  timer: NodeJS.Timeout | null;
}

export interface ForeignHostOptions {
  /** In messages: "the Python host". */
  readonly name: string;
  readonly open: OpenChannel;
  /** What a new host is to load: parts of a message. */
  readonly load: () => readonly unknown[];
  /** Milliseconds in which it must have done so. */
  readonly loadTimeout: number;
}

export class ForeignHost {
  readonly #options: ForeignHostOptions;
  #channel: Channel | null = null;
  #calls = new Map<number, Call>();
  readonly #stuck = new Map<number, NodeJS.Timeout>();
  #nextCall = 1;
  #closed = false;

  constructor(options: ForeignHostOptions) {
    this.#options = options;
  }

  /** Begins a host, if none runs; gives what it says of what it has loaded. @throws ForeignFailure */
  async start(): Promise<Answered> {
    return this.#begin();
  }

  /** Of the host that runs or begins; null: there is none. */
  #loading: Promise<Answered> | null = null;
  /** It has loaded what it is to load, and can be called. */
  #isReady = false;

  #begin(): Promise<Answered> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<Answered> {
    const { name, load, loadTimeout } = this.#options;
    // What runs outside keeps nobody waiting by itself: here the host's user waits.
    const hold = setInterval(() => {}, LONG);
    try {
      if (this.#closed) throw new ForeignFailure(`${name} is closed`);
      this.#channel = this.#open();
      const answered = await this.#request(REQUEST.load, load(), new Encoder(new Handles()), null, loadTimeout);
      this.#isReady = true;
      return answered;
    } catch (error) {
      // A host that could not load is of no use, whatever it still does.
      if (this.#channel !== null) this.#restart("it could not load");
      this.#loading = null;
      throw error;
    } finally {
      clearInterval(hold);
    }
  }

  #open(): Channel {
    let channel: Channel | null = null;
    try {
      channel = this.#options.open({
        onMessage: (message) => {
          if (this.#channel === channel) this.#take(message);
        },
        onEnd: (why) => {
          if (this.#channel === channel) this.#ended(why);
        },
      });
      return channel;
    } catch (error) {
      throw new ForeignFailure(`${this.#options.name} cannot be started: ${(error as Error).message}`);
    }
  }

  /**
   * Calls a function of the host.
   * @param timeout milliseconds; then the call fails, and the host is ended if it is stuck
   * @throws ForeignFailure
   */
  async call(
    target: number,
    args: readonly Value[],
    context: CallerContext,
    timeout: number | null,
  ): Promise<Answered> {
    const encoder = new Encoder(new Handles());
    const marked = args.map((value) => encoder.mark(value));
    while (!this.#isReady) {
      await this.#begin();
    }
    return this.#request(REQUEST.call, [target, marked], encoder, context, timeout);
  }

  #request(
    kind: number,
    parts: readonly unknown[],
    encoder: Encoder,
    context: CallerContext | null,
    timeout: number | null,
  ): Promise<Answered> {
    const id = this.#nextCall++;
    return new Promise((resolve, reject) => {
      const call: Call = { context, handles: encoder.handles, resolve, reject, timer: null };
      this.#calls.set(id, call);
      if (timeout !== null) {
        call.timer = setTimeout(() => {
          this.#cancel(id);
          reject(new ForeignFailure(`took longer than ${timeout} ms`));
        }, timeout);
        call.timer.unref();
      }
      this.#channel!.send(encoder.finish([kind, id, ...parts]));
      // Behind that, for a process that has ended while the host began.
      context?.onAbort(() => this.#cancel(id));
    });
  }

  /** Nobody waits for the call any more. */
  #cancel(id: number): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    this.#over(id, call);
    if (this.#channel === null) return;
    const channel = this.#channel;
    const stuck = setTimeout(() => {
      if (this.#channel === channel) this.#restart("it was stuck in a call that nobody waits for any more");
    }, PATIENCE);
    stuck.unref();
    this.#stuck.set(id, stuck);
    channel.send(new Encoder(new Handles()).finish([REQUEST.cancel, id]));
  }

  /** Nothing more comes of the call. */
  #over(id: number, { timer }: Call): void {
    this.#calls.delete(id);
    if (timer !== null) clearTimeout(timer);
  }

  #restart(why: string): void {
    const channel = this.#channel!;
    this.#ended(why);
    channel.kill();
  }

  /** @throws Error for what is no message: the other side is out of step */
  #take(message: Message): void {
    const [kind, id, ...parts] = partsOf(message) as [number, number, ...unknown[]];
    const call = this.#calls.get(id);
    if (kind === ANSWER.message) {
      // One who still sends is not done with a call that was cancelled.
      if (call !== undefined) this.#pass(id, call, parts, message);
      return;
    }
    const stuck = this.#stuck.get(id);
    if (stuck !== undefined) {
      clearTimeout(stuck);
      this.#stuck.delete(id);
    }
    if (call === undefined || kind === ANSWER.cancelled) return;
    this.#over(id, call);
    if (kind === ANSWER.failure) call.reject(new ForeignFailure(failureText(parts[0])));
    else call.resolve({ parts, blobs: message.blobs, handles: call.handles });
  }

  /** Sends what a function sends while it runs. What cannot be sent fails its call. */
  #pass(id: number, { context, handles, reject }: Call, parts: readonly unknown[], { blobs }: Message): void {
    try {
      context?.send(valueOf(parts[0], [], handles), valueOf(parts[1], blobs, handles));
    } catch (error) {
      if (!(error instanceof ForeignFailure || error instanceof ProgramError)) throw error;
      this.#cancel(id);
      const isLimit = error instanceof ProgramError;
      reject(isLimit ? new ForeignFailure(`sent what cannot be sent: ${inspect(error.value)}`) : error);
    }
  }

  #ended(why: string): void {
    this.#channel = null;
    this.#loading = null;
    this.#isReady = false;
    for (const timer of this.#stuck.values()) clearTimeout(timer);
    this.#stuck.clear();
    const calls = this.#calls;
    this.#calls = new Map();
    for (const [id, call] of calls) {
      this.#over(id, call);
      call.reject(new ForeignFailure(`${this.#options.name} has ended: ${why}`));
    }
  }

  /** Ends the host for good. */
  close(): void {
    this.#closed = true;
    if (this.#channel !== null) this.#restart("the VM was closed");
  }
}

function failureText(part: unknown): string {
  try {
    return textOf(part);
  } catch {
    return "failed, and did not say why";
  }
}

/** The value that a call has given. @throws ForeignFailure, ProgramError */
export function resultOf({ parts: [part], blobs, handles }: Answered): Value {
  return valueOf(part, blobs, handles);
}
