"""What every row of the directory has: the name other directories know it by."""

from __future__ import annotations

import functools
import operator
import uuid

from django.db import models
from django.db.models import Q


class Known(models.Model):
    """A row with its HSDS ``id``."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        abstract = True


def one_of(*names: str) -> Q:
    """Return the condition that exactly one of some keys is there."""
    return functools.reduce(operator.or_, (Q(**{f"{other}__isnull": other != name for other in names}) for name in names))
