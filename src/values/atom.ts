/**
 * Atoms: interned symbols. Two atoms of one name are one JavaScript object, so comparing them is `===`.
 *
 * The table holds its atoms weakly, because programs can make names without end (failures of foreign
 * functions become atoms in version 1 files). An atom nobody holds any more may be made anew: nobody
 * can tell.
 */
import { defineKind } from "./value.ts";

export class Atom {
  declare readonly kind: "Atom";
  readonly name: string;
  /** The name as an object's property key; see object.ts. */
  readonly key: `$${string}`;
  constructor(name: string) {
    this.name = name;
    this.key = `$${name}`;
  }
}
defineKind(Atom.prototype, "Atom");

const table = new Map<string, WeakRef<Atom>>();
const collected = new FinalizationRegistry<string>((name) => {
  if (table.get(name)?.deref() === undefined) table.delete(name);
});

/** The atom of this name. */
export function atom(name: string): Atom {
  const known = table.get(name)?.deref();
  if (known !== undefined) return known;
  const made = new Atom(name);
  table.set(name, new WeakRef(made));
  collected.register(made, name);
  return made;
}
