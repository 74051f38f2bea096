"""The only writes of calls: drafted, proposed by one person, published by another. A published version never changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from cortile.agencies.models import Agency
from cortile.benefits import access, terms, words
from cortile.benefits.models import Call, CallVersion
from cortile.benefits.rules import checking, fingerprints, reading
from cortile.benefits.rules.reading import RuleError
from cortile.kit import clock, plain_language
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import Refused


@action("call.drafted")
def draft_call(
    agency: Agency, *, by: Actor, code: str, programme: str, rule: Mapping[str, Any], conditions: Mapping[str, Any], once: str = "",
) -> CallVersion:  # fmt: skip
    """Write the first version of a call, or the next one of a call that is there.

    Raise ``Refused`` with ``not-allowed`` or ``rule-unsound``: nothing of a rule that cannot decide is kept.
    """
    access.require(by, "draft call")
    if by.agency_id not in {None, agency.pk}:
        _refuse("not-allowed")
    _sound(rule, conditions)
    call, _made = Call.objects.get_or_create(agency=agency, code=code.strip(), defaults={"programme": programme})
    version = _next(call, rule, conditions, by)
    done("C", version, fields=["rule", "terms"])
    return version


@action("call.redrafted")
def redraft_call(version_id: int, *, by: Actor, rule: Mapping[str, Any], conditions: Mapping[str, Any]) -> CallVersion:
    """Write a draft over. Whoever had proposed it signed other words: the signature goes.

    Raise ``Refused`` with ``not-allowed``, ``version-published`` or ``rule-unsound``.
    """
    access.require(by, "draft call")
    version = access.the_version(by, version_id)
    if version.published_at:
        _refuse("version-published")
    _sound(rule, conditions)
    fresh = {
        "rule_data": dict(rule), "terms_data": dict(conditions), "fingerprint": fingerprints.of_data([rule, conditions]),
        "drafted_by_id": _staff(by), "drafted_at": clock.now(), "proposed_by_id": None, "proposed_at": None,
    }  # fmt: skip
    CallVersion.objects.filter(pk=version.pk).update(**fresh)
    done("U", version, fields=["rule", "terms"])
    return CallVersion.objects.get(pk=version.pk)


@action("call.drafted_again")
def draft_again(version_id: int, *, by: Actor) -> CallVersion:
    """Write a new draft equal to an older version: how a call goes back. Nothing that was published changes.

    The day it takes effect does not come back with it: that was another publication's. Raise ``Refused('not-allowed')``.
    """
    access.require(by, "draft call")
    older = access.the_version(by, version_id)
    conditions = {name: value for name, value in older.terms_data.items() if name != "takes_effect"}
    version = _next(older.call, older.rule_data, conditions, by)
    done("C", version, fields=["rule", "terms"])
    return version


@action("call.proposed")
def propose_call(version_id: int, *, by: Actor) -> CallVersion:
    """Sign a draft for somebody else to publish.

    Raise ``Refused`` with ``not-allowed``, ``version-published`` or ``texts-not-plain``.
    """
    access.require(by, "draft call")
    version = access.the_version(by, version_id)
    if version.published_at:
        _refuse("version-published")
    _plain(version)
    version.proposed_by_id, version.proposed_at = _staff(by), clock.now()
    version.save(update_fields=["proposed_by", "proposed_at"])
    done("U", version, fields=["proposed"])
    return version


@action("call.published")
def publish_call(version_id: int, *, by: Actor) -> CallVersion:
    """Publish what somebody else has proposed: from now on it is in force, and never changes.

    Raise ``Refused`` with ``not-allowed``, ``not-proposed``, ``own-signature`` or ``version-published``.
    """
    access.require(by, "publish call")
    version = access.the_version(by, version_id)
    if version.published_at:
        _refuse("version-published")
    if version.proposed_at is None:
        _refuse("not-proposed")
    if version.proposed_by_id == by.id:
        _refuse("own-signature")
    version.published_by_id, version.published_at = _staff(by), clock.now()
    version.save(update_fields=["published_by", "published_at"])
    done("U", version, fields=["published"])
    return version


def _next(call: Call, rule: Mapping[str, Any], conditions: Mapping[str, Any], by: Actor) -> CallVersion:
    last = call.versions.aggregate(last=Max("number"))["last"] or 0
    return CallVersion.objects.create(
        call=call, number=last + 1, rule_data=dict(rule), terms_data=dict(conditions), drafted_at=clock.now(),
        fingerprint=fingerprints.of_data([rule, conditions]), drafted_by_id=_staff(by),
    )  # fmt: skip


def _staff(by: Actor) -> int | None:
    return by.id if by.kind == Kind.STAFF else None


def _refuse(code: str) -> None:
    raise Refused(code, *map(str, words.REFUSALS[code]))


def _sound(rule: Mapping[str, Any], conditions: Mapping[str, Any]) -> None:
    try:
        terms.read(conditions)
        checking.check(reading.read(rule))
    except RuleError as error:
        sentence = _("La regola non è completa: %(place)s.") % {"place": error.place}
        raise Refused("rule-unsound", sentence, error.sentence) from error


def _plain(version: CallVersion) -> None:
    """Refuse texts tenants could not read: title, purpose, how it is paid, each label and each cure."""
    for text in [*version.terms.texts.values(), *(r.cure for r in version.rule.requirements)]:
        if wrong := plain_language.problems(text):
            raise Refused("texts-not-plain", str(words.REFUSALS["texts-not-plain"][0]), f"«{text}» {'. '.join(wrong)}")
