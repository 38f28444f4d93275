/** Dates: milliseconds since the beginning of 1970 UTC as what people write, and back. No time zone but UTC. */
import { createObject, getProperty, type IonObject } from "../../values/object.ts";
import { Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignSpec, type Parameter, refusal } from "../spec.ts";

const TIME: Parameter = { name: "milliseconds", type: "Number" };

function dateOf(milliseconds: number): Date {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) throw refusal(`${milliseconds} is no time within 100,000,000 days of 1970`);
  return date;
}

function partsOf(milliseconds: number): IonObject {
  const date = dateOf(milliseconds);
  const parts = createObject();
  parts.$year = date.getUTCFullYear();
  parts.$month = date.getUTCMonth() + 1;
  parts.$day = date.getUTCDate();
  parts.$hour = date.getUTCHours();
  parts.$minute = date.getUTCMinutes();
  parts.$second = date.getUTCSeconds();
  parts.$millisecond = date.getUTCMilliseconds();
  parts.$weekday = date.getUTCDay();
  return parts;
}

/** Each part, and what it is if it is missing. */
const PARTS = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };

function fromParts(object: IonObject): number {
  const [year, month, day, hour, minute, second, millisecond] = Object.entries(PARTS).map(([name, standard]) => {
    const value: Value | undefined = getProperty(object, `$${name}`);
    if (value === undefined || value === Undefined) return standard;
    if (typeof value !== "number" || !Number.isInteger(value)) throw refusal(`The ${name} must be a whole Number`);
    return value;
  });
  // Set one by one: Date.UTC takes the years 0 to 99 for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return dateOf(date.getTime()).getTime();
}

const ISO = /^([+-]\d{6}|\d{4})-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

export const DATES: readonly ForeignSpec[] = [
  {
    name: "DateParts",
    parameters: [TIME],
    result: "Object",
    description:
      "A fresh Object with `year`, `month` and `day` from 1, `hour`, `minute`, `second`, `millisecond`, and `weekday` from 0, a Sunday; in UTC.",
    pure: false,
    run: (args) => partsOf(args[0] as number),
  },
  {
    name: "DateFromParts",
    parameters: [{ name: "parts", type: "Object" }],
    result: "Number",
    description:
      "The milliseconds of such parts, `weekday` aside. Those that are missing are as at the beginning of 1970; those beyond " +
      "their range count on: the day 0 is the last of the month before.",
    pure: false,
    run: (args) => fromParts(args[0] as IonObject),
  },
  {
    name: "DateFormat",
    parameters: [TIME],
    result: "String",
    description: "The time as ISO 8601 says it, such as `2026-11-23T12:00:00.000Z`.",
    pure: true,
    run: (args) => dateOf(args[0] as number).toISOString(),
  },
  {
    name: "DateParse",
    parameters: [{ name: "text", type: "String" }],
    result: "Any",
    description:
      "The milliseconds of a day, or of a time with `Z` or its distance from UTC, in ISO 8601: `2026-11-23`, `2026-11-23T12:00Z`; Undefined for any other text.",
    charge: "the units of the text",
    pure: true,
    run: (args) => {
      const text = args[0] as string;
      work.units += text.length;
      const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
      return Number.isNaN(time) ? Undefined : time;
    },
  },
];
