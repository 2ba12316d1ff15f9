"""The static interface in the words of OpenAPI 3.1: every path is a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path below the site's root. `schema` names a component, or is empty for what is no JSON of ours.

    `parameter` is the variable part of the path, with the words for it and one value that exists.
    """

    path: str
    id: str
    summary: str
    media_type: str
    schema: str = ""
    parameter: tuple[str, str, str] | None = None


def openapi(
    title: str, description: str, server: str, endpoints: Sequence[Endpoint], schemas: Mapping[str, Any]
) -> dict[str, Any]:
    """The description of the interface."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "description": description, "version": VERSION},
        "servers": [{"url": server.rstrip("/")}],
        "paths": {f"/{endpoint.path}": {"get": _operation(endpoint)} for endpoint in endpoints},
        "components": {
            "schemas": {name: {k: v for k, v in one.items() if k[0] != "$"} for name, one in schemas.items()}
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if endpoint.schema:
        content["schema"] = {"$ref": f"#/components/schemas/{endpoint.schema}"}
    found: dict[str, Any] = {"operationId": endpoint.id, "summary": endpoint.summary}
    if endpoint.parameter:
        name, words, example = endpoint.parameter
        found["parameters"] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": words,
                "schema": {"type": "string"},
                "example": example,
            }
        ]
    found["responses"] = {
        "200": {"description": "文件内容 / the file", "content": {endpoint.media_type: content}},
        "404": {"description": "没有这个文件 / no such file"},
    }
    return found
