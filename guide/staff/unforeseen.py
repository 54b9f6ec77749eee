"""The last word on what nobody foresaw: a sentence for staff, and the details in a file for whoever mends it."""

from __future__ import annotations

import platform
import tempfile
import traceback

KEPT = "公開中のサイトはそのままです。"


def told(error: BaseException) -> str:
    """One sentence in Japanese; where no file can be written, the details follow it."""
    if isinstance(error, ModuleNotFoundError):
        return f"必要な部品（{error.name}）が入っていません。「make site」で用意してから、もう一度試してください。"
    if isinstance(error, MemoryError):
        return f"この機械のメモリーが足りません。ほかのソフトを閉じてから、もう一度試してください。{KEPT}"
    details = f"Python {platform.python_version()} ({platform.platform()})\n{''.join(traceback.format_exception(error))}"
    sentence = f"思わぬ問題が起きました（{type(error).__name__}）。{KEPT}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="guide-error-", suffix=".txt", delete=False
        ) as file:
            file.write(details)
    except OSError:
        return f"{sentence}次の内容を、作った人に渡してください。\n{details}"
    return f"{sentence}このファイルを、作った人に渡してください: {file.name}"
