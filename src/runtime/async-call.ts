/** Calls of asynchronous foreign functions: from the moment a process waits until it takes the answer. */
import { ProgramError } from "../errors.ts";
import type { HostSystem } from "../foreign/host-system.ts";
import type { PermissionKind } from "../foreign/permissions.ts";
import { type AsyncContext, type AsyncForeignSpec, ForeignFailure } from "../foreign/spec.ts";
import type { Value } from "../values/value.ts";
import type { Process } from "./process.ts";

/** What a call needs of the VM. */
export interface CallServices {
  readonly system: HostSystem | null;
  permit(kind: PermissionKind, item: string): void;
  /** Sends for the host, at any time. */
  sendLater(receiver: Value, message: Value): void;
  /** The call has been answered. */
  answered(call: AsyncCall): void;
  /** Something else than a failure was thrown: a bug. */
  fault(error: unknown): void;
}

type Answer = { readonly raw: unknown } | { readonly error: ForeignFailure | ProgramError };

export class AsyncCall implements AsyncContext {
  readonly process: Process;
  readonly #spec: AsyncForeignSpec;
  readonly #services: CallServices;
  #answer: Answer | null = null;
  #controller: AbortController | null = null;
  #onAbort: (() => void) | null = null;
  #aborted = false;

  constructor(spec: AsyncForeignSpec, process: Process, services: CallServices) {
    this.#spec = spec;
    this.process = process;
    this.#services = services;
  }

  /** @throws ForeignFailure if it fails at once */
  begin(args: readonly Value[]): void {
    this.#spec.start(args, this).then(
      (raw) => this.#settle({ raw }),
      (error: unknown) => {
        if (error instanceof ForeignFailure || error instanceof ProgramError) this.#settle({ error });
        else this.#services.fault(error);
      },
    );
  }

  #settle(answer: Answer): void {
    if (this.#aborted) return;
    this.#answer = answer;
    this.#services.answered(this);
  }

  /** The result, for the process that goes on. @throws ForeignFailure, ProgramError */
  take(): Value {
    const answer = this.#answer!;
    if ("error" in answer) throw answer.error;
    return this.#spec.finish(answer.raw);
  }

  /** The process has ended. */
  abort(): void {
    this.#aborted = true;
    this.cancel();
  }

  /** The function is told that it should not go on; if it answers all the same, that is the answer. */
  cancel(): void {
    this.#controller?.abort();
    this.#onAbort?.();
  }

  onAbort(callback: () => void): void {
    this.#onAbort = callback;
    if (this.#aborted) callback();
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }
  get system(): HostSystem | null {
    return this.#services.system;
  }
  permit(kind: PermissionKind, item: string): void {
    this.#services.permit(kind, item);
  }
  send(receiver: Value, message: Value): void {
    this.#services.sendLater(receiver, message);
  }
}
