"""The description of App IO, and what it says of a request or an answer: nothing here knows our adapter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker

DESCRIPTION: dict[str, Any] = json.loads(Path(__file__).with_name("openapi.json").read_text(encoding="utf-8"))
FORMATS = FormatChecker(())
_FISCAL_CODE = re.compile(DESCRIPTION["parameters"]["FiscalCode"]["pattern"])
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def _is_fiscal_code(value: object) -> bool:
    """The format has no pattern of its own: the parameter of the same name has it."""
    return not isinstance(value, str) or bool(_FISCAL_CODE.fullmatch(value))


def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or bool(_INSTANT.fullmatch(value))


FORMATS.checks("FiscalCode")(_is_fiscal_code)
FORMATS.checks("UTCISODateFromString")(_is_instant)


class Wrong(Exception):  # noqa: N818 -- an answer rather than an error
    """What a request has wrong, as a status and a sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked."""

    name: str
    method: str
    path: re.Pattern[str]
    said: dict[str, Any]


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(DESCRIPTION["basePath"]) + re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))


OPERATIONS = [
    Operation(said["operationId"], method.upper(), _pattern(path), said)
    for path, methods in DESCRIPTION["paths"].items()
    for method, said in methods.items()
]


def asked(method: str, path: str, headers: Mapping[str, str], body: bytes, key: str) -> tuple[Operation, dict[str, Any]]:
    """Return which operation a request is, and what it says. Raise ``Wrong`` for whatever the description does not allow."""
    found = [(op, match) for op in OPERATIONS if (match := op.path.fullmatch(path))]
    if not found:
        raise Wrong(404, f"no such path: {path}")
    operation, match = next(((op, match) for op, match in found if op.method == method), (None, None))
    if operation is None or match is None:
        raise Wrong(405, f"{method} is not for {path}")
    _check_key(operation, headers, key)
    return operation, _parameters(operation, match.groupdict(), headers, body)


def _check_key(operation: Operation, headers: Mapping[str, str], key: str) -> None:
    for need in operation.said["security"]:
        for name in need:
            if headers.get(DESCRIPTION["securityDefinitions"][name]["name"]) != key:
                raise Wrong(401, "the key is missing or wrong")


def _parameters(operation: Operation, path: dict[str, str], headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for written in operation.said.get("parameters", []):
        parameter = DESCRIPTION["parameters"][written["$ref"].rpartition("/")[2]] if "$ref" in written else written
        if parameter["in"] == "body":
            said["body"] = _body(headers, body)
            check(parameter["schema"], said["body"])
        else:
            said[parameter["name"]] = path[parameter["name"]]
            check(
                {k: parameter[k] for k in ("type", "minLength", "maxLength", "pattern") if k in parameter}, path[parameter["name"]]
            )
    return said


def _body(headers: Mapping[str, str], body: bytes) -> Any:  # noqa: ANN401 -- JSON
    if headers.get("Content-Type", "").partition(";")[0] not in DESCRIPTION["consumes"]:
        raise Wrong(400, "the body is not JSON")
    try:
        return json.loads(body)
    except ValueError as failure:
        raise Wrong(400, "the body is not JSON") from failure


def check(schema: dict[str, Any], value: object) -> None:
    """Raise ``Wrong`` unless a value is what a schema says."""
    whole = {"definitions": DESCRIPTION["definitions"], "allOf": [schema]}
    error = next(Draft4Validator(whole, format_checker=FORMATS).iter_errors(value), None)
    if error is not None:
        raise Wrong(400, f"{'.'.join(str(step) for step in error.absolute_path) or 'body'}: {error.message[:200]}")


def check_answer(operation: Operation, status: int, said: object) -> None:
    """Raise ``Wrong`` unless an answer is one the description has for an operation."""
    answer = operation.said["responses"].get(str(status))
    if answer is None:
        raise Wrong(500, f"{operation.name} never answers {status}")
    if "schema" in answer:
        check(answer["schema"], said)
