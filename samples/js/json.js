// A reader and a writer of JSON, by hand: recursive descent with positions in its errors, and a document that is made
// up from a random sequence, so that what is written and read again can be compared.

class JsonError extends Error {
  constructor(message, text, at) {
    const before = text.slice(0, at).split("\n");
    super(`${message} at line ${before.length}, column ${before[before.length - 1].length + 1}`);
    this.name = "JsonError";
    this.at = at;
  }
}

const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

class Reader {
  #text;
  #at = 0;
  #depth = 0;
  constructor(text) {
    this.#text = text;
  }

  read() {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("there is more behind the value");
    return value;
  }

  #fail(message) {
    throw new JsonError(message, this.#text, this.#at);
  }

  #space() {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }

  #value() {
    this.#space();
    if (++this.#depth > 100) this.#fail("nested too deeply");
    const value = this.#bare();
    this.#depth--;
    return value;
  }

  #bare() {
    const character = this.#text[this.#at];
    switch (character) {
      case "{":
        return this.#object();
      case "[":
        return this.#array();
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      case undefined:
        return this.#fail("the text ends where a value should be");
      default:
        if (character === "-" || isDigit(this.#text.charCodeAt(this.#at))) return this.#number();
        return this.#fail(`no value begins with ${character}`);
    }
  }

  #word(word, value) {
    if (this.#text.slice(this.#at, this.#at + word.length) !== word) this.#fail("no such word");
    this.#at += word.length;
    return value;
  }

  #object() {
    const object = {};
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === "}") {
      this.#at++;
      return object;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail("a key is a string");
      const key = this.#string();
      this.#space();
      this.#expect(":");
      object[key] = this.#value();
      this.#space();
      if (this.#text[this.#at] === "}") break;
      this.#expect(",");
    }
    this.#at++;
    return object;
  }

  #array() {
    const array = [];
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === "]") {
      this.#at++;
      return array;
    }
    for (;;) {
      array.push(this.#value());
      this.#space();
      if (this.#text[this.#at] === "]") break;
      this.#expect(",");
    }
    this.#at++;
    return array;
  }

  #expect(character) {
    if (this.#text[this.#at] !== character) this.#fail(`expected ${character}`);
    this.#at++;
  }

  #string() {
    const text = this.#text;
    let from = ++this.#at;
    let result = "";
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === 34) break;
      if (code === 92) {
        result += text.slice(from, this.#at) + this.#escape();
        from = this.#at;
      } else if (code < 32 || Number.isNaN(code)) {
        this.#fail(code < 32 ? "control characters are escaped" : "the string has no end");
      } else {
        this.#at++;
      }
    }
    result += text.slice(from, this.#at);
    this.#at++;
    return result;
  }

  #escape() {
    const letter = this.#text[this.#at + 1];
    if (letter === "u") {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-f]{4}$/i.test(digits)) this.#fail("\\u needs four digits");
      this.#at += 6;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const character = ESCAPES[letter];
    if (character === undefined) this.#fail("no such escape");
    this.#at += 2;
    return character;
  }

  #number() {
    const from = this.#at;
    if (this.#text[this.#at] === "-") this.#at++;
    if (this.#text[this.#at] === "0") this.#at++;
    else this.#digits();
    if (this.#text[this.#at] === ".") {
      this.#at++;
      this.#digits();
    }
    if (this.#text[this.#at] === "e" || this.#text[this.#at] === "E") {
      this.#at++;
      if (this.#text[this.#at] === "+" || this.#text[this.#at] === "-") this.#at++;
      this.#digits();
    }
    return Number(this.#text.slice(from, this.#at));
  }

  #digits() {
    const from = this.#at;
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at++;
    if (this.#at === from) this.#fail("expected a digit");
  }
}

function isDigit(code) {
  return code >= 48 && code <= 57;
}

export function read(text) {
  return new Reader(text).read();
}

/** With an indent, a member a line. */
export function write(value, indent = "", before = "") {
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  const inner = before + indent;
  const [open, close, parts] = Array.isArray(value)
    ? ["[", "]", value.map((item) => write(item, indent, inner))]
    : ["{", "}", Object.entries(value).map(([k, v]) => `${quoted(k)}:${indent && " "}${write(v, indent, inner)}`)];
  if (parts.length === 0) return open + close;
  if (indent === "") return open + parts.join(",") + close;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${before}${close}`;
}

const NAMES = { "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

function quoted(text) {
  let result = '"';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    const code = text.charCodeAt(i);
    if (code >= 32 && code !== 34 && code !== 92) result += character;
    else result += NAMES[character] ?? `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return `${result}"`;
}

const ALPHABET = [...'abcdefghij klmnop"\\/\n\tqrstuvwxyz0123456789äé漢😀\u0001'];

/** Documents out of a random sequence. */
class Maker {
  #seed;
  constructor(seed) {
    this.#seed = seed;
  }
  #below(n) {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#seed / 4294967296) * n);
  }
  value(depth) {
    const kind = this.#below(depth > 0 ? 8 : 5);
    switch (kind) {
      case 0:
        return [null, true, false][this.#below(3)];
      case 1:
        return this.#below(2000) - 1000;
      case 2:
        return (this.#below(1000000) - 500000) / 64;
      case 3:
        return this.#text();
      case 4:
        return this.#below(1000) * 10 ** (this.#below(40) - 20);
      case 5:
        return Array.from({ length: this.#below(6) }, () => this.value(depth - 1));
      default: {
        const object = {};
        for (let i = this.#below(6); i > 0; i--) object[this.#text()] = this.value(depth - 1);
        return object;
      }
    }
  }
  #text() {
    let text = "";
    for (let i = this.#below(14); i > 0; i--) text += ALPHABET[this.#below(ALPHABET.length)];
    return text;
  }
}

export function same(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function checksum(text) {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
  return sum >>> 0;
}

export function run(size) {
  const maker = new Maker(size);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const value = { id: i, items: [maker.value(4), maker.value(4), maker.value(3)] };
    const text = write(value, i % 2 === 0 ? "" : "  ");
    const again = read(text);
    if (!same(value, again)) throw new Error(`document ${i} is not the same`);
    if (JSON.stringify(again) !== write(again)) throw new Error(`document ${i} is written in another way`);
    sum = (sum * 7 + checksum(text)) % 1000000007;
  }
  return sum;
}

for (const text of [
  '{"a": [1, -2.5e3, true], "b\\n": "\\u0041"}',
  "[1, 2",
  '{"a" 1}',
  "01",
  "nul",
  '"a\nb"',
  "[1,]",
  "",
  "-",
]) {
  try {
    console.log(write(read(text)));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    console.log(error.message);
  }
}
console.log(write({ name: "Ada", list: [1, [], {}], nested: { deep: [true, null] } }, "  "));
console.log(`checksum ${run(20)}`);
