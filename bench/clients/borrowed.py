"""What this bench takes from its neighbours: the places of the tests, and the installer of the fidelity bench."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fidelity"))

from packages import UnavailableError, node_tools, run_npm

from peers.places import Place, place, python_peer, sekisho, serve

ROOT: Final = Path(__file__).resolve().parents[2]
"""The repository."""

__all__ = ["ROOT", "Place", "UnavailableError", "node_tools", "place", "python_peer", "run_npm", "sekisho", "serve"]
