"""What INPS's own descriptions say of a flow and of a message: nothing here knows our checks."""

from __future__ import annotations

import base64
import binascii
import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from lxml import etree

HERE = Path(__file__).parent
XSD = etree.XMLSchema(file=str(HERE / "PS_PSA_SINA201812.xsd"))
API: dict[str, Any] = json.loads((HERE / "api.json").read_text(encoding="utf-8"))
FORMATS = FormatChecker(())
_DATE_TIME = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or bool(_DATE_TIME.fullmatch(value))


def _is_base64(value: object) -> bool:
    return not isinstance(value, str) or bool(base64.b64decode(value, validate=True))


FORMATS.checks("date-time")(_is_date_time)
FORMATS.checks("byte", raises=binascii.Error)(_is_base64)


def takes(xml: bytes) -> bool:
    """Tell whether a flow is XML, and the XSD takes it."""
    try:
        return bool(XSD.validate(etree.fromstring(xml)))
    except etree.XMLSyntaxError:
        return False


def faults(name: str, value: object) -> list[str]:
    """Return what a schema of the API, by name, has against a value."""
    whole = {"components": API["components"], "allOf": [{"$ref": f"#/components/schemas/{name}"}]}
    return [error.message for error in Draft4Validator(whole, format_checker=FORMATS).iter_errors(value)]
