"""The seed rule on OpenFisca-core, one household at a time with its trace. A script: the house never imports it.

OpenFisca-core is AGPL-3.0. It stands in an environment of its own (``requirements/openfisca.txt``) and answers over pipes.
Amounts are euros in floats, the band an enum and parameters dated, as OpenFisca's own documentation writes a rule.

Its first line of input is a JSON list of households: ``band`` a word, ``isee`` and ``due`` in euros, ``solidarity_granted``.
Each line after it names a way of building them; the answer is a JSON line, the CPU seconds of them all and the cents of each.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import YEAR, Period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

DAY, PERIOD = "2026-01-01", "2026"
PERSON = build_entity(key="person", plural="persons", label="Person", is_person=True)
HOUSEHOLD = build_entity(key="household", plural="households", label="Household", roles=[{"key": "member", "plural": "members"}])
PARAMETERS = {"isee_least": 9360.01, "isee_most": 15000.0, "cap": 600.0, "share": 0.5}


class Band(Enum):
    """The band of the rent."""

    protezione = "Protezione"
    accesso = "Accesso"
    permanenza = "Permanenza"
    decadenza = "Decadenza"


class band(Variable):
    """The household's band."""

    value_type = Enum
    possible_values = Band
    default_value = Band.decadenza
    entity = HOUSEHOLD
    definition_period = YEAR
    label = "Fascia"


class isee(Variable):
    """The ISEE, in euros."""

    value_type = float
    entity = HOUSEHOLD
    definition_period = YEAR
    label = "ISEE"


class due(Variable):
    """The heating still to be paid, in euros."""

    value_type = float
    entity = HOUSEHOLD
    definition_period = YEAR
    label = "Spesa di riscaldamento da pagare"


class solidarity_granted(Variable):
    """Whether the solidarity contribution was granted for the year."""

    value_type = bool
    entity = HOUSEHOLD
    definition_period = YEAR
    label = "Contributo di solidarietà dello stesso anno"


class energy_eligible(Variable):
    """Whether every requirement holds."""

    value_type = bool
    entity = HOUSEHOLD
    definition_period = YEAR
    label = "Requisiti del contributo"

    def formula(household: Any, period: Period, parameters: Any) -> Any:
        """Test the band, the ISEE, the sum due and the other contribution."""
        energy, stated = parameters(period).energy, household("band", period)
        right_band = (stated == Band.protezione) + (stated == Band.accesso)
        amount = household("isee", period)
        right_isee = (amount >= energy.isee_least) * (amount <= energy.isee_most)
        return right_band * right_isee * (household("due", period) > 0) * ~household("solidarity_granted", period)


class energy(Variable):
    """The contribution, in euros."""

    value_type = float
    entity = HOUSEHOLD
    definition_period = YEAR
    label = "Contributo"

    def formula(household: Any, period: Period, parameters: Any) -> Any:
        """Take the share of the sum due, half a cent upwards, up to the cap."""
        energy = parameters(period).energy
        half = np.floor(household("due", period) * energy.share * 100 + 0.5) / 100
        return household("energy_eligible", period) * np.minimum(energy.cap, half)


def system() -> TaxBenefitSystem:
    """Return the system with the rule's variables and its dated parameters."""
    made = TaxBenefitSystem([PERSON, HOUSEHOLD])
    dated = {name: {"values": {DAY: {"value": value}}} for name, value in PARAMETERS.items()}
    made.parameters = ParameterNode(data={"energy": dated})
    for variable in (band, isee, due, solidarity_granted, energy_eligible, energy):
        made.add_variable(variable)
    return made


def from_json(made: TaxBenefitSystem, household: dict[str, Any]) -> Simulation:
    """Build a household as the Web API is told one: its people, and a value for the year."""
    stated = {name: {PERIOD: value} for name, value in household.items()}
    told = {"persons": {"p": {}}, "households": {"h": {"members": ["p"], **stated}}}
    return SimulationBuilder().build_from_entities(made, told)


def by_hand(made: TaxBenefitSystem, household: dict[str, Any]) -> Simulation:
    """Build a household with the fewest calls there are."""
    simulation = SimulationBuilder().build_default_simulation(made, 1)
    for name, value in household.items():
        simulation.set_input(name, PERIOD, [value])
    return simulation


WAYS: dict[str, Callable[[TaxBenefitSystem, dict[str, Any]], Simulation]] = {"json": from_json, "by hand": by_hand}


def asked(made: TaxBenefitSystem, households: list[dict[str, Any]], way: str) -> dict[str, object]:
    """Ask about every household, each built anew and traced: the CPU seconds of all of them, and their cents."""
    build, awards = WAYS[way], []
    gc.collect()
    begun = time.process_time()
    for household in households:
        simulation = build(made, household)
        simulation.trace = True
        awards.append(simulation.calculate("energy", PERIOD))
    taken = time.process_time() - begun
    return {"seconds": taken, "cents": [round(float(award[0]) * 100) for award in awards]}


def main() -> None:
    """Read the households, then answer until nobody asks."""
    made, households = system(), json.loads(sys.stdin.readline())
    print(json.dumps({"households": len(households)}), flush=True)
    for line in sys.stdin:
        print(json.dumps(asked(made, households, line.strip())), flush=True)


if __name__ == "__main__":
    main()
