"""The first floor: an edition's folder comes in; its nouns with their places, and every fault of reading, go out.

`load.edition` reads the disk, the only one here; `edition.Content` is what goes out. A fault is a value (`findings.Finding`).
"""
