import type { ComputeCase } from "./case.ts";

/** A machine of states reads the same few tokens again and again: counts words, adds up numbers. */
export const states: ComputeCase = {
  name: "matching states",
  dominatedBy: "data",
  sizes: { test: 40, quick: 200_000, full: 2_000_000 },
  source: `
.function main arity=1 regs=15
  TAG_INIT r1, "letter", r0
  LOAD_CONST r2, 4
  TAG_INIT r2, "digit", r2
  LOAD_CONST r3, 2
  TAG_INIT r3, "digit", r3
  LOAD_CONST r4, :space
  ARRAY_INIT r1, [r1, r1, r2, r4, r2, r3, r4, r3, r1, r4, r4, r1, r4]
  LOAD_CONST r2, :length
  GET_PROP r2, r1, r2
  LOAD_CONST r3, 0
  LOAD_CONST r4, 0
  LOAD_CONST r5, 0
  LOAD_CONST r6, 0
  LOAD_CONST r7, :start
  LOAD_CONST r8, 1
  LOAD_CONST r9, 10
  LOAD_CONST r13, 0
loop:
  LESS_THAN r10, r3, r0
  JUMP_IF_FALSE r10, done
  GET_PROP r11, r1, r13
  MATCH r7, [(:start, in_start), (:word, in_word), (:number, in_number)]
  RETURN r7
in_start:
  MATCH r11, [(#letter(_), word_begins), (#digit(@r6), number_begins)]
  JUMP next
word_begins:
  ADD r4, r4, r8
  LOAD_CONST r7, :word
  JUMP next
number_begins:
  LOAD_CONST r7, :number
  JUMP next
in_word:
  MATCH r11, [(:space, word_ends)]
  JUMP next
word_ends:
  LOAD_CONST r7, :start
  JUMP next
in_number:
  MATCH r11, [(#digit(@r12), digit_follows), (#letter(_), word_begins)]
  ADD r5, r5, r6
  LOAD_CONST r7, :start
  JUMP next
digit_follows:
  MUL r6, r6, r9
  ADD r6, r6, r12
next:
  ADD r13, r13, r8
  EQUAL r10, r13, r2
  JUMP_IF_FALSE r10, counted
  LOAD_CONST r13, 0
counted:
  ADD r3, r3, r8
  JUMP loop
done:
  LOAD_CONST r10, 1000
  MUL r4, r4, r10
  ADD r4, r4, r5
  RETURN r4
.end`,
  plain: () => {
    type Token = "space" | { readonly tag: "letter" | "digit"; readonly value: number };
    return (size) => {
      const letter: Token = { tag: "letter", value: size };
      const four: Token = { tag: "digit", value: 4 };
      const two: Token = { tag: "digit", value: 2 };
      // biome-ignore format: a text
      const tokens: readonly Token[] = [letter, letter, four, "space", four, two, "space", two, letter, "space", "space", letter, "space"];
      let words = 0;
      let sum = 0;
      let value = 0;
      let state: "start" | "word" | "number" = "start";
      let at = 0;
      for (let i = 0; i < size; i++) {
        const token = tokens[at];
        switch (state) {
          case "start":
            if (token === "space") break;
            if (token.tag === "letter") {
              words++;
              state = "word";
            } else {
              value = token.value;
              state = "number";
            }
            break;
          case "word":
            if (token === "space") state = "start";
            break;
          case "number":
            if (token === "space") {
              sum += value;
              state = "start";
            } else if (token.tag === "digit") {
              value = value * 10 + token.value;
            } else {
              words++;
              state = "word";
            }
        }
        at++;
        if (at === tokens.length) at = 0;
      }
      return words * 1000 + sum;
    };
  },
};
