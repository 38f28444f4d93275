/** `--jit-log`: what became of each function, a line for each, when the run is over. */
import { closeSync, openSync, writeSync } from "node:fs";
import { shown } from "../../errors.ts";
import type { FunctionReport, VM } from "../../vm.ts";
import { tell } from "./console.ts";
import { fileError } from "./failures.ts";
import { nameOf } from "./files.ts";

export class JitLogFile {
  readonly #file: string | null;
  readonly #descriptor: number | null;

  /** @param file null: standard error @throws FileError */
  constructor(file: string | null) {
    this.#file = file;
    this.#descriptor = file === null ? null : this.#guarded(() => openSync(file, "w"));
  }

  /** @throws FileError */
  close(jit: VM["jit"]): void {
    const lines = [
      ...(jit.unable === null ? [] : [`nothing is compiled: ${jit.unable}`]),
      ...jit.functions.map(lineOf),
    ];
    if (this.#descriptor === null) {
      for (const line of lines) tell(`jit: ${line}`);
      return;
    }
    const descriptor = this.#descriptor;
    this.#guarded(() => {
      writeSync(descriptor, lines.map((line) => `${line}\n`).join(""));
      closeSync(descriptor);
    });
  }

  #guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw fileError(nameOf(this.#file!), error);
    }
  }
}

function lineOf(report: FunctionReport): string {
  const { place, bodies, instructions, characters, guesses, leaves, renewals, milliseconds, unfit } = report;
  const name = place === null ? shown(report.name) : `${shown(report.name)} (${shown(place)})`;
  if (unfit !== null) return `${name}: interpreted: ${unfit}`;
  const forms = Object.entries(bodies)
    .filter(([, count]) => count > 0)
    .map(([form, count]) => `${count} ${form}`);
  const parts = [
    forms.join(", ") || "no body",
    `${instructions} instructions`,
    `${characters} characters`,
    `${milliseconds.toFixed(1)} ms`,
    `${guesses} guesses`,
    `left ${leaves} times`,
    `begun anew ${renewals} times`,
  ];
  return `${name}: compiled: ${parts.join("; ")}`;
}
