// Functions of String that convert objects or call back.

function String(...values) {
  return values.length === 0 ? "" : `${values[0]}`;
}

function Number(...values) {
  return values.length === 0 ? 0 : +values[0];
}

function String_raw(strings, ...values) {
  const raw = strings.raw;
  const texts = [];
  for (let i = 0; i < values.length; i++) texts.push(`${values[i]}`);
  return _rawText(raw, texts);
}

function Error_prototype_toString() {
  if (!_isObject(this)) {
    throw new TypeError(`Method Error.prototype.toString called on incompatible receiver ${_quoted(this)}`);
  }
  const name = this.name;
  const message = this.message;
  const nameText = name === undefined ? "Error" : `${name}`;
  const messageText = message === undefined ? "" : `${message}`;
  if (nameText === "") return messageText;
  return messageText === "" ? nameText : `${nameText}: ${messageText}`;
}

function textOf(self, name) {
  if (typeof self === "string") return self;
  if (self === undefined || self === null) {
    throw new TypeError(`String.prototype.${name} called on null or undefined`);
  }
  return `${self}`;
}

function String_prototype_replace(pattern, replacement) {
  const text = textOf(this, "replace");
  if (_isRegExp(pattern)) return replacePattern(text, pattern, replacement);
  return replaceText(text, `${pattern}`, replacement, false);
}

function String_prototype_replaceAll(pattern, replacement) {
  const text = textOf(this, "replaceAll");
  if (!_isRegExp(pattern)) return replaceText(text, `${pattern}`, replacement, true);
  if (!_isGlobal(pattern)) {
    throw new TypeError("String.prototype.replaceAll called with a non-global RegExp argument");
  }
  return replacePattern(text, pattern, replacement);
}

function replaceText(text, part, replacement, all) {
  if (typeof replacement !== "function") return _replaceText(text, part, `${replacement}`, all);
  const places = _placesOf(text, part, all);
  const parts = [];
  let end = 0;
  for (let i = 0; i < places.length; i++) {
    const at = places[i];
    parts.push(text.slice(end, at));
    parts.push(`${replacement(part, at, text)}`);
    end = at + part.length;
  }
  parts.push(text.slice(end));
  return _join(parts, "");
}

function replacePattern(text, pattern, replacement) {
  if (typeof replacement !== "function") return _replacePattern(text, pattern, `${replacement}`);
  const found = _findAll(pattern, text);
  const parts = [];
  let end = 0;
  for (let i = 0; i < found.length; i++) {
    const match = found[i];
    parts.push(text.slice(end, match.index));
    const args = [...match, match.index, text];
    if (match.groups !== undefined) args.push(match.groups);
    parts.push(`${replacement(...args)}`);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return _join(parts, "");
}

function String_prototype_split(separator, limit) {
  const text = textOf(this, "split");
  const most = limit === undefined ? undefined : +limit;
  if (_isRegExp(separator)) return _splitPattern(text, separator, most);
  return _splitText(text, separator === undefined ? undefined : `${separator}`, most);
}

function patternOf(pattern, flags) {
  if (_isRegExp(pattern)) return pattern;
  return new RegExp(pattern === undefined ? "(?:)" : `${pattern}`, flags);
}

function String_prototype_match(pattern) {
  const text = textOf(this, "match");
  return _match(patternOf(pattern, ""), text);
}

function String_prototype_matchAll(pattern) {
  const text = textOf(this, "matchAll");
  if (_isRegExp(pattern) && !_isGlobal(pattern)) {
    throw new TypeError("String.prototype.matchAll called with a non-global RegExp argument");
  }
  return _matchAll(patternOf(pattern, "g"), text);
}

function String_prototype_search(pattern) {
  const text = textOf(this, "search");
  return _search(patternOf(pattern, ""), text);
}
