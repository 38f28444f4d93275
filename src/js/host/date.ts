/** Date on the host's, which knows the time zones. */
import { jsError } from "../../errors.ts";
import type { ForeignContext } from "../../foreign/spec.ts";
import { stamp } from "../../values/exotic.ts";
import { Unit, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, fn, method, variadic, variadicMethod } from "../built-in.ts";
import { toNumber, toText } from "./convert.ts";
import { isFresh, prototypeNamed } from "./make.ts";
import { DateState, stateOf } from "./state.ts";

function stateFor(self: Value): DateState {
  const state = stateOf(self, DateState);
  if (state === undefined) throw jsError("TypeError", "this is not a Date object.");
  return state;
}

function now(context: ForeignContext): number {
  return Math.floor(context.processes.now());
}

function parse(text: string): number {
  work.units += text.length;
  return Date.parse(text);
}

/** Parts as the host's functions take them: at least two, at most seven. */
type Parts = [number, number, ...number[]];

function partsOf(args: readonly Value[]): Parts {
  const parts = args.slice(0, 7).map(toNumber);
  return (parts.length === 1 ? [parts[0], 0] : parts) as Parts;
}

function timeOf(args: readonly Value[], context: ForeignContext): number {
  // Virtual time may be later than any Date.
  if (args.length === 0) return new Date(now(context)).getTime();
  if (args.length > 1) return new Date(...partsOf(args)).getTime();
  const [value] = args;
  const known = stateOf(value, DateState);
  if (known !== undefined) return known.time;
  return typeof value === "string" ? parse(value) : new Date(toNumber(value)).getTime();
}

function construct(self: Value, args: readonly Value[], context: ForeignContext): Value {
  // Called with any other object it is no constructor.
  if (!isFresh(self) || !Object.prototype.isPrototypeOf.call(prototypeNamed("Date.prototype"), self)) {
    return new Date(now(context)).toString();
  }
  stamp(self, new DateState(timeOf(args, context)));
  return self;
}

const FIELDS = ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"] as const;
const ZONES = ["", "UTC"] as const;
type Field = (typeof FIELDS)[number];
type Zone = (typeof ZONES)[number];

/** How many parts a setter takes. */
const TAKES: Readonly<Partial<Record<Field, number>>> = {
  FullYear: 3,
  Month: 2,
  Date: 1,
  Hours: 4,
  Minutes: 3,
  Seconds: 2,
  Milliseconds: 1,
};

function get(zone: Zone, field: Field): BuiltIn {
  const name = `get${zone}${field}` as const;
  return method(`Date.prototype.${name}`, 0, (self) => new Date(stateFor(self).time)[name]());
}

function set(zone: Zone, field: Exclude<Field, "Day">): BuiltIn {
  const name = `set${zone}${field}` as const;
  return variadicMethod(`Date.prototype.${name}`, TAKES[field]!, (self, args) => {
    const state = stateFor(self);
    const date = new Date(state.time);
    const parts = args.slice(0, TAKES[field]).map(toNumber);
    state.time = date[name](...(parts as [number]));
    return state.time;
  });
}

const TEXTS = ["toString", "toDateString", "toTimeString", "toUTCString"] as const;
const LOCALE_TEXTS = ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] as const;

function isoText(self: Value): string {
  const { time } = stateFor(self);
  if (Number.isNaN(time)) throw jsError("RangeError", "Invalid time value");
  return new Date(time).toISOString();
}

const getTime = (self: Value): Value => stateFor(self).time;

export const DATE: readonly BuiltIn[] = [
  variadicMethod("Date", 7, construct),
  variadic("Date.now", 0, (_args, context) => now(context)),
  fn("Date.parse", 1, (text) => parse(toText(text))),
  variadic("Date.UTC", 7, (args) => (args.length === 0 ? Number.NaN : Date.UTC(...partsOf(args)))),
  method("Date.prototype.getTime", 0, getTime),
  method("Date.prototype.valueOf", 0, getTime),
  method("Date.prototype.getTimezoneOffset", 0, (self) => new Date(stateFor(self).time).getTimezoneOffset()),
  method("Date.prototype.getYear", 0, (self) => new Date(stateFor(self).time).getFullYear() - 1900),
  method("Date.prototype.setTime", 1, (self, time) => {
    const state = stateFor(self);
    state.time = new Date(toNumber(time)).getTime();
    return state.time;
  }),
  ...ZONES.flatMap((zone) => FIELDS.map((field) => get(zone, field))),
  ...ZONES.flatMap((zone) => {
    return FIELDS.flatMap((field) => (field === "Day" ? [] : [set(zone, field)]));
  }),
  ...TEXTS.map((name) => method(`Date.prototype.${name}`, 0, (self) => new Date(stateFor(self).time)[name]())),
  ...LOCALE_TEXTS.map((name) => {
    return method(`Date.prototype.${name}`, 0, (self) => new Date(stateFor(self).time)[name]("en-US"));
  }),
  method("Date.prototype.toISOString", 0, isoText),
  method("Date.prototype.toJSON", 1, (self) => (Number.isNaN(stateFor(self).time) ? Unit : isoText(self))),
  variadic("performance.now", 0, (_args, context) => context.processes.monotonicTime()),
  method("Date.prototype.toGMTString", 0, (self) => new Date(stateFor(self).time).toUTCString()),
];
