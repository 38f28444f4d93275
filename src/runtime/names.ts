/** Names of processes: one name a process, one process a name, and the name goes when the process ends. */
import type { Atom } from "../values/atom.ts";
import { EXITED, type Process } from "./process.ts";

export class Names {
  readonly #processes = new Map<string, Process>();

  /** Why a process cannot have this name; null: it has it now. */
  register(name: Atom, process: Process): string | null {
    if (process.status === EXITED) return `[Process ${process.number}] has ended`;
    if (process.name !== null) return `[Process ${process.number}] has the name ${process.name.name} already`;
    const holder = this.#processes.get(name.name);
    if (holder !== undefined) return `The name ${name.name} is taken by [Process ${holder.number}]`;
    this.#processes.set(name.name, process);
    process.name = name;
    return null;
  }

  /** False: nobody has this name. */
  unregister(name: Atom): boolean {
    const holder = this.#processes.get(name.name);
    if (holder === undefined) return false;
    this.forget(name);
    holder.name = null;
    return true;
  }

  /** The process of this name has ended. */
  forget(name: Atom): void {
    this.#processes.delete(name.name);
  }

  whereIs(name: Atom): Process | undefined {
    return this.#processes.get(name.name);
  }
}
