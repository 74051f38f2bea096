"""What a flow says: one economic contribution to one person. Each field names its element of PS_PSA_SINA201812.xsd.

Only what the schema asks of an economic contribution is here: no SINA section (it is about care), no shares of the cost, no hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from cortile.kit import clock

ITALY = "380"


class Sex(StrEnum):
    """``Anagrafica/@Genere``."""

    MALE = "1"
    FEMALE = "2"


class MeansTest(StrEnum):
    """``PrestazioniSociali/@PresenzaProvaMezzi``."""

    ISEE = "1"
    OTHER = "2"
    EXEMPT = "3"  # on ISEE in general, but not for this person
    NONE = "4"


class Nature(StrEnum):
    """``PrestazioniSociali/@CaratterePrestazione``."""

    PERIODIC = "1"
    ONE_OFF = "2"


class Operation(StrEnum):
    """``PrestazioniSociali/@TipoOperazione``."""

    INSERT = "I"
    CANCEL = "C"


class Area(StrEnum):
    """``PrestazioniSociali/@AreaUtenza``."""

    FAMILY = "1"
    DISABILITY = "2"
    POVERTY = "3"


class Channel(StrEnum):
    """How a flow reaches INPS: pulled by it, one record at a time, or uploaded by hand on its site, many together."""

    PULL = "pull"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Residence:
    """``Indirizzo``: codes only, no street."""

    country: str = ITALY  # @CodiceNazione, ISO 3166-1 numeric
    region: str = ""  # @CodiceRegione, D.M. 1986 and not Istat: Lombardy is 10
    municipality: str = ""  # @CodiceComune, Istat, six digits


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """``Beneficiario``."""

    fiscal_code: str  # @CodiceFiscale
    family_name: str  # Anagrafica/@Cognome
    given_name: str  # Anagrafica/@Nome
    birth_year: int  # Anagrafica/@AnnoNascita: the schema wants no day
    birthplace: str  # Anagrafica/@LuogoNascita, Belfiore
    sex: Sex | None  # Anagrafica/@Genere; nothing when neither the registry nor the codice fiscale says it
    residences: tuple[Residence, ...]  # Indirizzo, one to five
    citizenship: str = ITALY  # Anagrafica/@CodiceCittadinanza, ISO 3166-1 numeric; 990 when it is not known
    second_citizenship: str = ""  # Anagrafica/@CodiceSecondaCittadinanza


@dataclass(frozen=True, slots=True)
class Isee:
    """The DSU a contribution stands on: all three attributes or none (specification, table 9)."""

    protocol: str  # @NumeroProtocolloDSU; @AnnoProtocolloDSU is read from it
    presented_on: date  # @DataDSU

    @property
    def year(self) -> str:
        """Return the year the protocol says: ``INPS-ISEE-2026-…`` is of 2026."""
        return self.protocol[10:14]


class Identity(NamedTuple):
    """What makes two records the same contribution."""

    fiscal_code: str
    code: str
    application: str
    since: date | None
    operation: Operation


@dataclass(frozen=True, slots=True)
class Record:
    """One ``PrestazioniSociali`` of one ``Beneficiario``. Money is integer cents; days are those of Rome."""

    beneficiary: Beneficiary
    code: str  # @CodicePrestazione
    description: str  # @DenominazionePrestazione
    application: str  # @ProtocolloDomanda, the body's protocol of the application
    means_test: MeansTest  # @PresenzaProvaMezzi
    nature: Nature  # @CaratterePrestazione
    amount_cents: int  # @ImportoPrestazione when one-off, @ImportoMensile when periodic
    paid_on: date | None = None  # @DataErogazionePrestazione, one-off only
    starts_on: date | None = None  # @DataInizioPrestazione, periodic only
    ends_on: date | None = None  # @DataFinePrestazione, periodic only
    months: int | None = None  # @PeriodoErogazione, 1 to 12
    decided_on: date | None = None  # @DataEvento
    isee: Isee | None = None
    in_care: bool = False  # @PresaCarico
    area: Area | None = None  # @AreaUtenza
    operation: Operation = Operation.INSERT  # @TipoOperazione

    @property
    def identity(self) -> Identity:
        """Return what no other record may share, in a flow or among all those of a body."""
        day = self.paid_on if self.nature is Nature.ONE_OFF else self.starts_on
        return Identity(self.beneficiary.fiscal_code, self.code, self.application, day, self.operation)


@dataclass(frozen=True, slots=True)
class Body:
    """``IdentificazioneFlusso/Ente``: who transmits."""

    code: str  # @Codice, as INPS's access system knows the body; one letter and three digits in the API
    name: str  # @Denominazione
    seat: str  # @Indirizzo, Belfiore code of the municipality of the registered office
    operator: str  # @CFOperatore, codice fiscale of who answers for the transmission


@dataclass(frozen=True, slots=True)
class Flow:
    """``Flusso``: a name (``IdentificazioneFlusso/@Nome``), the instant in UTC INPS sees it at, and its records."""

    id: str
    instant: datetime
    body: Body
    records: tuple[Record, ...]
    channel: Channel = Channel.PULL

    @property
    def day(self) -> date:
        """Return the flow's day in Rome: its name carries it, none of its dates may pass it. No other zone than UTC is taken."""
        return clock.local(self.instant.replace(tzinfo=UTC)).date()


def flow_id(body_code: str, day: date, serial: int) -> str:
    """Return the name of the day's nth flow: ``F205.PS.20260311.0000001`` (specification, 3.2 and table 2)."""
    return f"{body_code}.PS.{day:%Y%m%d}.{serial:07d}"
