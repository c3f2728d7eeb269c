"""How Whoosh reads and writes its files here.

Its own way is to map a segment into memory and then to copy each part of it into a BytesIO: 65 MB and a quarter of a
second for each open searcher at 100,000 documents. A slice of the map would copy nothing, but a map of a file that is
cut short under it ends the process with SIGBUS. So parts are read where they are, with pread: opening copies nothing,
any number of searchers share one file, and a damaged file gives an error that can be caught.
"""

from __future__ import annotations

import os
from array import array
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import _SIZEMAP, IS_LITTLE, StructFile

PRIVATE_FOLDER = 0o700  # Whoosh unpickles its files: nobody else may write them


class Shared:
    """An open file that closes with the last of its parts: Whoosh doesn't say when it's done with one."""

    def __init__(self, path: str) -> None:
        self.descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.size = os.fstat(self.descriptor).st_size

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            os.close(self.descriptor)


class Part(StructFile):  # type: ignore[misc]  # Whoosh has no types
    """A stretch of an open file. Reading a place doesn't move anything, so `get` needs no lock."""

    def __init__(self, file: Shared, start: int, length: int, name: str = "") -> None:
        super().__init__(self, name=name)
        self.is_real = False
        self._kept = file
        self._start, self._length, self._place = start, length, 0

    def subset(self, position: int, length: int, name: str = "") -> Part:
        return Part(self._kept, self._start + position, length, name=name)

    def get(self, position: int, length: int) -> bytes:
        """Never more than there is: a damaged length mustn't ask for a terabyte."""
        wanted = max(0, min(length, self._length - position))
        return os.pread(self._kept.descriptor, wanted, self._start + position)

    def get_array(self, position: int, typecode: str, length: int) -> array[Any]:
        found = array(typecode)
        found.frombytes(self.get(position, length * _SIZEMAP[typecode]))
        if IS_LITTLE:
            found.byteswap()
        return found

    def read(self, size: int = -1) -> bytes:
        data = self.get(self._place, self._length if size < 0 else size)
        self._place += len(data)
        return data

    def readline(self, size: int = -1) -> bytes:  # unpickling asks for it
        rest = self.get(self._place, self._length if size < 0 else size)
        line = rest[: rest.find(b"\n") + 1] or rest
        self._place += len(line)
        return line

    def read_array(self, typecode: str, length: int) -> array[Any]:
        found = self.get_array(self._place, typecode, length)
        self._place += length * _SIZEMAP[typecode]
        return found

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._place = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._length}[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        """Nothing is written here."""

    def close(self) -> None:
        self.is_closed = True  # the file itself closes with its last part


class Folder(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Segments are read by parts; everything else as Whoosh does it."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), supports_mmap=False)

    def open_file(self, name: str, **kwargs: Any) -> Any:
        if not name.endswith(".seg"):
            return super().open_file(name, **kwargs)
        file = Shared(self._fpath(name))
        return Part(file, 0, file.size, name=name)
