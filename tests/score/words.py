# SPDX-License-Identifier: MIT
"""Word edges of Japanese text by ICU, from whatever this machine offers.

Asked in turn: the ICU library itself, PyICU, `kaitei words` (a line in, its words out
between tabs).  The library comes first so that the engine is not its own judge.
"""

import ctypes
import ctypes.util
import subprocess

WORD = 1                    # UBRK_WORD


class _Library:
    """libicuuc through ctypes; its functions carry the version in their names."""

    name = "libicuuc"

    def __init__(self):
        path = ctypes.util.find_library("icuuc")
        if not path:
            raise OSError("no libicuuc")
        self.library = ctypes.CDLL(path)
        self.suffix = next(f"_{v}" for v in [*range(99, 40, -1)]
                           if hasattr(self.library, f"ubrk_open_{v}"))
        self.next = self._call("ubrk_next", ctypes.c_int32, [ctypes.c_void_p])
        self.close = self._call("ubrk_close", None, [ctypes.c_void_p])
        self.open = self._call(
            "ubrk_open", ctypes.c_void_p,
            [ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int32,
             ctypes.POINTER(ctypes.c_int)])

    def _call(self, name, result, arguments):
        function = getattr(self.library, name + self.suffix)
        function.restype, function.argtypes = result, arguments
        return function

    def ends(self, text):
        units = text.encode("utf-16-le")
        buffer = ctypes.create_string_buffer(units + b"\0\0")
        status = ctypes.c_int(0)
        handle = self.open(WORD, b"ja", buffer, len(units) // 2, ctypes.byref(status))
        if status.value > 0:
            raise OSError(f"ICU status {status.value}")
        places = [0]
        while (place := self.next(handle)) >= 0:
            places.append(len(units[:2 * place].decode("utf-16-le")))
        self.close(handle)
        return set(places)


class _PyIcu:
    name = "PyICU"

    def __init__(self):
        import icu
        self.icu = icu
        self.iterator = icu.BreakIterator.createWordInstance(icu.Locale("ja"))

    def ends(self, text):
        held = self.icu.UnicodeString(text)
        self.iterator.setText(held)
        units = text.encode("utf-16-le")
        return {0} | {len(units[:2 * p].decode("utf-16-le")) for p in self.iterator}


class _Engine:
    name = "kaitei words"

    def __init__(self, program):
        self.program = program
        if program is None or self._pieces("取扱いの手順") is None:
            raise OSError("no such command")

    def _pieces(self, text):
        done = subprocess.run([self.program, "words"], input=text + "\n",
                              capture_output=True, text=True, check=False)
        pieces = done.stdout.rstrip("\n").split("\t")
        return pieces if done.returncode == 0 and "".join(pieces) == text else None

    def ends(self, text):
        places, at = {0}, 0
        for piece in self._pieces(text) or [text]:
            at += len(piece)
            places.add(at)
        return places


def segmenter(program=None):
    """Something with name and ends(text), or None where words cannot be had."""
    for make in (_Library, _PyIcu, lambda: _Engine(program)):
        try:
            return make()
        except (OSError, ImportError, StopIteration, AttributeError):
            continue
    return None
