"""The process in which the Python modules of a pack run: takes calls on descriptor 3, answers on 4, ends when 3 does.

The protocol is that of src/node/ffi/wire.ts and foreign-host.ts.
"""

import array
import importlib
import importlib.abc
import importlib.util
import linecache
import os
import select
import signal
import struct
import sys
import threading
import time
import traceback

# Where this file is; a Python that is told to be careful leaves it out.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import ionvm

REQUESTS_FD = 3
ANSWERS_FD = 4

LOAD, CALL, CANCEL = 0, 1, 2
RESULT, FAILURE, CANCELLED = 0, 1, 2

ALIGNMENT = 8
CHUNK = 1 << 16

# Seconds for which the host stays awake for a next request: to be woken up takes the system longer than most calls.
AWAKE = 100e-6
# Where that was in vain it is left out the next time, then twice as often, at most so often in a row.
MOST_LEFT_OUT = 64

FRAME_MARK = 0x566E6F49

_header = struct.Struct("<IIII")


class Requests:
    """Messages from a pipe. What is large is read where it will stay."""

    def __init__(self, fd):
        self.pipe = os.fdopen(fd, "rb", buffering=0)
        self.buffer = bytearray(CHUNK)
        self.start = 0
        self.end = 0
        self.arrived = None
        self.leave_out = 0
        self.in_vain = 0
        # Windows asks nothing of pipes.
        if hasattr(select, "poll"):
            poll = select.poll()
            poll.register(fd, select.POLLIN)
            self.arrived = poll.poll

    def _await(self):
        """Returns when there is something to read, or some time has gone by."""
        arrived = self.arrived
        if arrived is None:
            return
        if self.leave_out > 0:
            self.leave_out -= 1
            return
        end = time.perf_counter() + AWAKE
        while not arrived(0):
            if time.perf_counter() > end:
                self.leave_out = self.in_vain = min(2 * self.in_vain + 1, MOST_LEFT_OUT)
                return
        self.in_vain = 0

    def _exactly(self, length, made=None):
        """So many bytes in a buffer of their own, or in the one that is given; None at the end."""
        if made is None:
            made = bytearray(length)
        view = memoryview(made) if length == 0 else memoryview(made).cast("B")
        buffered = min(length, self.end - self.start)
        view[:buffered] = self.buffer[self.start : self.start + buffered]
        self.start += buffered
        if buffered == length:
            return made
        at = buffered
        while at < length:
            if length - at >= CHUNK:
                count = self.pipe.readinto(view[at:])
                if not count:
                    return None
                at += count
                continue
            count = self.pipe.readinto(self.buffer)
            if not count:
                return None
            taken = min(count, length - at)
            view[at : at + taken] = self.buffer[:taken]
            self.start, self.end = taken, count
            at += taken
        return made

    def next(self):
        if self.start == self.end:
            self._await()
        elif self.end - self.start >= _header.size:
            # Behind the one before, as a whole and without blobs, as most are where many are in flight.
            begin = self.start + _header.size
            _mark, length, count, _zero = _header.unpack_from(self.buffer, self.start)
            end = begin + length + -length % ALIGNMENT
            if count == 0 and end <= self.end:
                self.start = end
                return self.buffer[begin : begin + length], ()
        header = self._exactly(_header.size)
        if header is None:
            return None
        _mark, body_length, count, _zero = _header.unpack(header)
        lengths = struct.unpack("<%dQ" % count, self._exactly(8 * count)) if count else ()
        body = self._padded(body_length)
        blobs = [self._padded(length, _room_for_blob(length)) for length in lengths]
        return body, blobs

    def _padded(self, length, made=None):
        data = self._exactly(length, made)
        self._exactly(-length % ALIGNMENT)
        return data


_NO_DOUBLE = array.array("d", [0.0])


def _room_for_blob(length):
    """What may be doubles is read where it can stay: most of what is large is."""
    return _NO_DOUBLE * (length // 8) if length > 0 and length % 8 == 0 else bytearray(length)


class Answers:
    def __init__(self, fd):
        self.fd = fd
        self.lock = threading.Lock()

    def send(self, parts):
        encoder = ionvm.Encoder()
        encoder.value(parts)
        self.write(encoder)

    def write(self, encoder):
        body = encoder.out
        blobs = [memoryview(blob).cast("B") for blob in encoder.blobs]
        head = bytearray(_header.pack(FRAME_MARK, len(body), len(blobs), 0))
        for blob in blobs:
            head += struct.pack("<Q", len(blob))
        head += body
        head += bytes(-len(body) % ALIGNMENT)
        try:
            with self.lock:
                self._all(head)
                for blob in blobs:
                    self._all(blob)
                    if len(blob) % ALIGNMENT:
                        self._all(bytes(-len(blob) % ALIGNMENT))
        except OSError:
            # Nobody can be answered any more.
            os._exit(1)

    def _all(self, data):
        at = os.write(self.fd, data)
        if at < len(data):
            view = memoryview(data)
            while at < len(data):
                at += os.write(self.fd, view[at:])


class PackModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The modules of the pack import each other by name, wherever their files are."""

    def __init__(self, modules):
        self.files = dict(modules)

    def find_spec(self, name, path=None, target=None):
        if name not in self.files:
            return None
        return importlib.util.spec_from_loader(name, self, origin=name + ".py")

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__name__
        with open(self.files[name], "rb") as file:
            source = file.read()
        shown = name + ".py"
        text = importlib.util.decode_source(source)
        # So that tracebacks show the lines although no file has this name.
        linecache.cache[shown] = (len(text), None, text.splitlines(True), shown)
        exec(compile(text, shown, "exec"), module.__dict__)


def failure_of(error, shown):
    """Type and message, then where it came from, beginning with the pack's own files."""
    try:
        text = str(error)
    except BaseException:
        text = "(its text cannot be made)"
    summary = type(error).__qualname__ + (": " + text if text else "")
    frames = traceback.extract_tb(error.__traceback__)
    own = next((i for i, frame in enumerate(frames) if frame.filename in shown), len(frames))
    return (summary + "\n" + "".join(traceback.format_list(frames[own:]))).rstrip()


class Host:
    def __init__(self):
        self.requests = Requests(REQUESTS_FD)
        self.answers = Answers(ANSWERS_FD)
        self.functions = []
        # Of the pack's files, as tracebacks show them.
        self.shown = set()
        self.loop = None
        self.tasks = {}

    def run(self):
        while True:
            message = self.requests.next()
            if message is None:
                break
            self.take(ionvm.Decoder(*message).value())
        # Threads that never end must not keep a process that nobody needs.
        sys.stdout.flush()
        os._exit(0)

    def take(self, parts):
        kind, number = parts[0], parts[1]
        if kind == CALL:
            self.call(number, self.functions[parts[2]], parts[3])
        elif kind == CANCEL:
            task = self.tasks.pop(number, None)
            if task is not None:
                task.cancel()
            self.answers.send([CANCELLED, number])
        else:
            self.load(number, parts[2])

    def load(self, number, modules):
        """`modules`: pairs of a name and the path of its file."""
        finder = PackModules(modules)
        self.shown.update(name + ".py" for name, _ in modules)
        sys.meta_path.insert(0, finder)
        described = []
        try:
            if sys.version_info < (3, 9):
                raise ImportError("Python 3.9 or later is needed, and this is %d.%d" % sys.version_info[:2])
            for name, _ in modules:
                del ionvm.marked[:]
                if name in sys.modules and getattr(sys.modules[name], "__loader__", None) is not finder:
                    raise ImportError("%s.py has the name of a module of Python" % name)
                importlib.import_module(name)
                # Those of modules that it has imported, too: each is told once, under the name of its own.
                described += [self.describe(function, name, finder.files) for function in ionvm.marked]
        except BaseException as error:
            self.answers.send([FAILURE, number, failure_of(error, self.shown)])
            return
        self.answers.send([RESULT, number, described])

    def describe(self, function, loading, modules):
        """Under the module that it stands in; one from elsewhere, under the one that is loaded."""
        self.functions.append(function)
        own = getattr(function.call, "__module__", None)
        return {
            "library": own if own in modules else loading,
            "name": function.name,
            "parameters": function.parameters,
            "rest": function.rest,
            "result": function.result,
            "description": function.description,
        }

    def call(self, number, function, args):
        if function.blocking:
            threading.Thread(target=self.answer, args=(number, function, args), daemon=True).start()
        elif function.is_async:
            self.call_later(number, function, args)
        else:
            self.answer(number, function, args)

    def answer(self, number, function, args):
        encoder = ionvm.Encoder()
        try:
            encoder.value([RESULT, number, function.call(*args)])
        except BaseException as error:
            encoder = ionvm.Encoder()
            encoder.value([FAILURE, number, failure_of(error, self.shown)])
        self.answers.write(encoder)

    def call_later(self, number, function, args):
        import asyncio

        if self.loop is None:
            self.loop = asyncio.new_event_loop()
            threading.Thread(target=self.loop.run_forever, daemon=True).start()

        async def run():
            encoder = ionvm.Encoder()
            try:
                encoder.value([RESULT, number, await function.call(*args)])
            except BaseException as error:
                encoder = ionvm.Encoder()
                encoder.value([FAILURE, number, failure_of(error, self.shown)])
            self.tasks.pop(number, None)
            self.answers.write(encoder)

        task = asyncio.run_coroutine_threadsafe(run(), self.loop)
        self.tasks[number] = task
        if task.done():
            self.tasks.pop(number, None)


def end_with_the_other_side():
    """Whoever called is gone, perhaps killed: a function that never returns must not stay alone."""
    poll = select.poll()
    # No events are asked for: what is left is the end of the other side.
    poll.register(REQUESTS_FD, 0)
    poll.poll()
    os._exit(0)


if __name__ == "__main__":
    # Ctrl-C in a terminal goes to all; whether it ends us is for who started us to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Values are nested up to 200 deep, and each level is up to five calls; the rest is for the functions.
    sys.setrecursionlimit(3_000)
    # Threads are given less by some systems than that needs.
    threading.stack_size(16 << 20)
    if hasattr(select, "poll"):
        threading.Thread(target=end_with_the_other_side, daemon=True).start()
    Host().run()
