"""The streams that people read. Nothing is printed here: what the door prints arrives, on any machine."""

from __future__ import annotations

import io
import os
import sys


def speak() -> None:
    """Let words arrive whatever the locale: UTF-8 where it knows no Japanese, codes for single characters that it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            try:
                "直し方".encode(stream.encoding)
                stream.reconfigure(errors="backslashreplace")
            except UnicodeEncodeError:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def hand_over() -> None:
    """Hand over what was printed. Raises OSError where nobody takes it; it is thrown away then, or Python would ask again."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
