/** `--crash-log`: what is known of each process that has failed, a JSON line each. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { Outcome, Remains } from "../../runtime/process.ts";
import type { Value } from "../../values/value.ts";
import type { ProcessInfo } from "../../vm.ts";
import { fileError } from "./failures.ts";
import { nameOf } from "./files.ts";
import { errorText, reasonText, shownValue } from "./thrown.ts";

export class CrashLogFile {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #now: () => number | string;

  /** Begins the file anew. @param now the time of a line @throws FileError */
  constructor(file: string, now: () => number | string) {
    this.#file = file;
    this.#now = now;
    this.#descriptor = this.#guarded(() => openSync(file, "w"));
  }

  /** At once: a later crash may be that of the machine. @throws FileError */
  add(process: ProcessInfo, { reason, stack }: Outcome, remains: Remains): void {
    const error = errorText(reason, stack);
    const line = {
      time: this.#now(),
      process: process.number,
      name: remains.name?.name ?? null,
      reason: reasonText(reason, stack),
      ...(error === null ? {} : { error }),
      stack: stack?.frames ?? [],
      omitted: stack?.omitted ?? null,
      reductions: process.reductions,
      mailbox: { length: remains.mailboxLength, first: remains.mailbox.map(text) },
      received: remains.received.map(text),
      links: remains.links,
    };
    this.#guarded(() => writeSync(this.#descriptor, `${JSON.stringify(line)}\n`));
  }

  /** @throws FileError */
  close(): void {
    this.#guarded(() => closeSync(this.#descriptor));
  }

  #guarded<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw fileError(nameOf(this.#file), error);
    }
  }
}

function text(value: Value): string {
  return shownValue(value);
}
