"""An application begun: kept at every page, found again with two words and four digits, its papers looked at as they come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import BinaryIO

from cortile.agencies.models import Agency
from cortile.benefits import access, codes, papers
from cortile.benefits.actions.applications import open_version
from cortile.benefits.actions.steps import check, refused
from cortile.benefits.models import ApplicationDraft, Call, Document
from cortile.kit import clock, files
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.kit.models import StoredFile
from cortile.kit.refusals import NotVisible
from cortile.people.actions import knocks
from cortile.people.models import Person

# To be confirmed with the body's own rules on keeping data.
LIFE = timedelta(days=30)
MOST_WRONG = 10
LONGEST, MOST_ANSWERS = 2000, 60
ROOM = "benefits.document"


@action("application_draft.kept")
def keep_draft(call_id: int, person: Person, *, by: Actor, answers: Mapping[str, str], once: str = "") -> ApplicationDraft:
    """Keep what was typed so far, beside what was typed before; a name that comes again takes its new words.

    The first time a code is drawn, and stands on the row returned and nowhere else. Raise ``NotVisible``, or ``Refused``
    with ``not-allowed-to-apply``, ``no-contract`` or ``call-closed``.
    """
    access.may_write_for(by, person)
    draft, made = _begun(open_version(call_id, person.agency_id).call, person)
    _write(draft, answers, by)
    done("C" if made else "U", draft, persons=[person.pk], fields=["draft"])
    return draft


@action("application_draft.typed")
def keep_typed(code: str, *, by: Actor, answers: Mapping[str, str], once: str = "") -> ApplicationDraft:
    """Keep what whoever has the code typed, signed in or not. Raise ``NotVisible`` for a code that opens nothing."""
    with access.with_code(code, by) as draft:
        if draft is None:
            raise NotVisible
        _write(draft, answers, by)
    done("U", draft, persons=[draft.person_id], fields=["draft"], of=draft.agency_id)
    return draft


@action("application_draft.resumed")
def resume_draft(code: str, *, by: Actor) -> ApplicationDraft | None:
    """Return the draft a code opens; nothing for a wrong one, an old one, another person's, and after ten wrong in an hour.

    A wrong code is counted even though nothing opens, so it must not be rolled back by a refusal; each answer is the same.
    """
    where = knocks.address(by, "draft")
    before = knocks.knock(where, 0)
    with access.with_code(code, by) as found:
        opened = found if before < MOST_WRONG else None
    knocks.knock(where, 0 if opened else 1)
    done("E", persons=[opened.person_id] if opened else [], fields=["draft" if opened else "wrong_code"],
         of=opened.agency_id if opened else None)  # fmt: skip
    return opened


@action("application_draft.code_renewed")
def renew_code(draft_id: int, *, by: Actor, once: str = "") -> ApplicationDraft:
    """Draw another code, on the row returned; the one before opens nothing any more. Raise ``NotVisible``."""
    draft = _mine(by, draft_id)
    draft.code, draft.code_hash = _drawn()
    draft.save(update_fields=["code_hash"])
    done("U", draft, persons=[draft.person_id], fields=["code"])
    return draft


@action("application_draft.paper_brought")
def bring_paper(
    draft_id: int, *, by: Actor, kind: str, upload: BinaryIO, size: int, dated_on: date | None, once: str = ""
) -> Document:
    """Keep a paper with a draft, in place of the one of its kind brought before.

    Raise ``NotVisible``, or ``Refused`` with ``paper-unknown``, ``paper-undated``, ``paper-tomorrow``, or as ``papers.taken``.
    """
    draft = _mine(by, draft_id)
    check(kind in open_version(draft.call_id, draft.agency_id).terms.documents, "paper-unknown")
    if dated_on is None:
        raise refused("paper-undated")
    check(dated_on <= clock.today(), "paper-tomorrow")
    taken = papers.taken(upload, size)
    _forget_papers(draft, kind=kind)
    stored = files.store(
        ROOM, draft.person_id, taken.content, agency_id=draft.agency_id, name=taken.name, media_type=taken.media_type,
        scan=taken.scan,
    )  # fmt: skip
    paper = Document.objects.create(
        agency_id=draft.agency_id, draft=draft, kind=kind, file=stored, brought_at=clock.now(), dated_on=dated_on
    )
    done("C", paper, persons=[draft.person_id], fields=["document"])
    return paper


@action("application_draft.paper_removed")
def remove_paper(draft_id: int, paper_id: int, *, by: Actor) -> None:
    """Take a paper back out of a draft. Raise ``NotVisible``."""
    draft = _mine(by, draft_id)
    paper = Document.objects.filter(draft=draft, pk=paper_id).first()
    if paper is None:
        raise NotVisible
    _forget(paper)
    done("D", draft, persons=[draft.person_id], fields=["document"])


@action("application_drafts.dropped")
def drop_old_drafts(agency: Agency, *, by: Actor) -> int:
    """Delete the drafts nobody sent in their time, with their papers, and return how many (GDPR art. 5 c. 1 lett. e).

    Raise ``NotVisible`` for anybody but the watch of the body.
    """
    if by.kind != Kind.SYSTEM or by.agency_id != agency.pk:
        raise NotVisible
    old = list(access.old_drafts(agency.pk).select_for_update())
    for draft in old:
        _forget_papers(draft)
        draft.delete()
    done("D", persons=[draft.person_id for draft in old], fields=["draft"])
    return len(old)


def _forget_papers(draft: ApplicationDraft, **which: str) -> None:
    for paper in Document.objects.filter(draft=draft, **which):
        _forget(paper)


def _begun(call: Call, person: Person) -> tuple[ApplicationDraft, bool]:
    """Return the draft of a call and a person with its row held, and whether it begins here. An old one begins again."""
    code, hashed = _drawn()
    end = clock.now() + LIFE
    fresh = {"agency_id": person.agency_id, "code_hash": hashed, "saved_at": clock.now(), "expires_at": end}
    rows = ApplicationDraft.objects.select_for_update(of=("self",))
    draft, made = rows.get_or_create(call=call, person=person, sent_at=None, defaults=fresh)
    over = not made and draft.expires_at <= clock.now()
    if over:
        draft.code_hash, draft.answers = hashed, {}
        _forget_papers(draft)
    if made or over:
        draft.code = code
    return draft, made


def _write(draft: ApplicationDraft, answers: Mapping[str, str], by: Actor) -> None:
    said = {name[:80]: str(text)[:LONGEST] for name, text in list(answers.items())[:MOST_ANSWERS]}
    draft.answers = draft.answers | said
    draft.kept_by, draft.saved_at, draft.expires_at = by.name, clock.now(), clock.now() + LIFE
    draft.save(update_fields=["answers", "kept_by", "saved_at", "expires_at", "code_hash"])


def _drawn() -> tuple[str, str]:
    code = codes.fresh()
    return code, codes.digest(code)


def _mine(by: Actor, draft_id: int) -> ApplicationDraft:
    rows = ApplicationDraft.objects.select_for_update(of=("self",)).select_related("call")
    found = rows.filter(pk=draft_id).first() if access.drafts_of(by).filter(pk=draft_id).exists() else None
    if found is None:
        raise NotVisible
    return found


def _forget(paper: Document) -> None:
    stored = paper.file_id
    paper.delete()
    StoredFile.objects.filter(pk=stored).delete()
