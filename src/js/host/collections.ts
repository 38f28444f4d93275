/** Map, Set and their weak kin. Constructors and `forEach` are library, since they call back. */
import { jsError } from "../../errors.ts";
import { Atom } from "../../values/atom.ts";
import { STAMP, type Stamped, stamp } from "../../values/exotic.ts";
import { Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, badArgument, getter, intrinsic, method } from "../built-in.ts";
import { isObject } from "./convert.ts";
import { quoted } from "./describe.ts";
import { tooLarge } from "./limits.ts";
import { isFresh } from "./make.ts";
import { MapState, SetState } from "./state.ts";

type MapTag = MapState["tag"];
type SetTag = SetState["tag"];

function incompatible(name: string, self: Value): ReturnType<typeof jsError> {
  return jsError("TypeError", `Method ${name} called on incompatible receiver ${quoted(self)}`);
}

/** As `stateOf`, with a look of its own at what is stamped: here V8 knows the few kinds of objects that come by. */
function mapOf(self: Value, tag: MapTag, name: string): MapState {
  const found = (self as Stamped)[STAMP];
  if (found?.owner === self && found.state instanceof MapState && found.state.tag === tag) return found.state;
  throw incompatible(`${tag}.prototype.${name}`, self);
}

function setOf(self: Value, tag: SetTag, name: string): SetState {
  const found = (self as Stamped)[STAMP];
  if (found?.owner === self && found.state instanceof SetState && found.state.tag === tag) return found.state;
  throw incompatible(`${tag}.prototype.${name}`, self);
}

function weakKey(key: Value, what: string): Value {
  if (isObject(key) || key instanceof Atom) return key;
  throw jsError("TypeError", `Invalid value used ${what}`);
}

/** What a class derived from a built-in one gets when its constructor runs. */
function initialise(self: Value, tag: string): Value {
  const state = emptyState(tag);
  if (!isFresh(self)) throw jsError("TypeError", `Constructor ${tag} requires 'new'`);
  stamp(self, state);
  return Undefined;
}

function emptyState(tag: string): MapState | SetState {
  switch (tag) {
    case "Map":
    case "WeakMap":
      return new MapState(tag);
    case "Set":
    case "WeakSet":
      return new SetState(tag);
    default:
      throw badArgument(tag);
  }
}

// The host's Maps and Sets have a largest size, which depends on what was taken away before.

function put(state: MapState, key: Value, value: Value): void {
  try {
    // 0 and -0 are one key, and the host keeps it as 0.
    state.map.set(state.keys.keep(key), value);
  } catch (error) {
    throw tooLarge(error);
  }
}

function add(state: SetState, value: Value): void {
  try {
    state.set.add(state.keys.keep(value));
  } catch (error) {
    throw tooLarge(error);
  }
}

// Each of these is a function of its own text: V8 puts them into compiled code only if it knows what each one calls.

function maps(tag: MapTag): BuiltIn[] {
  return [
    method(`${tag}.prototype.get`, 1, (self, key) => {
      const { map, keys } = mapOf(self, tag, "get");
      return map.get(keys.find(key)) ?? Undefined;
    }),
    method(`${tag}.prototype.has`, 1, (self, key) => {
      const { map, keys } = mapOf(self, tag, "has");
      return map.has(keys.find(key));
    }),
    method(`${tag}.prototype.delete`, 1, (self, key) => {
      const { map, keys } = mapOf(self, tag, "delete");
      const kept = keys.find(key);
      keys.forget(kept);
      return map.delete(kept);
    }),
    method(`${tag}.prototype.set`, 2, (self, key, value) => {
      const state = mapOf(self, tag, "set");
      put(state, tag === "Map" ? key : weakKey(key, "as weak map key"), value);
      return self;
    }),
  ];
}

function sets(tag: SetTag): BuiltIn[] {
  return [
    method(`${tag}.prototype.has`, 1, (self, value) => {
      const { set, keys } = setOf(self, tag, "has");
      return set.has(keys.find(value));
    }),
    method(`${tag}.prototype.delete`, 1, (self, value) => {
      const { set, keys } = setOf(self, tag, "delete");
      const kept = keys.find(value);
      keys.forget(kept);
      return set.delete(kept);
    }),
    method(`${tag}.prototype.add`, 1, (self, value) => {
      const state = setOf(self, tag, "add");
      add(state, tag === "Set" ? value : weakKey(value, "in weak set"));
      return self;
    }),
  ];
}

export const COLLECTIONS: readonly BuiltIn[] = [
  intrinsic("%initialise", ["any", "text"], initialise),
  ...maps("Map"),
  ...maps("WeakMap"),
  ...sets("Set"),
  ...sets("WeakSet"),
  getter("Map.prototype.size", (self) => mapOf(self, "Map", "size").map.size),
  getter("Set.prototype.size", (self) => setOf(self, "Set", "size").set.size),
  method("Map.prototype.clear", 0, (self) => {
    const { map, keys } = mapOf(self, "Map", "clear");
    work.values += map.size;
    map.clear();
    keys.clear();
    return Undefined;
  }),
  method("Set.prototype.clear", 0, (self) => {
    const { set, keys } = setOf(self, "Set", "clear");
    work.values += set.size;
    set.clear();
    keys.clear();
    return Undefined;
  }),
];
