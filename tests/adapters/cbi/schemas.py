"""CBI's own schemas, by a validator that shares nothing with what writes the file, and hands that change a written file."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

HERE = Path(__file__).parent
BODY = etree.XMLSchema(etree.parse(HERE / "CBIBdyPaymentRequest.00.04.01.xsd"))
MESSAGE = etree.XMLSchema(etree.parse(HERE / "CBIPaymentRequestMsg.00.04.01.xsd"))


def faults(xml: bytes, schema: Any = BODY) -> list[str]:  # noqa: ANN401 -- lxml has no types
    """Return what a schema says against a file."""
    return [] if schema.validate(etree.fromstring(xml)) else [str(error) for error in schema.error_log]


def said(xml: bytes, path: str) -> list[str]:
    """Return the texts at a path, wherever it begins."""
    return [str(found.text) for found in etree.fromstring(xml).iterfind(_path(path))]


def changed(xml: bytes, path: str, text: str) -> bytes:
    """Write another text at the first place of a path."""
    root = etree.fromstring(xml)
    root.find(_path(path)).text = text
    return _file(root)


def renamed(xml: bytes, path: str, name: str, text: str) -> bytes:
    """Give the first element of a path another name and text: one choice of the schema for the other."""
    root = etree.fromstring(xml)
    found = root.find(_path(path))
    found.tag, found.text = found.tag.replace(etree.QName(found).localname, name), text
    return _file(root)


def without(xml: bytes, path: str) -> bytes:
    """Take away the first element of a path."""
    root = etree.fromstring(xml)
    found = root.find(_path(path))
    found.getparent().remove(found)
    return _file(root)


def twice(xml: bytes, path: str) -> bytes:
    """Write the first element of a path once more, after itself."""
    root = etree.fromstring(xml)
    found = root.find(_path(path))
    found.addnext(deepcopy(found))
    return _file(root)


def in_dollars(xml: bytes) -> bytes:
    """Say that the first amount is in dollars."""
    root = etree.fromstring(xml)
    root.find(_path("InstdAmt")).set("Ccy", "USD")
    return _file(root)


def _path(path: str) -> str:
    return ".//" + "/".join(f"{{*}}{step}" for step in path.split("/"))


def _file(root: Any) -> bytes:  # noqa: ANN401 -- lxml has no types
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
