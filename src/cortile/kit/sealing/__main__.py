"""``python -m cortile.kit.sealing``: the sealer as a service of its own, without the rest of the house in memory."""

import sys

from cortile.kit.sealing import sealer
from cortile.kit.sealing.keys import SealingError

if __name__ == "__main__":
    try:
        sealer.run()
    except SealingError as refused:
        sys.exit(str(refused))
