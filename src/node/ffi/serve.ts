/** The other side of a ForeignHost, where it is JavaScript: takes requests, calls functions, answers. */
import { ProgramError } from "../../errors.ts";
import { ForeignFailure, thrownText } from "../../foreign/spec.ts";
import { inspect } from "../../values/print.ts";
import { ProcessValue } from "../../values/process.ts";
import { Reference } from "../../values/reference.ts";
import type { Value } from "../../values/value.ts";
import { settleWork } from "../../values/work.ts";
import { ANSWER, REQUEST } from "./foreign-host.ts";
import { Encoder, type HandleTable, type Message, markText, partsOf, valueOf } from "./wire.ts";

/** What stands here for the processes, references and functions of the VM. */
const NOBODY = new (class extends ProcessValue {
  readonly number = 0;
})();

class StandIns implements HandleTable {
  get(id: number): Value {
    return new Reference(id, NOBODY, 0);
  }
  add(value: Value): number {
    if (value instanceof Reference && value.owner === NOBODY) return value.number;
    throw new ForeignFailure("gave a Process, Reference or Function that it was not given");
  }
}
const STAND_INS = new StandIns();

/** What a function may do while it runs. */
export interface ServedContext {
  readonly signal: AbortSignal;
  /** Sends to a process that the function was given, or to a name. */
  send(receiver: Value, message: Value): void;
}

/** What a function gives, and the arguments that it has written, which go back. */
export interface Served {
  readonly value: Value;
  readonly written?: readonly (readonly [argument: number, value: Value])[];
}

export interface Service {
  /** @param parts what the ForeignHost's `load` says @returns what its `start` gets: plain objects, lists, texts */
  load(parts: readonly unknown[]): unknown;
  /** @throws ForeignFailure and what else becomes the message of a failure */
  call(target: number, args: readonly Value[], context: ServedContext): Served | Promise<Served>;
}

/** Makes the function that takes messages. */
export function serve(service: Service, send: (message: Message) => void): (message: Message) => void {
  const running = new Map<number, AbortController>();

  const fail = (id: number, error: unknown): void => {
    send(new Encoder(STAND_INS).finish([ANSWER.failure, id, markText(messageOf(error))]));
  };
  const answer = (id: number, { value, written = [] }: Served): void => {
    settleWork();
    try {
      const encoder = new Encoder(STAND_INS);
      const marked = encoder.mark(value);
      const back = written.map(([argument, its]) => [argument, encoder.mark(its)]);
      send(encoder.finish([ANSWER.result, id, marked, back]));
    } catch (error) {
      fail(id, error);
    }
  };
  const call = (id: number, target: number, given: readonly unknown[], blobs: Message["blobs"]): void => {
    let controller: AbortController | null = null;
    const context: ServedContext = {
      get signal() {
        if (controller === null) {
          controller = new AbortController();
          running.set(id, controller);
        }
        return controller.signal;
      },
      send: (receiver, message) => {
        const encoder = new Encoder(STAND_INS);
        send(encoder.finish([ANSWER.message, id, encoder.mark(receiver), encoder.mark(message)]));
      },
    };
    try {
      const args = given.map((part) => valueOf(part, blobs, STAND_INS));
      const served = service.call(target, args, context);
      if (!(served instanceof Promise)) {
        answer(id, served);
        return;
      }
      served
        .then(
          (later) => answer(id, later),
          (error) => fail(id, error),
        )
        .finally(() => running.delete(id));
    } catch (error) {
      fail(id, error);
    }
  };

  return (message) => {
    const [kind, id, ...parts] = partsOf(message) as [number, number, ...unknown[]];
    if (kind === REQUEST.call) {
      call(id, parts[0] as number, parts[1] as readonly unknown[], message.blobs);
    } else if (kind === REQUEST.cancel) {
      running.get(id)?.abort();
      running.delete(id);
      send(new Encoder(STAND_INS).finish([ANSWER.cancelled, id]));
    } else {
      Promise.resolve()
        .then(() => service.load(parts))
        .then(
          (described) => send(new Encoder(STAND_INS).finish([ANSWER.result, id, described])),
          (error) => fail(id, error),
        );
    }
  };
}

function messageOf(error: unknown): string {
  return error instanceof ProgramError ? inspect(error.value) : thrownText(error);
}
