/**
 * A place outside in which foreign functions run: what is called there, and what becomes of the calls when it ends.
 *
 * A slow, stuck or crashing function costs those who called it, and nobody else: when the host ends all calls that are out
 * fail, and the next call begins a new one. A call whose process has ended is cancelled; a host that does not even
 * acknowledge that is stuck in it, and is ended.
 */
import type { AsyncContext } from "../../foreign/spec.ts";
import { ForeignFailure } from "../../foreign/spec.ts";
import type { Value } from "../../values/value.ts";
import type { Channel, OpenChannel } from "./channel.ts";
import { Encoder, Handles, type HandleTable, type Message, partsOf, valueOf } from "./wire.ts";

/** The first part of a message: what it is. The second is the number of the call. */
export const REQUEST = { load: 0, call: 1, cancel: 2 } as const;
export const ANSWER = { result: 0, failure: 1, cancelled: 2, message: 3 } as const;

/** Milliseconds in which a host that is not stuck acknowledges that a call is cancelled. */
const PATIENCE = 500;

/** Milliseconds that no start takes. */
const LONG = 2 ** 30;

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

  #loading: Promise<Answered> | null = null;

  #begin(): Promise<Answered> {
    if (this.#loading !== null) return this.#loading;
    if (this.#closed) throw new ForeignFailure(`${this.#options.name} is closed`);
    const channel = this.#options.open({
      onMessage: (message) => this.#take(message),
      onEnd: (why) => {
        if (this.#channel === channel) this.#ended(why);
      },
    });
    this.#channel = channel;
    const encoder = new Encoder(new Handles());
    this.#loading = this.#request(REQUEST.load, this.#options.load(), encoder, null, null);
    // What runs outside keeps nobody waiting by itself: here the host's user waits.
    const hold = setInterval(() => {}, LONG);
    this.#loading.catch(() => {}).finally(() => clearInterval(hold));
    return this.#loading;
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
    if (this.#loading === null) await this.#begin();
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

  #take(message: Message): void {
    const [kind, id, ...parts] = partsOf(message) as [number, number, ...unknown[]];
    const stuck = this.#stuck.get(id);
    if (stuck !== undefined) {
      clearTimeout(stuck);
      this.#stuck.delete(id);
    }
    const call = this.#calls.get(id);
    if (call === undefined || kind === ANSWER.cancelled) return;
    if (kind === ANSWER.message) {
      try {
        const [receiver, value] = parts.map((part) => valueOf(part, message.blobs, call.handles));
        call.context?.send(receiver, value);
      } catch (error) {
        if (!(error instanceof ForeignFailure)) throw error;
        // What it may still answer is the answer of nothing.
        this.#over(id, call);
        call.reject(error);
      }
      return;
    }
    this.#over(id, call);
    if (kind === ANSWER.failure) call.reject(new ForeignFailure(String(parts[0])));
    else call.resolve({ parts, blobs: message.blobs, handles: call.handles });
  }

  #ended(why: string): void {
    this.#channel = null;
    this.#loading = null;
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

/** The value that a call has given. @throws ForeignFailure */
export function resultOf({ parts: [part], blobs, handles }: Answered): Value {
  return valueOf(part, blobs, handles);
}
