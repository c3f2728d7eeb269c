"""A store that speaks S3, in this process: what FORUM_MEDIA_URL may name."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer


@contextmanager
def bucket() -> Iterator[str]:
    """The address of an empty one."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        for method, path in (("POST", "moto-api/reset"), ("PUT", "files")):  # moto keeps what an earlier one held
            urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/{path}", method=method)).close()
        yield f"s3+http://key-id:se%2Fcret@{host}:{port}/files/kade?region=us-east-1"
    finally:
        server.stop()
