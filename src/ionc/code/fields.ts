/** Fields of classes: what a constructor does before its own code, or behind `super()`. */
import type { PropertyDefinition } from "acorn";
import { Undefined } from "../../values/value.ts";
import type { ClassNode } from "../scopes/model.ts";
import type { FunctionCode } from "./function-code.ts";
import { isKnownClass } from "./known-classes.ts";
import { privateKey } from "./members.ts";
import { named } from "./named.ts";
import { readVariable } from "./variables.ts";

/** The fields of instances. */
export function fieldsOf({ body }: ClassNode): PropertyDefinition[] {
  return body.body.filter((member): member is PropertyDefinition => {
    return member.type === "PropertyDefinition" && !member.static;
  });
}

/** Initialises the fields of the object that a constructor makes. */
export function initialiseFields(fn: FunctionCode): void {
  const { classNode } = fn.info;
  if (classNode === null) return;
  for (const field of fieldsOf(classNode)) {
    fn.scoped(() => {
      const self = fn.rawThis!;
      const key = fieldKey(fn, field);
      const value = fn.register();
      if (field.value) named(fn, field.value, fieldName(field), value);
      else fn.load(value, Undefined);
      fn.at(field);
      defineField(fn, classNode, field, self, key, value);
    });
  }
}

/** A member of its own, whatever is inherited: assigning is the same where nothing can be in the way. */
export function defineField(
  fn: FunctionCode,
  classNode: ClassNode,
  field: PropertyDefinition,
  object: number,
  key: number,
  value: number,
): void {
  if (isInTheWay(fn, classNode, field)) fn.callBuiltin(fn.register(), "%define", [object, key, value]);
  else fn.emit("JS_SET", object, key, value);
}

/** Could a member be inherited, or be added by a class that extends this one, that assigning runs into? */
function isInTheWay(fn: FunctionCode, classNode: ClassNode, { key, computed }: PropertyDefinition): boolean {
  if (key.type === "PrivateIdentifier") return false;
  if (computed || key.type !== "Identifier" || fn.module.memberNames.has(key.name)) return true;
  return !isKnownClass(fn, classNode);
}

/** The key of a field in a register; one that is computed was kept when the class was made. */
export function fieldKey(fn: FunctionCode, field: PropertyDefinition): number {
  const { key, computed } = field;
  if (key.type === "PrivateIdentifier") return fn.key(privateKey(fn, key));
  if (!computed) return fn.key(key.type === "Identifier" ? key.name : String((key as { value?: unknown }).value));
  const variable = fn.variableOf(field);
  const register = fn.register();
  if (variable !== undefined) readVariable(fn, variable, field, register);
  return register;
}

export function fieldName({ key, computed }: PropertyDefinition): string {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (computed) return "";
  return key.type === "Identifier" ? key.name : String((key as { value?: unknown }).value);
}
