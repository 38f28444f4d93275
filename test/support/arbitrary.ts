/**
 * Random class files, from the rows of the instruction table: whatever a file can say, whether or not it
 * makes sense. `arbitraryClassFile` for the codec and the assembler; `arbitraryProgram` for engines.
 */
import fc from "fast-check";
import {
  type Clause,
  type Instruction,
  MNEMONICS,
  type ObjectEntry,
  type Operand,
  type OperandKind,
  rowOf,
} from "../../src/bytecode/instructions.ts";
import {
  type ClassFile,
  DIALECTS,
  type Format,
  type FunctionRecord,
  functionReference,
  type LineEntry,
  type Section,
} from "../../src/bytecode/model.ts";
import type { Pattern } from "../../src/bytecode/pattern.ts";
import { hasLoneSurrogate } from "../../src/bytecode/strings.ts";
import { ACCESS } from "../../src/bytecode/tags.ts";
import { atom } from "../../src/values/atom.ts";
import { Binary, FloatArray } from "../../src/values/bytes.ts";
import { type Attributes, createObject, defineProperty, nativeKey } from "../../src/values/object.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value } from "../../src/values/value.ts";

const NAMES = ["", "a", "length", "__proto__", "constructor", "odd key", "é\u2028", '"*/${`', "𝒳", "self", "_", "r0"];

/** Texts of files: version 1 has no lone surrogates. */
function arbitraryText(format: Format): fc.Arbitrary<string> {
  const any = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: "binary", maxLength: 8 }));
  if (format.version === 1) return any.filter((text) => !hasLoneSurrogate(text));
  return fc.oneof({ weight: 9, arbitrary: any }, { weight: 1, arbitrary: fc.constantFrom("\ud800", "x\udfff\ud800") });
}

function arbitraryAttributes(format: Format): fc.Arbitrary<Attributes> {
  if (format.version === 1 && format.dialect === "newest") return fc.constantFrom(...ACCESS);
  return fc.record({ writable: fc.boolean(), enumerable: fc.boolean(), configurable: fc.boolean() });
}

const NUMBERS = fc.oneof(fc.constantFrom(0, -0, 1, 2, -1, 0.5, Number.NaN, Infinity, 1e21, 2 ** 53), fc.double());

export function arbitraryLiteral(format: Format, depth = 2): fc.Arbitrary<Value> {
  const text = arbitraryText(format);
  const bytes: fc.Arbitrary<Value> = fc.oneof(
    fc.uint8Array({ maxLength: 5 }).map((items) => new Binary(items)),
    fc.array(NUMBERS, { maxLength: 5 }).map((items) => new FloatArray(Float64Array.from(items))),
  );
  const leaf: fc.Arbitrary<Value> = fc.oneof(
    ...(format.version === 2 ? [bytes] : []),
    NUMBERS,
    fc.boolean(),
    text,
    text.map(atom),
    text.map(functionReference),
    fc.tuple(NUMBERS, NUMBERS).map(([re, im]) => new Complex(re, im)),
    fc.constantFrom(Unit, Undefined),
  );
  if (depth === 0) return leaf;
  const inner = arbitraryLiteral(format, depth - 1);
  const items = fc.array(inner, { maxLength: 3 });
  const members = fc.uniqueArray(fc.tuple(text, inner, arbitraryAttributes(format)), {
    maxLength: 3,
    selector: ([key]) => key,
  });
  const compound: fc.Arbitrary<Value>[] = [
    items,
    items.map((values) => new Tuple(values)),
    members.map((entries) => {
      const object = createObject();
      for (const [key, value, attributes] of entries) defineProperty(object, nativeKey(key), value, attributes);
      return object;
    }),
  ];
  if (format.version === 2) compound.push(fc.tuple(text, inner).map(([tag, payload]) => new Tagged(tag, payload)));
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: fc.oneof(...compound) });
}

export function arbitraryPattern(format: Format, registers: number, depth = 2): fc.Arbitrary<Pattern> {
  const leaves: fc.Arbitrary<Pattern>[] = [
    arbitraryLiteral(format, 1).map((value) => ({ kind: "value", value })),
    fc.constant({ kind: "wildcard" }),
  ];
  if (format.version === 2) {
    leaves.push(fc.nat(registers - 1).map((register) => ({ kind: "bind", register })));
    leaves.push(fc.nat(registers - 1).map((register) => ({ kind: "pin", register })));
  }
  if (depth === 0) return fc.oneof(...leaves);
  const inner = arbitraryPattern(format, registers, depth - 1);
  const text = arbitraryText(format);
  const compound: fc.Arbitrary<Pattern>[] = [
    fc.record({ kind: fc.constantFrom("tuple" as const, "array" as const), items: fc.array(inner, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("tagged" as const), tag: text, payload: inner }),
  ];
  if (format.version === 2) {
    const members = fc.array(fc.record({ key: text, pattern: inner }), { maxLength: 3 });
    compound.push(fc.record({ kind: fc.constant("object" as const), members }));
  }
  return fc.oneof(...leaves, ...compound);
}

interface Shape {
  readonly format: Format;
  readonly registers: number;
  /** Offsets of an instruction at `index`. */
  readonly offset: fc.Arbitrary<number>;
}

function arbitraryOperand(kind: OperandKind, shape: Shape): fc.Arbitrary<Operand> {
  const { format, offset } = shape;
  const register = fc.nat(shape.registers - 1);
  const text = arbitraryText(format);
  switch (kind) {
    case "dst":
    case "src":
      return register;
    case "number":
      return fc.nat(5);
    case "offset":
      return offset;
    case "string":
      return text;
    case "value":
      return arbitraryLiteral(format);
    case "registers":
      return fc.array(register, { maxLength: 4 });
    case "captures":
      return fc.array(fc.record({ name: text, register }), { maxLength: 3 });
    case "clauses": {
      const pattern = arbitraryPattern(format, shape.registers);
      return fc.array(fc.record({ pattern, offset }) as fc.Arbitrary<Clause>, { maxLength: 3 });
    }
    case "entries": {
      const from = fc.oneof(
        register.map((r) => ({ register: r })),
        arbitraryLiteral(format, 1).map((value) => ({ value })),
      );
      const attributes = fc.option(arbitraryAttributes(format));
      return fc.array(fc.record({ key: text, from, attributes }) as fc.Arbitrary<ObjectEntry>, { maxLength: 3 });
    }
  }
}

export function arbitraryInstruction(shape: Shape): fc.Arbitrary<Instruction> {
  const there = MNEMONICS.filter((op) => shape.format.version === 2 || rowOf(op).inVersion1);
  return fc.constantFrom(...there).chain((op) => {
    const operands = rowOf(op).operands.map(({ kind }) => arbitraryOperand(kind, shape));
    return fc.tuple(...operands).map((made) => ({ op, operands: made }) as unknown as Instruction);
  });
}

export const FORMATS: readonly Format[] = [
  { version: 2 },
  ...DIALECTS.flatMap((dialect): Format[] => [
    { version: 1, dialect, layout: "many" },
    { version: 1, dialect, layout: "single" },
  ]),
];

/** A function of any kind; its offsets may lead anywhere. */
export function arbitraryFunction(format: Format): fc.Arbitrary<FunctionRecord> {
  const text = arbitraryText(format);
  const instruction = arbitraryInstruction({ format, registers: 70_000, offset: fc.integer({ min: -9, max: 9 }) });
  const body = fc.oneof(
    { weight: 9, arbitrary: fc.array(instruction, { maxLength: 12 }).map(bytecode) },
    { weight: 1, arbitrary: text.map((target) => ({ kind: "foreign" as const, target })) },
  );
  const oldest = format.version === 1 && format.dialect === "oldest";
  const extraRegs = oldest ? fc.constant(0) : fc.nat(40);
  return fc.record({ name: fc.option(text), arity: fc.nat(5), extraRegs, body });
}

function bytecode(instructions: Instruction[]): FunctionRecord["body"] {
  return { kind: "bytecode", instructions };
}

export function arbitraryClassFile(format: Format): fc.Arbitrary<ClassFile> {
  const one = format.version === 1 && format.layout === "single";
  const functions = fc.array(arbitraryFunction(format), one ? { minLength: 1, maxLength: 1 } : { maxLength: 3 });
  return functions.chain((made) =>
    (format.version === 1 ? fc.constant([]) : arbitrarySections(made)).map((sections) => ({
      format,
      functions: made,
      sections,
    })),
  );
}

function arbitrarySections(functions: readonly FunctionRecord[]): fc.Arbitrary<Section[]> {
  const lines = fc.tuple(
    ...functions.map(({ body }) => arbitraryLines(body.kind === "bytecode" ? body.instructions.length : 0)),
  );
  const section: fc.Arbitrary<Section> = fc.oneof(
    lines.map((entries) => ({ kind: "lines" as const, functions: entries })),
    fc.string({ maxLength: 5 }).map((file) => ({ kind: "source" as const, file })),
    fc
      .tuple(fc.constantFrom("x", "debug info", ""), fc.uint8Array({ maxLength: 9 }))
      .map(([name, bytes]) => ({ kind: "unknown" as const, name, bytes })),
  );
  return fc
    .array(section, { maxLength: 3 })
    .map((all) => all.filter((one, i) => one.kind === "unknown" || all.findIndex((s) => s.kind === one.kind) === i));
}

function arbitraryLines(length: number): fc.Arbitrary<LineEntry[]> {
  if (length === 0) return fc.constant([]);
  const place = fc.record({ instruction: fc.nat(length - 1), line: fc.nat(999), column: fc.nat(99) });
  return fc
    .uniqueArray(place, { maxLength: 3, selector: ({ instruction }) => instruction })
    .map((entries) => entries.sort((a, b) => a.instruction - b.instruction));
}

/** Registers of functions in random programs. */
const PROGRAM_REGISTERS = 8;

/**
 * A class of version 2 that may well verify: few registers, offsets that stay inside, references that
 * resolve. TRY is left out, since random ones hardly ever agree.
 */
export function arbitraryProgram(): fc.Arbitrary<ClassFile> {
  const format: Format = { version: 2 };
  const functions = ["main", "f", "g"].map((name) => {
    return fc.integer({ min: 1, max: 15 }).chain((length) => {
      const instructions = Array.from({ length }, (_, index) => {
        const offset = fc.integer({ min: -index, max: length - index });
        const shape = { format, registers: PROGRAM_REGISTERS, offset };
        return fc.oneof(
          { weight: 3, arbitrary: arbitraryInstruction(shape).filter(runs) },
          { weight: 1, arbitrary: loadsReference(shape.registers) },
        );
      });
      return fc.tuple(fc.nat(3), fc.tuple(...instructions)).map(([arity, made]) => ({
        name,
        arity: name === "main" ? 0 : arity,
        extraRegs: PROGRAM_REGISTERS,
        body: bytecode(made),
      }));
    });
  });
  return fc.tuple(...functions).map((made) => ({ format, functions: made, sections: [] }));
}

const REFERENCES = [
  "__function_ref:f",
  "__function_ref:g",
  "__vm:self",
  "__vm:processes",
  "__vm:this",
  "__stdlib:Print",
  "__stdlib:ArrayPush",
  "__stdlib:SetPrototypes",
  "__stdlib:Exit",
  "__stdlib:TrapExit",
  "__stdlib:Sqrt",
].map(atom);

function loadsReference(registers: number): fc.Arbitrary<Instruction> {
  return fc
    .tuple(fc.nat(registers - 1), fc.constantFrom(...REFERENCES))
    .map(([register, value]) => ({ op: "LOAD_CONST" as const, operands: [register, value] as [number, Value] }));
}

function runs({ op, operands }: Instruction): boolean {
  if (op === "TRY" || op === "END_TRY") return false;
  // References inside literals would have to resolve.
  return !containsReference(operands);
}

function containsReference(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  const kind = (part as { kind?: unknown }).kind;
  if (kind === "Function") return true;
  return Object.values(part).some(containsReference);
}
