"""The indicators of the month page, in the order of its columns."""

from cortile.insight.indicators import answered, closed, contacts, opened

ALL = (contacts.INDICATOR, opened.INDICATOR, answered.INDICATOR, closed.INDICATOR)
