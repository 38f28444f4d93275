/** The tables of docs/ffi.md, by the names that the page has for them. */
import {
  ANNOTATIONS,
  CONVERSIONS,
  GIVEN_BY_JAVASCRIPT,
  GIVEN_BY_PYTHON,
  type GivenRow,
  OPAQUE_TYPES,
} from "./conversions.ts";
import { PLAIN_TYPES, WHOLE_TYPES } from "./description.ts";
import { flagOf, PERMISSION_KINDS, PERMISSIONS } from "./permissions.ts";

export const FOREIGN_TABLES: Readonly<Record<string, () => string>> = {
  values: () =>
    table(
      ["type", "in a program", "in JavaScript", "in Python"],
      [
        ...CONVERSIONS.map(({ type, value, javascript, python }) => [
          type,
          code(value),
          code(javascript),
          code(python),
        ]),
        [OPAQUE_TYPES.join(", "), "", "an object", "a `Handle`"],
      ],
    ),
  "javascript gives": () => given("JavaScript", GIVEN_BY_JAVASCRIPT),
  "python gives": () => given("Python", GIVEN_BY_PYTHON),
  annotations: () =>
    table(
      ["annotation", "type"],
      Object.entries(ANNOTATIONS).map(([annotation, type]) => [code(annotation), type]),
    ),
  types: () =>
    table(
      ["type", "in a program", "in C", "in WebAssembly", "as a result in C", "as a result in WebAssembly"],
      [...Object.entries(WHOLE_TYPES), ...Object.entries(PLAIN_TYPES)].map(([type, row]) => {
        const { is, c, wasm } = row;
        const range = "least" in row ? `, ${power(row.least)} to ${power(row.most)}` : "";
        const result = "result" in row ? row.result : { c, wasm };
        const [resultC, resultWasm] = result === null ? ["", ""] : [code(result.c), code(result.wasm)];
        return type === "void"
          ? [code(type), is, "", "", resultC, ""]
          : [code(type), is + range, code(c), code(wasm), resultC, resultWasm];
      }),
    ),
  permissions: () =>
    table(
      ["flag", "in `allow`", "allows", "a list names"],
      PERMISSION_KINDS.map((kind) => [
        code(flagOf(kind)),
        code(kind),
        PERMISSIONS[kind].allows,
        PERMISSIONS[kind].items,
      ]),
    ),
};

/** The page with the tables that stand between `<!-- table: name -->` and `<!-- end -->` as they should be. */
export function withTables(page: string): string {
  return page.replace(
    /(<!-- table: ([\w ]+) -->\n).*?(<!-- end -->)/gs,
    (_, start: string, name: string, end: string) => {
      const made = FOREIGN_TABLES[name];
      if (made === undefined) throw new Error(`there is no table ${name}`);
      return `${start}\n${made()}\n${end}`;
    },
  );
}

function given(language: string, rows: readonly GivenRow[]): string {
  return table(
    [`${language} gives`, "the program gets"],
    rows.map(({ expression, value, refused }) => [
      code(expression),
      value === undefined ? `the failure “${refused}”` : code(value),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

/** 2^53 instead of sixteen digits. */
function power(number: number): string {
  const size = Math.abs(number);
  if (size < 2 ** 16) return String(number);
  const exponent = Math.round(Math.log2(size));
  const rest = size - 2 ** exponent;
  return `${number < 0 ? "-" : ""}2^${exponent}${rest === 0 ? "" : rest}`;
}
