/** Special atoms: names that LOAD_CONST gives a meaning when the Atom is its whole operand. */

/** What the process or the VM supplies when the instruction runs. */
export const VM_VALUES = {
  self: "the current Process",
  pid: "its number",
  processes: "how many live processes there are",
  scheduler_passes: "turns given out so far",
  this: "the bound this, or Undefined",
} as const;
export type VMValue = keyof typeof VM_VALUES;

export const FUNCTION_REFERENCE = "__function_ref:";
export const FOREIGN_REFERENCE = "__stdlib:";
export const VM_REFERENCE = "__vm:";
/** A built-in of JavaScript. */
export const JS_REFERENCE = "__js:";

/** The function that runs a module of JavaScript, unless it has run: `__module:pack!Class`. Undefined for any other class. */
export const MODULE_REFERENCE = "__module:";
/** In a class of JavaScript: what runs the module if it is the program, and what runs it for those that import it. */
export const ENTRY_FUNCTION = "main";
export const MODULE_FUNCTION = "<module>";

/** The bare atom `self` means the current process too. */
const BARE_SELF = "self";

/** Between the name of a pack and `Class:function`; no class name holds it. */
export const PACK_SEPARATOR = "!";

export type SpecialAtom =
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "foreign"; readonly name: string }
  | { readonly kind: "js"; readonly name: string }
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "vm"; readonly value: VMValue }
  | { readonly kind: "unknown-vm"; readonly name: string };

/** What an atom means as the whole operand of LOAD_CONST; null for a plain one. */
export function specialAtom(name: string): SpecialAtom | null {
  if (name === BARE_SELF) return { kind: "vm", value: "self" };
  if (name.startsWith(FUNCTION_REFERENCE)) return { kind: "function", name: name.slice(FUNCTION_REFERENCE.length) };
  if (name.startsWith(FOREIGN_REFERENCE)) return { kind: "foreign", name: name.slice(FOREIGN_REFERENCE.length) };
  if (name.startsWith(JS_REFERENCE)) return { kind: "js", name: name.slice(JS_REFERENCE.length) };
  if (name.startsWith(MODULE_REFERENCE)) return { kind: "module", name: name.slice(MODULE_REFERENCE.length) };
  if (!name.startsWith(VM_REFERENCE)) return null;
  const value = name.slice(VM_REFERENCE.length);
  return Object.hasOwn(VM_VALUES, value)
    ? { kind: "vm", value: value as VMValue }
    : { kind: "unknown-vm", name: value };
}
