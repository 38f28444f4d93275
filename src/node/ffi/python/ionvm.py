"""What Python modules of a pack import, and how values go to a program and back.

    from ionvm import function

    @function
    def add(a: float, b: float) -> float:
        "The sum."
        return a + b

Only the standard library is needed; Python 3.9 or later.
"""

import array
import inspect
import struct
import sys

__all__ = ["function", "Atom", "Tagged", "Handle", "UNDEFINED"]


class Atom(str):
    """An Atom of a program. Equal to a text only if that is an Atom, too."""

    __slots__ = ()

    def __eq__(self, other):
        return isinstance(other, Atom) and str.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash((Atom, str(self)))

    def __repr__(self):
        return ":" + str(self)


class Tagged:
    """A Tagged value: a tag and a payload."""

    __slots__ = ("tag", "payload")

    def __init__(self, tag, payload):
        self.tag = tag
        self.payload = payload

    def __eq__(self, other):
        return isinstance(other, Tagged) and (self.tag, self.payload) == (other.tag, other.payload)

    def __repr__(self):
        return "#%s(%r)" % (self.tag, self.payload)


class Handle:
    """A Process, Reference or Function: can be given back during the call that brought it, and nothing else."""

    __slots__ = ("number", "kind")

    def __init__(self, number, kind):
        self.number = number
        self.kind = kind

    def __repr__(self):
        return "<%s of a program>" % self.kind


class _Undefined:
    __slots__ = ()

    def __bool__(self):
        return False

    def __repr__(self):
        return "UNDEFINED"


UNDEFINED = _Undefined()


class Function:
    """A function that programs can call: the host has one for each that is marked."""

    __slots__ = ("call", "name", "blocking", "is_async", "parameters", "rest", "result", "description")

    def __init__(self, call, name, blocking):
        self.call = call
        self.name = name
        self.blocking = blocking
        self.is_async = inspect.iscoroutinefunction(call)
        self.parameters = []
        self.rest = None
        self.description = inspect.getdoc(call) or ""
        signature = inspect.signature(call)
        for parameter in signature.parameters.values():
            if parameter.kind is parameter.KEYWORD_ONLY or parameter.kind is parameter.VAR_KEYWORD:
                if parameter.default is parameter.empty and parameter.kind is parameter.KEYWORD_ONLY:
                    raise TypeError("%s: a program cannot give the keyword argument %s" % (name, parameter.name))
            elif parameter.kind is parameter.VAR_POSITIONAL or parameter.default is not parameter.empty:
                # Those that may be missing: Python itself checks how many there are.
                self.rest = self.rest or [parameter.name, "Any"]
            else:
                self.parameters.append([parameter.name, _type_name(parameter.annotation)])
        self.result = _type_name(signature.return_annotation)


_TYPES = {
    "float": "Number",
    "int": "Number",
    "bool": "Boolean",
    "str": "String",
    "bytes": "Binary",
    "complex": "Complex",
    "None": "Unit",
    "NoneType": "Unit",
    "tuple": "Tuple",
    "list": "Array",
    "dict": "Object",
    "array": "Float64Array",
    "ndarray": "Float64Array",
    "Atom": "Atom",
    "Tagged": "Tagged",
}


def _type_name(annotation):
    if annotation is None:
        return "Unit"
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return _TYPES.get(name.rsplit(".", 1)[-1], "Any")


#: The functions that have been marked since the host began to load a module.
marked = []


def function(call=None, *, name=None, blocking=False):
    """Marks a function that programs may call as `module.name`.

    With `blocking` it runs in a thread, so that others can be called meanwhile; an `async def` needs no thread. The types
    of the parameters and the result are those of its annotations.
    """

    def mark(decorated):
        own = name or decorated.__name__
        if not isinstance(own, str) or not own.isidentifier():
            raise ValueError("%s is no name of a function" % _short(own))
        marked.append(Function(decorated, own, blocking))
        return decorated

    return mark if call is None else mark(call)


# ---- Values -----------------------------------------------------------------------------------------------------------

# The table of extensions is that of src/node/ffi/wire.ts.
_ATOM, _UNDEFINED, _COMPLEX, _TUPLE, _TAGGED, _HANDLE, _BLOB, _TEXT, _NEGATIVE_ZERO = range(1, 10)
_BINARY_BLOB, _FLOATS_BLOB = 0, 1
_SMALL_BINARY = 1024
_LARGEST_WHOLE = 2**53
# The limits of src/node/ffi/wire.ts.
_MOST_VALUES = 1_000_000
_DEEPEST = 200
_BYTE_ORDER_MARK = "\ufeff"

_f64 = struct.Struct(">d")
_f32 = struct.Struct(">f")
_u16 = struct.Struct(">H")
_u32 = struct.Struct(">I")
_u64 = struct.Struct(">Q")
_i8 = struct.Struct(">b")
_i16 = struct.Struct(">h")
_i32 = struct.Struct(">i")
_i64 = struct.Struct(">q")


def _floats(blob):
    """Doubles, for NumPy where that is in use, else an `array`. What the host has read into one is not copied."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        return numpy.frombuffer(blob, dtype=numpy.float64)
    if isinstance(blob, array.array):
        return blob
    made = array.array("d")
    made.frombytes(blob)
    return made


class Decoder:
    """Reads one value after the other from the MessagePack of a message."""

    __slots__ = ("data", "at", "blobs")

    def __init__(self, data, blobs):
        self.data = data
        self.at = 0
        self.blobs = blobs

    def value(self):
        data = self.data
        at = self.at
        tag = data[at]
        self.at = at = at + 1
        if tag < 0x80:
            return tag
        if tag >= 0xE0:
            return tag - 0x100
        if tag == 0xCB:
            self.at = at + 8
            number = _f64.unpack_from(data, at)[0]
            # The other side writes only small whole Numbers as such; -0.0 comes as an extension.
            if number.is_integer() and -_LARGEST_WHOLE <= number <= _LARGEST_WHOLE:
                return int(number)
            return number
        if tag < 0x90:
            return self._map(tag & 0x0F)
        if tag < 0xA0:
            return [self.value() for _ in range(tag & 0x0F)]
        if tag < 0xC0:
            return self._text(tag & 0x1F)
        return _READERS[tag](self)

    def _take(self, unpacker, size):
        at = self.at
        self.at = at + size
        return unpacker.unpack_from(self.data, at)[0]

    def _bytes(self, length):
        at = self.at
        self.at = at + length
        return bytes(memoryview(self.data)[at : at + length])

    def _text(self, length):
        at = self.at
        self.at = at + length
        if length < 256:
            return self.data[at : at + length].decode("utf-8")
        # Without a copy in between.
        return str(memoryview(self.data)[at : at + length], "utf-8")

    def _map(self, length):
        made = {}
        for _ in range(length):
            key = self.value()
            made[key] = self.value()
        return made

    def _extension(self, length):
        kind = self.data[self.at]
        self.at += 1
        end = self.at + length
        inner = self.value()
        self.at = end
        if kind == _ATOM:
            return Atom(inner)
        if kind == _UNDEFINED:
            return UNDEFINED
        if kind == _COMPLEX:
            return complex(inner[0], inner[1])
        if kind == _TUPLE:
            return tuple(inner)
        if kind == _TAGGED:
            return Tagged(inner[0], inner[1])
        if kind == _HANDLE:
            return Handle(inner[0], inner[1])
        if kind == _BLOB:
            blob = self.blobs[inner[1]]
            return bytes(blob) if inner[0] == _BINARY_BLOB else _floats(blob)
        if kind == _TEXT:
            return inner.decode("utf-16-le", "surrogatepass")
        if kind == _NEGATIVE_ZERO:
            return -0.0
        raise ValueError("no extension %d" % kind)


_READERS = {
    0xC0: lambda d: None,
    0xC2: lambda d: False,
    0xC3: lambda d: True,
    0xC4: lambda d: d._bytes(d._take(struct.Struct(">B"), 1)),
    0xC5: lambda d: d._bytes(d._take(_u16, 2)),
    0xC6: lambda d: d._bytes(d._take(_u32, 4)),
    0xC7: lambda d: d._extension(d._take(struct.Struct(">B"), 1)),
    0xC8: lambda d: d._extension(d._take(_u16, 2)),
    0xC9: lambda d: d._extension(d._take(_u32, 4)),
    0xCA: lambda d: d._take(_f32, 4),
    0xCC: lambda d: d._take(struct.Struct(">B"), 1),
    0xCD: lambda d: d._take(_u16, 2),
    0xCE: lambda d: d._take(_u32, 4),
    0xCF: lambda d: d._take(_u64, 8),
    0xD0: lambda d: d._take(_i8, 1),
    0xD1: lambda d: d._take(_i16, 2),
    0xD2: lambda d: d._take(_i32, 4),
    0xD3: lambda d: d._take(_i64, 8),
    0xD4: lambda d: d._extension(1),
    0xD5: lambda d: d._extension(2),
    0xD6: lambda d: d._extension(4),
    0xD7: lambda d: d._extension(8),
    0xD8: lambda d: d._extension(16),
    0xD9: lambda d: d._text(d._take(struct.Struct(">B"), 1)),
    0xDA: lambda d: d._text(d._take(_u16, 2)),
    0xDB: lambda d: d._text(d._take(_u32, 4)),
    0xDC: lambda d: [d.value() for _ in range(d._take(_u16, 2))],
    0xDD: lambda d: [d.value() for _ in range(d._take(_u32, 4))],
    0xDE: lambda d: d._map(d._take(_u16, 2)),
    0xDF: lambda d: d._map(d._take(_u32, 4)),
}


class Encoder:
    """Makes the MessagePack of a message, and the blobs behind it."""

    __slots__ = ("out", "blobs", "count", "depth")

    def __init__(self):
        self.out = bytearray()
        self.blobs = []
        #: Of values in others, and how deep the one is that is being written.
        self.count = 0
        self.depth = 0

    def value(self, value):
        out = self.out
        kind = type(value)
        if kind is float:
            out.append(0xCB)
            out += _f64.pack(value)
        elif kind is int:
            self._int(value)
        elif kind is str:
            self._text(value)
        elif value is None:
            out.append(0xC0)
        elif kind is bool:
            out.append(0xC3 if value else 0xC2)
        elif kind is list:
            self._enter(len(value))
            self._count(0x90, 0xDC, len(value))
            for item in value:
                self.value(item)
            self.depth -= 1
        elif kind is dict:
            self._map(value)
        else:
            self._other(value)

    def _enter(self, count):
        """Into a value that has so many others in it."""
        self.count += count
        self.depth += 1
        if self.count > _MOST_VALUES:
            raise ValueError("more than %d values to be passed on" % _MOST_VALUES)
        if self.depth > _DEEPEST:
            raise ValueError("values nested more than %d deep, or in themselves" % _DEEPEST)

    def _int(self, value):
        out = self.out
        if 0 <= value < 0x80:
            out.append(value)
        elif -_LARGEST_WHOLE <= value <= _LARGEST_WHOLE:
            out.append(0xCB)
            out += _f64.pack(value)
        else:
            try:
                as_float = float(value)
            except OverflowError:
                as_float = None
            if as_float is None or int(as_float) != value:
                raise ValueError("the int %s is more than a Number can hold exactly" % _short(value))
            out.append(0xCB)
            out += _f64.pack(as_float)

    def _count(self, short, long, count):
        out = self.out
        if count < 16:
            out.append(short | count)
        elif count < 0x10000:
            out.append(long)
            out += _u16.pack(count)
        else:
            out.append(long + 1)
            out += _u32.pack(count)

    def _text(self, value):
        try:
            data = value.encode("utf-8")
        except UnicodeEncodeError:
            return self._units(value)
        if value.startswith(_BYTE_ORDER_MARK):
            # The other side would take it away.
            return self._units(value)
        length = len(data)
        out = self.out
        if length < 32:
            out.append(0xA0 | length)
        else:
            out.append(0xDB)
            out += _u32.pack(length)
        out += data

    def _units(self, value):
        """A text as what UTF-16 has for it."""
        data = value.encode("utf-16-le", "surrogatepass")
        self.out.append(0xC9)
        # What makes it bytes of so many, and those.
        self.out += _u32.pack(5 + len(data))
        self.out.append(_TEXT)
        self._bytes(data)

    def _map(self, value):
        self._enter(len(value))
        self._count(0x80, 0xDE, len(value))
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("a dict with the key %s: only texts are keys of Objects" % _short(key))
            self._text(str(key))
            self.value(item)
        self.depth -= 1

    def _bytes(self, value):
        self.out.append(0xC6)
        self.out += _u32.pack(len(value))
        self.out += value

    def _extended(self, kind, inner):
        """An extension: its content is a value of its own, whose length stands in front."""
        out = self.out
        out.append(0xC9)
        length_at = len(out)
        out += b"\0\0\0\0"
        out.append(kind)
        start = len(out)
        self.value(inner)
        _u32.pack_into(out, length_at, len(out) - start)

    def _blob(self, kind, data):
        self.blobs.append(data)
        self._extended(_BLOB, [kind, len(self.blobs) - 1])

    def _other(self, value):
        if isinstance(value, Atom):
            self._extended(_ATOM, str(value))
        elif isinstance(value, tuple):
            self._extended(_TUPLE, list(value))
        elif isinstance(value, (bytes, bytearray)):
            if len(value) <= _SMALL_BINARY:
                self._bytes(value)
            else:
                self._blob(_BINARY_BLOB, value)
        elif isinstance(value, complex):
            self._extended(_COMPLEX, [value.real, value.imag])
        elif value is UNDEFINED:
            self._extended(_UNDEFINED, None)
        elif isinstance(value, Tagged):
            if not isinstance(value.tag, str):
                raise TypeError("a Tagged with the tag %s, which is no text" % _short(value.tag))
            self._extended(_TAGGED, [str(value.tag), value.payload])
        elif isinstance(value, Handle):
            self._extended(_HANDLE, [value.number, value.kind])
        elif isinstance(value, array.array):
            self._blob(_FLOATS_BLOB, value if value.typecode == "d" else array.array("d", value))
        elif isinstance(value, memoryview):
            self.value(bytes(value))
        elif isinstance(value, (bool, int, float, str, list, dict)):
            # Of a class that derives from one of them.
            for base in (bool, int, float, str, list, dict):
                if isinstance(value, base):
                    self.value(base(value))
                    return
        else:
            self._of_numpy(value)

    def _of_numpy(self, value):
        numpy = sys.modules.get("numpy")
        if numpy is not None and isinstance(value, numpy.ndarray):
            if value.ndim != 1:
                raise TypeError("a NumPy array of %d dimensions: a Float64Array has one" % value.ndim)
            if value.dtype.kind not in "fiub":
                raise TypeError("a NumPy array of %s is no Float64Array" % value.dtype)
            self._blob(_FLOATS_BLOB, numpy.ascontiguousarray(value, dtype=numpy.float64))
        elif numpy is not None and isinstance(value, numpy.generic):
            self.value(value.item())
        else:
            raise TypeError("a value of the type %s is no value of a program" % type(value).__name__)


def _short(value):
    try:
        text = repr(value)
    except BaseException:
        text = "(a %s)" % type(value).__name__
    return text if len(text) <= 60 else text[:57] + "..."
