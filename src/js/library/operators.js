// Operators on objects: what instructions call when an operand is no primitive value. Conversions of ECMAScript, which ask functions
// of the program.

function _primitive(value, hint) {
  if (value === undefined || value === null) return value;
  const quick = _quickPrimitive(value, hint);
  if (quick !== undefined) return quick;
  const textFirst = hint === "string" || (hint === "default" && _isDate(value));
  const first = textFirst ? value.toString : value.valueOf;
  if (typeof first === "function") {
    const result = first.call(value);
    if (!_isObject(result)) return result;
  }
  const second = textFirst ? value.valueOf : value.toString;
  if (typeof second === "function") {
    const result = second.call(value);
    if (!_isObject(result)) return result;
  }
  throw new TypeError("Cannot convert object to primitive value");
}

function _add(a, b) {
  const left = _primitive(a, "default");
  return left + _primitive(b, "default");
}

function _sub(a, b) {
  const left = _number(a);
  return left - _number(b);
}

function _mul(a, b) {
  const left = _number(a);
  return left * _number(b);
}

function _div(a, b) {
  const left = _number(a);
  return left / _number(b);
}

function _mod(a, b) {
  const left = _number(a);
  return left % _number(b);
}

function _pow(a, b) {
  const left = _number(a);
  return left ** _number(b);
}

function _bitAnd(a, b) {
  const left = _number(a);
  return left & _number(b);
}

function _bitOr(a, b) {
  const left = _number(a);
  return left | _number(b);
}

function _bitXor(a, b) {
  const left = _number(a);
  return left ^ _number(b);
}

function _shl(a, b) {
  const left = _number(a);
  return left << _number(b);
}

function _shr(a, b) {
  const left = _number(a);
  return left >> _number(b);
}

function _ushr(a, b) {
  const left = _number(a);
  return left >>> _number(b);
}

function _less(a, b) {
  const left = _primitive(a, "number");
  return left < _primitive(b, "number");
}

function _lessEqual(a, b) {
  const left = _primitive(a, "number");
  return left <= _primitive(b, "number");
}

function _greater(a, b) {
  const left = _primitive(a, "number");
  return left > _primitive(b, "number");
}

function _greaterEqual(a, b) {
  const left = _primitive(a, "number");
  return left >= _primitive(b, "number");
}

function _looseEqual(a, b) {
  return _isObject(a) ? _primitive(a, "default") == b : a == _primitive(b, "default");
}

function _neg(a) {
  return -_number(a);
}

function _bitNot(a) {
  return ~_number(a);
}

function _number(a) {
  return +_primitive(a, "number");
}

function _string(a) {
  return `${_primitive(a, "string")}`;
}

function _key(a) {
  return _primitive(a, "string");
}

function _get(object, key) {
  return object[_key(key)];
}

function _set(object, key, value) {
  object[_key(key)] = value;
}

// A function of the host has got an object where it needs a primitive value: it is called again with what the object says.
function _retry(callee, self, args, subject, hint) {
  const value = _primitive(subject, hint);
  for (let i = 0; i < args.length; i++) {
    if (args[i] === subject) args[i] = value;
  }
  return Reflect.apply(callee, self === subject ? value : self, args);
}
