"""The indicators of the month page, in the order of its columns."""

from cortile.insight.indicators import answered_by_promise, closed, contacts, opened

ALL = (contacts.INDICATOR, opened.INDICATOR, answered_by_promise.INDICATOR, closed.INDICATOR)
