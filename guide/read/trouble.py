"""What the machine refuses, in words of staff: a disk that is full, a right that is missing. Numbers of errors stay at hand."""

from __future__ import annotations

import errno

REASONS = {
    errno.ENOSPC: "ディスクに空きがありません。いらないファイルを消してから、もう一度作ってください",
    errno.EFBIG: "書けるファイルの大きさに限りがあります。「ulimit -f unlimited」のあとで、もう一度作ってください",
    errno.EROFS: "書き込めない（読み取り専用の）ディスクです。別の場所を --out で選んでください",
    errno.EACCES: "読み書きする権限がありません。フォルダーの持ち主と権限を確かめてください",
    errno.EPERM: "その操作をする権限がありません。フォルダーの持ち主と権限を確かめてください",
    errno.ENAMETOOLONG: "名前が長すぎます。短い名前にしてください",
    errno.ENOTDIR: "途中がフォルダーではなく、ファイルです",
    errno.ELOOP: "リンクがたがいを指しています。リンクを直してください",
    errno.EMFILE: "開けるファイルの数に限りがあります。「ulimit -n」の数を大きくしてください",
    errno.EIO: "ディスクがこわれているかもしれません",
}
if hasattr(errno, "EDQUOT"):
    REASONS[errno.EDQUOT] = "使ってよいディスクの量を使い切りました。いらないファイルを消してから、もう一度作ってください"


def why(error: OSError | ValueError) -> str:
    """The reason and what to do about it, with the file that it is about and what the machine itself says."""
    if isinstance(error, ValueError):
        return str(error)
    said = f"{error.strerror or error}" + (f": {error.filename}" if error.filename else "")
    known = REASONS.get(error.errno or 0)
    return f"{known}（{said}）" if known else said
