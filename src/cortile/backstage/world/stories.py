"""The people the visitor meets, and the imperfections that teach more than success."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from functools import partial
from itertools import cycle

from cortile.accounts import actions as accounts
from cortile.agenda import actions as agenda
from cortile.agenda import call_backs
from cortile.backstage.world import picture
from cortile.backstage.world.history import Asked, History
from cortile.backstage.world.lives import Life, Setting, instant, office, tenant
from cortile.backstage.world.quarter import MILANO
from cortile.backstage.world.weeks import SPACE
from cortile.homes import reads as homes
from cortile.kit import clock, dates
from cortile.listening import actions as listening
from cortile.listening import reads as listening_reads
from cortile.messages import actions as messages
from cortile.people import access as people_access
from cortile.people import actions as people

BOILER = {"title": "La caldaia fa rumore", "words": "La caldaia fa un rumore forte, soprattutto di notte.", "answer": ""}
LIFT = {
    "title": "Ascensore fermo", "words": "L'ascensore è fermo e abito al quarto piano.",
    "answer": "L'ascensore funziona di nuovo.",
}  # fmt: skip
AFTER_SCHOOL = {
    "title": "Doposcuola per i bambini", "words": "أبحث عن مكان لأولادي بعد المدرسة.",
    "answer": "C'è posto il martedì e il giovedì.",
}  # fmt: skip
SPID = {"title": "SPID da fare", "words": "Mi serve lo SPID per la scuola.", "answer": "Lo SPID è attivo: provato insieme."}
ARREARS = {
    "title": "Non riesco a pagare l'affitto", "words": "Ho meno ore di lavoro e sono indietro con l'affitto.", "answer": "",
}  # fmt: skip
FORGOTTEN = {"title": "Muffa in camera", "words": "La muffa è tornata sul muro.", "answer": ""}
SILENT = {"title": "Perde il tetto", "words": "Quando piove entra acqua dal soffitto.", "answer": ""}
UNSENT = {"title": "Bolletta mai arrivata", "words": "Non ho ricevuto la bolletta di questo mese.", "answer": ""}
SENT_BACK = {"title": "Cambio di nome sul contratto", "words": "Mio padre è morto e vorrei il contratto a mio nome.", "answer": ""}
SOON = 40
PRIVATE = {"title": "Vorrei parlare da sola", "words": "Preferisco parlarne di persona.", "answer": ""}


class Stories:
    """Plans the story of each tenant, and what went wrong."""

    def __init__(self, setting: Setting, history: History) -> None:
        self.setting, self.plan, self.timeline = setting, setting.plan, setting.timeline
        self.adults, self.bodies = setting.quarter.adults[MILANO], setting.bodies
        self.index = {person.code: n for n, person in enumerate(self.adults)}
        busy = {a.person for a in history.recent_threads() if a.body == MILANO}
        quiet = [n for n, p in enumerate(self.adults) if p.demo_persona is None and p.language == "it" and n not in busy]
        # Whoever asks nothing by app may be kept off every phone without a request of hers getting in the way.
        self.others, self.apart = cycle(quiet[::2]), quiet[1::2][:3]
        self._adele()
        self._samira()
        self._gianni()
        self._imperfections()
        self.timeline.at(instant(self.plan.back(40), 17), self.people_around)
        for ago in (2, 5, 9):
            self.timeline.at(instant(self.plan.back(ago), 14, 30), self.few)

    def told(self, code: str, day: date, hour: int, chip: str, text: dict[str, str], channel: str = "app") -> Asked:
        """Return a request of somebody of the story, kept as promised."""
        return Asked(instant(day, hour, 20), MILANO, self.index[code], chip, 0, channel, kept=bool(text["answer"]))

    def _adele(self) -> None:
        Life(self.setting, self.told("ADELE", self.plan.back(30), 9, "faults", LIFT, "phone"), LIFT)
        self.timeline.at(instant(self.plan.back(1), 10, 15), self.photograph)
        Open(self.setting, self.told("ADELE", self.plan.back(1), 10, "faults", BOILER), BOILER, "marta")
        self.timeline.at(instant(self.plan.back(5), 12, 30), partial(self.meet, "ADELE", 3, "la lettera del riscaldamento"))
        self.timeline.at(instant(self.plan.back(1), 8, 30), self.lift_stopped)

    def _samira(self) -> None:
        asked = Open(self.setting, self.told("SAMIRA", self.plan.back(2), 16, "school", AFTER_SCHOOL), AFTER_SCHOOL, "marta")
        self.timeline.at(instant(self.plan.back(1), 11), asked.ask)
        self.timeline.at(instant(self.plan.back(1), 11, 10), asked.promise_call)
        self.timeline.at(instant(self.plan.back(2), 12, 30), partial(self.meet, "SAMIRA", 2, "i documenti dei bambini"))
        Life(self.setting, self.told("SAMIRA", self.plan.back(25), 10, "documents", SPID, "in_person"), SPID)

    def _gianni(self) -> None:
        asked = Open(self.setting, self.told("GIANNI", self.plan.back(2), 19, "rent", ARREARS), ARREARS, "marta")
        question = "Quanto deve in tutto? Può pagare in dieci rate?"
        self.timeline.at(instant(self.plan.back(1), 9, 40), partial(asked.hand_over, "Ufficio affitti", question))
        self.timeline.at(instant(self.plan.back(1), 11, 20), asked.protect)

    def _imperfections(self) -> None:
        Open(self.setting, self._somebody(self.plan.back(4), "faults", "phone"), FORGOTTEN, "marta")
        silent = Open(self.setting, self._somebody(self.plan.back(3), "faults"), SILENT, "giulia")
        question = "Chi ripara il tetto, e quando?"
        self.timeline.at(instant(self.plan.back(3), 15), partial(silent.hand_over, "Ufficio manutenzioni", question))
        told = Open(self.setting, self._somebody(self.plan.back(3), "rent"), UNSENT, "marta")
        self.timeline.at(instant(self.plan.back(3), 14), partial(told.hand_over, "Ufficio affitti", "La bolletta è partita?"))
        self.timeline.at(
            instant(self.plan.back(1), 16), partial(told.office_answers, "Sì, ma a un indirizzo vecchio. Ora è corretto.")
        )
        back = Open(self.setting, self._somebody(self.plan.back(3), "documents"), SENT_BACK, "marta")
        self.timeline.at(instant(self.plan.back(3), 16), partial(back.hand_over, "Ufficio affitti", "Chi fa il subentro?"))
        reason = "Il subentro lo fa la sede territoriale, non noi."
        self.timeline.at(instant(self.plan.back(1), 10), partial(back.send_back, reason, "Sede territoriale Milano Ovest"))
        taken = Open(self.setting, self._somebody(self.plan.back(2), "rent"), {
            "title": "Affitto aumentato", "words": "L'affitto è più alto e non so perché.", "answer": "",
        }, "giulia")  # fmt: skip
        self.timeline.at(instant(self.plan.back(2), 15), partial(taken.hand_over, "Ufficio affitti", "Perché è aumentato?"))
        self.timeline.at(instant(self.plan.back(1), 11), taken.office_dates)
        private = Open(self.setting, self._somebody(self.plan.back(1), "listening", "in_person"), PRIVATE, "marta")
        self.timeline.at(instant(self.plan.back(1), 12), private.seal)

    def _somebody(self, day: date, chip: str, channel: str = "app") -> Asked:
        return Asked(instant(day, 10, 20), MILANO, next(self.others), chip, 0, channel, kept=False)

    def photograph(self) -> None:
        """Adele takes a photo of her boiler before she writes."""
        adele, content = self.adults[self.index["ADELE"]], picture.boiler()
        listening.bring_photo(adele, io.BytesIO(content), len(content), by=tenant(adele.pk, adele.agency_id))

    def lift_stopped(self) -> None:
        """Tell Adele's stair that the lift stands still, and whom to call."""
        stair = homes.stair(self.adults[self.index["ADELE"]].home_stair_id or 0, agency_id=self.bodies.bodies[MILANO].pk)
        comes = dates.long_day(self.plan.ahead(1), "it")
        messages.write_notice(
            stair.building, by=self.setting.desk("marta"), stair=stair, title=f"Ascensore fermo, scala {stair.name}",
            text=f"Il tecnico arriva entro {comes}. Non puoi fare le scale e ti serve qualcosa? Chiama Salvatore, il custode.",
            phone="02 0000 0000", until=self.plan.ahead(1),
        )  # fmt: skip

    def meet(self, code: str, days: int, bring: str) -> None:
        """Fix an appointment at the Spazio, some working days from today."""
        agenda.book(
            self.adults[self.index[code]], by=self.setting.desk("marta"), staff=self.bodies.staff["marta"],
            place=self.bodies.places[SPACE], starts_at=clock.at(self.plan.ahead(days), time(11, 30)), bring=bring,
        )  # fmt: skip

    def few(self) -> None:
        """Record one of three contacts in a place so small that its figure may not be published."""
        place = self.bodies.places["Atrio di via del Sambuco 7"]
        listening.record_contact(by=self.setting.desk("sara"), chip="listening", done_what="listened", place=place, unnamed=1)

    def people_around(self) -> None:
        """Who helps whom, which number is not safe, and who is in the list twice."""
        marta, body = self.setting.desk("marta"), self.bodies.bodies[MILANO]
        adele = self.adults[self.index["ADELE"]]
        scopes = ["faults", "health", "documents"]
        people.name_delegate(
            adele, by=marta, name="Carla Brambilla", relationship="figlia", phone="339 000 1044", talked_alone=True, scopes=scopes
        )
        helped = self.adults[next(self.others)]
        people.name_representative(
            helped, by=marta, name="Stefano Ghezzi", kind="amministratore_sostegno", decree="Decreto inventato n. 0 del 1/1/2000",
            scopes=scopes, since=clock.today() - timedelta(days=200),
        )  # fmt: skip
        for number in self.apart:
            people.choose_in_person(self.adults[number], by=marta, only_in_person=True)
        unsafe = self.adults[next(self.others)]
        people.add_contact_point(unsafe, by=marta, kind="mobile", value="338 000 0909", shared=True, safe=False, when="mai di sera")
        people.set_preferences(unsafe, by=marta, discreet=True)
        for person in [p for p in self.adults if p.language == "ar" and p.demo_persona is None][::4]:
            people.set_preferences(person, by=marta, needs_interpreter=True)
        twice = people.register(
            body, by=marta, given_name="Khadija", family_name="Benali", birth_date=date(1981, 4, 12), phone="327 000 7701",
            language="ar",
        )  # fmt: skip
        people.register(
            body, by=marta, given_name="Kadija", family_name="Ben Ali", birth_date=twice.birth_date, phone="327 000 7701",
            language="ar",
        )  # fmt: skip


class Open:
    """A request that is still open this morning."""

    def __init__(self, setting: Setting, asked: Asked, text: dict[str, str], taken_by: str) -> None:
        self.setting, self.asked, self.text, self.taken_by = setting, asked, text, taken_by
        self.person = setting.quarter.adults[asked.body][asked.person]
        setting.timeline.at(asked.at, self.open)
        if taken_by and asked.channel == "app":
            setting.timeline.at(asked.at + timedelta(minutes=50), self.take)

    def open(self) -> None:
        """Ask."""
        by = tenant(self.person.pk, self.person.agency_id) if self.asked.channel == "app" else self.setting.desk(self.taken_by)
        seen = people_access.the_one(by, self.person.pk)
        self.thread = listening.open_thread(
            seen, by=by, chip=self.asked.chip, title=self.text["title"], words=self.text["words"], channel=self.asked.channel
        )

    def take(self) -> None:
        """The community manager takes it."""
        listening.take(self.thread, by=self.setting.desk(self.taken_by))

    def ask(self) -> None:
        """Ask for a paper: the ball is the tenant's."""
        listening.ask_tenant(self.thread, by=self.setting.desk(self.taken_by), what="il foglio della scuola")

    def hand_over(self, name: str, question: str) -> None:
        """Pass the question to an office."""
        by, to = self.setting.desk(self.taken_by), self.setting.bodies.offices[name]
        self.sent = listening.hand_over(self.thread, to, by=by, question=question)

    def promise_call(self) -> None:
        """Promise a call, with an interpreter where one is needed: today when somebody is at the phone, else the next day."""
        by = self.setting.desk(self.taken_by)
        hours = call_backs.call_back_hours(self.person, by=by, thread=self.thread, most=SOON)
        today = [at for at in hours if at.date() >= self.setting.plan.today]
        agenda.book_call_back(self.thread, by=by, starts_at=today[0] if today else None)

    def protect(self) -> None:
        """The rents office writes that a request to pay in instalments waits for its answer."""
        by = self.setting.desk("ufficio")
        account = listening_reads.one_hand_over(self.sent.pk, by=by).rent[0]
        accounts.protect(account, by=by, kind="application", until=self.setting.plan.ahead(10))

    def office_answers(self, words: str) -> None:
        """The office answers: the community manager still has to say it to the tenant."""
        listening.answer_hand_over(self.sent, by=office(self.sent.pk, self.sent.agency_id), text=words)

    def send_back(self, reason: str, name: str) -> None:
        """The office says whose work it is."""
        listening.send_back(
            self.sent, by=office(self.sent.pk, self.sent.agency_id), reason=reason, right_office=self.setting.bodies.offices[name]
        )

    def office_dates(self) -> None:
        """The office takes it and says by when."""
        listening.take_hand_over(self.sent, by=office(self.sent.pk, self.sent.agency_id))
        listening.date_hand_over(self.sent, by=office(self.sent.pk, self.sent.agency_id), day=self.setting.plan.ahead(1))

    def seal(self) -> None:
        """Put it in the envelope of one named person."""
        listening.mark_delicate(self.thread, by=self.setting.desk(self.taken_by))
