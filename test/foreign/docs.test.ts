import { describe, expect, test } from "vitest";
import { standardLibraryPage } from "../../src/foreign/docs.ts";
import { STANDARD_LIBRARY } from "../../src/foreign/stdlib/index.ts";

describe("the page of the standard library", () => {
  const page = standardLibraryPage();

  test.each(STANDARD_LIBRARY.map((spec) => [spec.name, spec] as const))("has %s once", (name, spec) => {
    const lines = page.split("\n").filter((line) => line.startsWith(`- \`${name}(`));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(` → ${spec.result}\` — ${spec.description}`);
    expect(lines[0].includes("*Charged: ")).toBe(spec.charge !== undefined);
  });

  test("shows parameters, the rest, the result and the charge", () => {
    expect(page).toContain(
      "- `Print(value: Any, …more: Any) → Unit` — Prints the values, joined by `, `, on standard output. *Charged: the units printed.*",
    );
    expect(page).toContain("- `Args() → Array` — ");
  });
});
