// JSON where functions of the program have a say: `toJSON`, getters, replacers, revivers.

function JSON_parse(text, reviver) {
  const value = _parseJson(typeof text === "string" ? text : `${text}`);
  if (typeof reviver !== "function") return value;
  return revived({ "": value }, "", reviver);
}

function revived(holder, key, reviver) {
  const value = holder[key];
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = revived(value, `${i}`, reviver);
  } else if (_isObject(value)) {
    const keys = Object.keys(value);
    for (let i = 0; i < keys.length; i++) {
      const result = revived(value, keys[i], reviver);
      if (result === undefined) delete value[keys[i]];
      else _define(value, keys[i], result);
    }
  }
  return reviver.call(holder, key, value);
}

function JSON_stringify(value, replacer, space) {
  const indent = _isObject(space) ? _indent(_key(space)) : _indent(space);
  if (typeof replacer !== "function" && !Array.isArray(replacer)) {
    const quick = _stringify(value, indent);
    if (quick !== false) return quick;
  }
  const names = Array.isArray(replacer) ? namesOf(replacer) : undefined;
  const writer = {
    replacer: typeof replacer === "function" ? replacer : undefined,
    names,
    indent,
    around: [],
    keys: [],
  };
  return written(writer, { "": value }, "", "\n");
}

function namesOf(list) {
  const names = [];
  for (let i = 0; i < list.length; i++) {
    const name = list[i];
    if (typeof name === "string" || typeof name === "number") {
      if (!names.includes(`${name}`)) names.push(`${name}`);
    }
  }
  return names;
}

function written(writer, holder, key, margin) {
  let value = holder[key];
  if (_isObject(value)) {
    const toJSON = value.toJSON;
    if (typeof toJSON === "function") value = toJSON.call(value, key);
  }
  if (writer.replacer !== undefined) value = writer.replacer.call(holder, key, value);
  if (!_isObject(value) || typeof value === "function") return _stringify(value, "");
  if (writer.around.includes(value)) {
    const first = writer.around.indexOf(value);
    _circular(writer.around.slice(first), [...writer.keys.slice(first + 1), key]);
  }
  writer.around.push(value);
  writer.keys.push(key);
  const text = Array.isArray(value) ? list(writer, value, margin) : members(writer, value, margin);
  writer.around.pop();
  writer.keys.pop();
  return text;
}

function list(writer, array, margin) {
  const inner = margin + writer.indent;
  const parts = [];
  for (let i = 0; i < array.length; i++) parts.push(written(writer, array, `${i}`, inner) ?? "null");
  return enclosed(writer, "[", parts, "]", margin, inner);
}

function members(writer, object, margin) {
  const inner = margin + writer.indent;
  const keys = writer.names ?? Object.keys(object);
  const between = writer.indent === "" ? ":" : ": ";
  const parts = [];
  for (let i = 0; i < keys.length; i++) {
    const text = written(writer, object, keys[i], inner);
    if (text !== undefined) parts.push(`${_quote(keys[i])}${between}${text}`);
  }
  return enclosed(writer, "{", parts, "}", margin, inner);
}

function enclosed(writer, open, parts, close, margin, inner) {
  if (parts.length === 0) return open + close;
  if (writer.indent === "") return open + _join(parts, ",") + close;
  return open + inner + _join(parts, `,${inner}`) + margin + close;
}
