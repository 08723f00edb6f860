"""Clients of what runs behind the gateway, on the same machine."""

from __future__ import annotations

import ssl

import httpx


def loopback(port: int) -> httpx.AsyncClient:
    """A client of a port of this machine; whoever uses it limits the time, and closes it."""
    # Nothing is encrypted there. A context without authorities would trust nobody, and costs no 30 ms to read them all.
    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=None, trust_env=False, verify=nobody)
