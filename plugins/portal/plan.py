"""The plan: every file of the site as a value, with the fingerprint of all that goes into it.

An output names how it is made and holds what it is made from, or says how that is found out (`Later`), so that
the values of a page exist only while it is looked at, in the process that looks. The fingerprint covers exactly
what the output is made from: an unchanged fingerprint means unchanged bytes, and a page can depend on nothing it
was not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from plugins.portal.why import marks

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Template(msgspec.Struct, frozen=True):
    """Made by a template of the theme, which is given the output's `inputs` as `page`."""

    name: str


class Function(msgspec.Struct, frozen=True):
    """Made by a pure function from the output's `inputs` to bytes."""

    call: Callable[[Any], bytes]


class Copy(msgspec.Struct, frozen=True):
    """A file taken over as it is. `sha256` is in hexadecimal."""

    source: Path
    sha256: str


Maker = Template | Function | Copy


class Later(msgspec.Struct, frozen=True, eq=False):
    """Values that are made when they are needed: `call(*arguments)`, a function of nothing else."""

    call: Callable[..., Any]
    arguments: tuple[Any, ...] = ()


class Output(msgspec.Struct, frozen=True, eq=False):
    """One file of the site. `address` is its path below the output folder, with forward slashes.

    Where `fingerprint` is empty it is that of `inputs` and `basis`, which says all else that the bytes depend on;
    `parts` are short digests of what it covers (why.py).
    """

    address: str
    maker: Maker
    inputs: Any
    fingerprint: bytes = b""
    basis: bytes = b""
    parts: bytes = b""

    def settled(self) -> Output:
        """The same with its values and its fingerprint."""
        inputs = self.inputs.call(*self.inputs.arguments) if isinstance(self.inputs, Later) else self.inputs
        if self.fingerprint:
            return Output(self.address, self.maker, inputs, self.fingerprint, self.basis)
        whole, parts = marks(self.basis, inputs)
        return Output(self.address, self.maker, inputs, whole, self.basis, parts)


class AddressTaken(ValueError):
    """Two outputs want one address: a fault of the program or of two ids that differ only by case."""


def fingerprint(*parts: Any) -> bytes:
    """16 bytes that change when any part does. Parts are plain values, tuples, mappings and dataclasses."""
    return blake2b(_encode(parts), digest_size=16).digest()


def planned(outputs: Iterable[Output]) -> list[Output]:
    """All outputs in order of address. Raises AddressTaken when two differ by nothing but case, or not at all.

    Case counts because a site must also live on a file system that ignores it.
    """
    found: dict[str, Output] = {}
    for output in outputs:
        other = found.setdefault(output.address.casefold(), output)
        if other is not output:
            raise AddressTaken(f"{other.address} 与 {output.address} 的地址相同 / the same address")
    return sorted(found.values(), key=lambda output: output.address)
