"""One picture is drawn at a time: matplotlib's settings and fonts belong to the whole process."""

from __future__ import annotations

import threading

DRAWING = threading.Lock()
"""Held from before a figure is made until it is saved."""
